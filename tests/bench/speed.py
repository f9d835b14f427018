"""A guide page, kept and made anew, beside the least that can be: all served in turns, by the same server settings."""

import contextlib
import json
import os
import random
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connections

from tests.bench.crowd import address_of_database
from tests.bench.load import CONNECTIONS, Target, missing
from tests.bench.printing import figure, heading
from tests.bench.server import GUNICORN, started, wait_for
from tests.project.running import free_port

GUIDE = "/guides/understanding-ehcps/"
# One start of a server is a few per cent quicker than the next, in all its rounds.
STARTS, ROUNDS = 5, 4
WORKERS = "2"
OF_SERVER = {"Server", "Date", "Connection"}
# Each asks again so many milliseconds after an answer: 2,000 a second together. Without it, what is measured is
# mostly how long pages wait for each other: so for the bare application, too.
PAUSE = "delay = function() return math.random(15, 45) end"
NGINX = """
{user}
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log /dev/null;
  keepalive_requests 1000000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    root {folder};
    location / {{ default_type "text/html; charset=utf-8"; add_header Content-Encoding br; }}
  }}
}}
"""


def measure() -> None:
    heading(
        f"A guide at {CONNECTIONS} connections, {WORKERS} workers: {STARTS} starts with {ROUNDS} rounds each, median"
    )
    if lacking := missing():
        figure(f"Not measured: {' and '.join(lacking)} must be installed (Debian: apt install nginx wrk)", "")
        return
    connections.close_all()
    chance = random.Random(1)
    targets = _measured(chance)
    for _ in range(STARTS - 1):
        for name, target in _measured(chance).items():
            targets[name].add(target)
    _print(targets)


def _measured(chance: random.Random) -> dict[str, Target]:
    with contextlib.ExitStack() as stack:
        targets = _targets(stack)
        # The first visitors of each process find nothing kept, and much that Python has not read yet.
        for target in targets.values():
            target.load()
            target.forget()
        for _ in range(ROUNDS):
            # Always after the same one, a target would meet what that one leaves behind.
            for target in chance.sample(list(targets.values()), len(targets)):
                target.load()
    return targets


def _targets(stack: contextlib.ExitStack) -> dict[str, Target]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sendguide-bench-")))
    variables = {
        "DATABASE_URL": address_of_database(),
        "DATA_DIR": str(settings.DATA_DIR),
        "MODE": "production",
        "SECRET_KEY": "only for this measurement",
        "ALLOWED_HOSTS": "127.0.0.1",
        "WEB_CONCURRENCY": WORKERS,
    }
    page, headers = folder / "guide", folder / "headers"
    cached, pid = stack.enter_context(started(*GUNICORN, **variables))
    request = urllib.request.Request(cached + GUIDE, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        page.write_bytes(answer.read())
        # The same answer costs each header too: with three instead of fifteen a bare application is a seventh faster.
        headers.write_text(json.dumps([each for each in answer.getheaders() if each[0] not in OF_SERVER]), "utf-8")
    script = folder / "calm.lua"
    script.write_text(PAUSE, "utf-8")
    found = {
        "cached": Target("Our guide, kept", cached + GUIDE, pid),
        "calm": Target("The same, each visitor with pauses", cached + GUIDE, pid, script),
    }
    uncached, pid = stack.enter_context(started(*GUNICORN, **variables, PAGE_CACHE_MB="0"))
    found["uncached"] = Target("Our guide, without the page cache", uncached + GUIDE, pid)
    for name, app, what in (
        ("bare", "bare", "A bare WSGI app, the same answer"),
        ("empty", "empty_view", "An empty Django view"),
    ):
        command = (*GUNICORN[:-1], f"tests.bench.speed_apps:{app}")
        address, pid = stack.enter_context(
            started(*command, **variables, BARE_PAGE=str(page), BARE_HEADERS=str(headers))
        )
        found[name] = Target(what, f"{address}/", pid)
    address, pid = stack.enter_context(_nginx(folder))
    found["nginx"] = Target("nginx, the same bytes from the disk", f"{address}/{page.name}", pid)
    return found


@contextlib.contextmanager
def _nginx(folder: Path) -> Iterator[tuple[str, int]]:
    """Its address and its first process, with a configuration of its own."""
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port, user=user, workers=WORKERS), "utf-8")
    server = subprocess.Popen(("nginx", "-p", str(folder), "-c", str(configuration), "-g", "daemon off;"))
    try:
        wait_for(f"http://127.0.0.1:{port}/guide", server)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def _print(targets: dict[str, Target]) -> None:
    for name, target in targets.items():
        figure(
            f"{target.name}: a second, per second of processor; p99; errors",
            f"{target.rate:,.0f}, {target.thrift:,.0f}; {target.p99:.0f} ms; {target.errors}",
            "p99 ≤ 30 ms, 0 errors" if name in {"cached", "calm"} else "",
        )
    for one, other, aim in (
        ("cached", "bare", "≥ 0.9"),
        ("cached", "empty", ""),
        ("cached", "nginx", "≥ 0.1"),
        ("uncached", "empty", "≥ 0.25"),
    ):
        first, second = targets[one], targets[other]
        what = f"{first.name} / {second.name[0].lower()}{second.name[1:]}: a second, per processor"
        figure(what, f"{_ratio(first.rates, second.rates)}, {_ratio(first.per_cpu_second, second.per_cpu_second)}", aim)


def _ratio(ours: list[float], others: list[float]) -> str:
    """The median of what each round says: from one round to another the machine may be quicker."""
    return f"{median(one / other for one, other in zip(ours, others, strict=True)):.2f}"
