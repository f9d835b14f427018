"""The site's real server, in a process of its own."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator

LAUNCHER = ("-m", "sendguide.launcher")
GUNICORN = ("-m", "gunicorn", "-c", "python:sendguide.gunicorn", "sendguide.wsgi")


@contextlib.contextmanager
def served(*command: str, **variables: str) -> Iterator[str]:
    """The address of the site, as ``started`` says."""
    with started(*command, **variables) as (site, _pid):
        yield site


@contextlib.contextmanager
def started(*command: str, **variables: str) -> Iterator[tuple[str, int]]:
    """The address of the site and the number of its first process, started by ``python COMMAND``.

    It has a free port and a DATA_DIR of its own. ``variables`` are for its environment; it never has the DATABASE_URL
    of this process unless that is one of them.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="sendguide-bench-") as data_dir:
        environment = os.environ | {"PORT": str(port), "DATA_DIR": data_dir, "SITE_URL": site}
        environment.pop("DATABASE_URL", None)
        server = subprocess.Popen(
            [sys.executable, *command],
            env=environment | variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"{site}/healthz", server)
            yield site, server.pid
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("The server did not start: try make run to see why.")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError("The server did not answer within a minute.")
