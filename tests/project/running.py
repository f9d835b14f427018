"""Starts the project as people do: in a process of its own, with an environment of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
# What a process needs to run at all, and what lets coverage measure it.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")


def environment(**variables: str) -> dict[str, str]:
    """A clean environment, without the user's own settings or .env file."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {"ENV_FILE": os.devnull} | variables


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder until it ends; text of stdout and stderr is in the answer."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
