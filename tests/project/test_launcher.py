"""`make run`, started as people start it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from sendguide.launcher import CannotStart, check_data_dir
from tests.project.running import BASE_DIR, environment, free_port, python

LAUNCHER = ("-m", "sendguide.launcher")
STARTING_SECONDS = 240
PASSWORD = re.compile(r"Password: +(\S+)")


def refusal(**variables: str) -> str:
    """What the launcher says when it cannot start: one line on stderr, nothing else, exit status 1."""
    answer = python(*LAUNCHER, **variables)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (1, "", 1), answer.stderr
    return answer.stderr.strip()


def test_port_that_is_taken_is_said_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal(PORT=str(port), DATA_DIR=str(tmp_path / "data"))
    assert said.startswith(f"Port {port} is taken by another program: stop that one, or use another port with PORT=")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80"])
def test_port_that_is_none_is_said_in_one_sentence(tmp_path, port):
    said = refusal(PORT=port, DATA_DIR=str(tmp_path))
    assert said == f"PORT={port} is no port: give a number from 1 to 65535, for example PORT=8123 make run"


def test_host_that_is_not_ours_is_said_in_one_sentence(tmp_path):
    port = str(free_port())
    said = refusal(HOST="192.0.2.1", PORT=port, DATA_DIR=str(tmp_path))
    assert said == f"The site cannot listen on 192.0.2.1, port {port}: Cannot assign requested address."


def test_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path):
    # A path below a file stands for every folder without permission: root, who runs this in CI, has all of those.
    below_a_file = tmp_path / "file" / "data"
    below_a_file.parent.touch()
    said = refusal(PORT=str(free_port()), DATA_DIR=str(below_a_file))
    assert said.startswith(f"The site cannot write to {below_a_file} (Not a directory): give permission")


def test_file_of_another_user_is_said_in_one_sentence(tmp_path, monkeypatch):
    # Root may write everything: the system's answer is made up.
    (tmp_path / "db.sqlite3").touch()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(CannotStart, match=r"cannot write to .*/db\.sqlite3: it may have been started by another user"):
        check_data_dir(tmp_path)


def test_database_that_does_not_answer_is_said_in_one_sentence(tmp_path):
    database = f"postgres://somebody:secret@127.0.0.1:{free_port()}/nothing"
    said = refusal(PORT=str(free_port()), DATA_DIR=str(tmp_path), DATABASE_URL=database)
    assert said.startswith("The database cannot be used: ")
    assert "secret" not in said


def test_health_check_fails_where_nobody_answers():
    answer = python("-m", "sendguide.healthcheck", PORT=str(free_port()), ALLOWED_HOSTS="sendguide.example")
    assert answer.returncode == 1
    assert answer.stderr.startswith("The server does not answer: ")


class Site:
    """The running site: its address, and what it has written after it was stopped."""

    def __init__(self, port: int, log: Path) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.log = log

    @property
    def output(self) -> str:
        return self.log.read_text("utf-8")

    def get(self, path: str) -> tuple[int, str]:
        with urlopen(f"{self.address}{path}", timeout=60) as response:
            return response.status, response.read().decode()

    def answers(self) -> bool:
        try:
            self.get("/healthz")
        except URLError:
            return False
        return True

    def wait_until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + STARTING_SECONDS
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"It did not come to pass. The site wrote: {self.output}")
            time.sleep(0.1)


@contextmanager
def running_site(data_dir: Path, log: Path, stop: signal.Signals) -> Iterator[Site]:
    """Started for the block, then stopped with ``stop`` as a terminal would: sent to the whole group of processes."""
    port = free_port()
    site = Site(port, log)
    variables = environment(PORT=str(port), DATA_DIR=str(data_dir), WEB_CONCURRENCY="1", PYTHONWARNINGS="error")
    # Django warns about its own switch, see pyproject.toml.
    variables["PYTHONWARNINGS"] += ",ignore:The FORMS_URLFIELD_ASSUME_HTTPS transitional setting"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *LAUNCHER],
            cwd=BASE_DIR,
            env=variables,
            stdout=output,
            stderr=output,
            process_group=0,
            # As in a terminal window, also where these tests run under nohup.
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
        )
        try:
            site.wait_until(lambda: process.poll() is not None or site.answers())
            assert process.poll() is None, site.output
            yield site
            (jobs,) = job_workers(process.pid)
            signal_group(process, stop)
            assert process.wait(60) == (-stop if stop == signal.SIGKILL else 0)
        finally:
            if process.poll() is None:
                signal_group(process, signal.SIGKILL)
                process.wait()
    if stop == signal.SIGKILL:
        # Nobody was left to end it, and it is not in the group.
        site.wait_until(lambda: not jobs.exists())
    assert not jobs.exists()
    with pytest.raises(URLError):
        site.get("/healthz")


def job_workers(parent: int) -> list[Path]:
    """What the system says about those that belong to the process ``parent``, as long as they run."""
    wanted = f"run_jobs\0--parent\0{parent}\0".encode()
    return [path.parent for path in Path("/proc").glob("[0-9]*/cmdline") if wanted in command(path)]


def command(path: Path) -> bytes:
    """Of a process, which may have ended meanwhile."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    os.killpg(process.pid, number)


def test_site_starts_serves_stops_and_starts_again(tmp_path):
    data = tmp_path / "data"
    with running_site(data, tmp_path / "first.log", signal.SIGINT) as site:
        status, home = site.get("/")
        site.get("/search/?q=anxious+words")
        assert (status, home.count("<h1")) == (200, 1)
        assert site.get("/guides/understanding-ehcps/")[0] == 200
        assert python("-m", "sendguide.healthcheck", PORT=str(site.port)).returncode == 0
        # The job worker has sent what was queued: into the folder.
        queued = python("manage.py", "try_email", "anna@family.example", MODE="local", DATA_DIR=str(data))
        assert queued.returncode == 0, queued.stderr
        site.wait_until(lambda: any(data.glob("mail/*.eml")))
        site.wait_until(lambda: json.loads(site.get("/readyz")[1])["checks"]["worker"]["status"] == "ok")
    assert f"SEND Guide:  {site.address}/\nStaff site:  {site.address}/admin/\n" in site.output
    assert f"they become files in {data / 'mail'}, and the staff site lists them." in site.output
    assert len(PASSWORD.findall(site.output)) == 1
    # The log says which page was asked for, not what for.
    assert "GET /search/ 200" in site.output
    assert "anxious" not in site.output
    assert "Traceback" not in site.output

    # SIGHUP: the terminal window is closed.
    for number, stop in enumerate((signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)):
        start = time.monotonic()
        with running_site(data, tmp_path / f"again-{number}.log", stop) as again:
            seconds = time.monotonic() - start
            assert again.get("/")[0] == 200
        assert seconds < 30  # two, when nothing else runs and nothing is measured
        assert PASSWORD.findall(again.output) == []
        assert "make owner-password" in again.output
        assert "Traceback" not in again.output
