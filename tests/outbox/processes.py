"""Job workers in processes of their own, on the database of the test."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.project.running import BASE_DIR, environment

WAITING_SECONDS = 60
RUN_JOBS = ("manage.py", "run_jobs")


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user, password, host, port = (database[part] for part in ("USER", "PASSWORD", "HOST", "PORT"))
    return f"postgres://{user}:{password}@{host}:{port}/{database['NAME']}"


class Process:
    """A running worker, and what it has written so far."""

    def __init__(self, popen: subprocess.Popen[str], log: Path) -> None:
        self.popen = popen
        self.log = log

    @property
    def output(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def children(self) -> list[int]:
        """The numbers of its own processes, such as gunicorn's workers."""
        return [int(pid) for pid in Path(f"/proc/{self.popen.pid}/task/{self.popen.pid}/children").read_text().split()]

    def wait_for(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + WAITING_SECONDS
        while not condition():
            if self.popen.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"It did not come to pass. The worker wrote: {self.output}")
            time.sleep(0.02)


@contextmanager
def process(log: Path, *arguments: str, **variables: str) -> Iterator[Process]:
    """Python with ``arguments``, for the block; killed at its end if it still runs."""
    data_dir = log.parent / f"{log.stem}-data"
    data_dir.mkdir(exist_ok=True)
    local = {"MODE": "local", "SECRET_KEY": "only for tests", "DATABASE_URL": database_url(), "DATA_DIR": str(data_dir)}
    with program(log, sys.executable, *arguments, **local | variables) as running:
        yield running


@contextmanager
def program(log: Path, *command: str, **variables: str) -> Iterator[Process]:
    """For the block; killed at its end if it still runs."""
    with log.open("w", encoding="utf-8") as output:
        popen = subprocess.Popen(
            command, cwd=BASE_DIR, env=environment(**variables), stdout=output, stderr=output, text=True
        )
        try:
            yield Process(popen, log)
        finally:
            popen.kill()
            popen.wait()
