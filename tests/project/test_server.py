"""The server's own settings, on a running one."""

import logging
import os
import random
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError

import pytest

from sendguide import gunicorn
from tests.outbox.processes import Process, process
from tests.project.running import free_port
from tests.races.crowd import answers

SERVER = ("-m", "gunicorn", "-c", "python:sendguide.gunicorn")
CARELESS = ("--forwarder-headers", "SCRIPT_NAME")


@contextmanager
def server(folder: Path, *more: str, workers: int = 1) -> Iterator[tuple[Process, str]]:
    """It runs, and the address of the site."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    # As the port is, all that the server needs may stand in the file.
    settings = folder / ".env"
    settings.write_text(f"PORT={port}\n", "utf-8")
    variables = {"ENV_FILE": str(settings), "MODE": "production", "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": site}
    command = (*SERVER, *more, "sendguide.wsgi")
    with process(folder / "log", *command, **variables, WEB_CONCURRENCY=str(workers)) as running:
        running.wait_for(lambda: answers(f"{site}/healthz"))
        yield running, site


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("more", "is_let_in"), [((), False), (CARELESS, True)], ids=["as it is", "without the guard"])
def test_visitor_cannot_say_below_which_address_the_site_is(tmp_path, more, is_let_in):
    with server(tmp_path, *more) as (_, site):
        assert (asked(f"{site}/evil/healthz", SCRIPT_NAME="/evil") == 200) == is_let_in


def where(running: Process) -> list[set[int]]:
    """The processors on which each worker may run."""
    return sorted((os.sched_getaffinity(pid) for pid in running.children), key=sorted)


@pytest.mark.django_db(transaction=True)
def test_each_worker_stays_on_a_processor_of_its_own_and_so_does_who_takes_its_place(tmp_path):
    each_its_own = [{processor} for processor in gunicorn.PROCESSORS]
    with server(tmp_path, workers=len(each_its_own)) as (running, _):
        running.wait_for(lambda: where(running) == each_its_own)
        for pid in running.children:
            os.kill(pid, signal.SIGKILL)
            running.wait_for(lambda gone=pid: gone not in running.children and where(running) == each_its_own)


class FakeArbiter:
    """Starts and stops workers in the order of gunicorn's own."""

    log = logging.getLogger("test")

    def __init__(self, number: int) -> None:
        self.num_workers = number
        self.ages = count()
        self.WORKERS: dict[int, SimpleNamespace] = {}
        self.manage()

    def spawn(self) -> None:
        worker = SimpleNamespace(age=next(self.ages))
        gunicorn.pre_fork(self, worker)
        self.WORKERS[worker.age] = worker

    def manage(self) -> None:
        while len(self.WORKERS) < self.num_workers:
            self.spawn()
        while len(self.WORKERS) > self.num_workers:
            del self.WORKERS[min(self.WORKERS)]

    def reload(self) -> None:
        for _ in range(self.num_workers):
            self.spawn()
        self.manage()

    @property
    def processors(self) -> list[int | None]:
        return sorted(worker.processor for worker in self.WORKERS.values())


@pytest.mark.parametrize("number", [1, 2, 3, 8])
def test_processors_are_shared_out_evenly_whatever_happened_before(monkeypatch, number):
    monkeypatch.setattr(gunicorn, "PROCESSORS", list(range(number)))
    chance = random.Random(number)
    for _ in range(50):
        arbiter = FakeArbiter(number)
        for _ in range(5):
            arbiter.num_workers = max(1, number + chance.choice([0, 0, 1, -1]))
            for age in chance.sample(list(arbiter.WORKERS), min(1, len(arbiter.WORKERS))):
                del arbiter.WORKERS[age]
            chance.choice([arbiter.manage, arbiter.reload, lambda: None])()
        arbiter.num_workers = number
        arbiter.reload()
        assert arbiter.processors == gunicorn.PROCESSORS
        del arbiter.WORKERS[chance.choice(list(arbiter.WORKERS))]
        arbiter.manage()
        assert arbiter.processors == gunicorn.PROCESSORS


@pytest.mark.parametrize("number", [1, 3, 4])
def test_more_or_fewer_workers_than_processors_run_where_they_like(monkeypatch, number):
    monkeypatch.setattr(gunicorn, "PROCESSORS", [0, 1])
    assert {worker.processor for worker in FakeArbiter(number).WORKERS.values()} == {None}


def test_worker_that_may_not_choose_a_processor_works_all_the_same(monkeypatch, caplog):
    def refuse(pid, processors):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "sched_setaffinity", refuse, raising=False)
    monkeypatch.setattr(gunicorn, "LOCAL", False)
    gunicorn.post_fork(FakeArbiter(1), SimpleNamespace(processor=0))
    assert "Operation not permitted" in caplog.text


def asked(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as response:
            return response.status
    except HTTPError as error:
        return error.code
