"""The whole site with its content as `make run` starts it, with a database of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.project.running import BASE_DIR, environment, free_port

STARTING_SECONDS = 300


@contextmanager
def served_site(folder: Path) -> Iterator[str]:
    """Its address, while the block lasts. It writes only into ``folder``."""
    port, log = free_port(), folder / "server.log"
    address = f"http://127.0.0.1:{port}"
    variables = environment(
        PORT=str(port),
        DATA_DIR=str(folder / "data"),
        WEB_CONCURRENCY="1",
        FORM_FASTEST_SECONDS="0",
        SIGN_UPS_AN_HOUR="1000",
        CALLS_AN_HOUR="1000",
    )
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "sendguide.launcher"],
            cwd=BASE_DIR,
            env=variables,
            stdout=output,
            stderr=output,
            process_group=0,
        )
    try:
        end = time.monotonic() + STARTING_SECONDS
        while not _answers(address):
            if server.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"The site does not start: {log.read_text('utf-8')}")
            time.sleep(0.1)
        take_on_an_adviser(variables)
        yield address
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)
    assert "Traceback" not in log.read_text("utf-8")


def take_on_an_adviser(variables: dict[str, str]) -> None:
    """Somebody whose calls can be booked."""
    command = "from tests import factories; factories.adviser(name='Sam', email='')"
    settings = {"MODE": "local", "DJANGO_SETTINGS_MODULE": "sendguide.settings"}
    shell = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", command]
    subprocess.run(shell, cwd=BASE_DIR, env=variables | settings, check=True)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=60):
            return True
    except URLError:
        return False
