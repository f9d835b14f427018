"""The real server on the real database, which goes away while many people sign up."""

import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.error import URLError

import pytest
from django.db import connection

from guides.models import Council
from tests import factories
from tests.outbox.outages import take_database_away
from tests.outbox.processes import Process, process
from tests.project.running import free_port
from tests.races.invariants import broken
from tests.races.visitor import Answer, Visitor
from workshops.models import SignUp, WorkshopDate

pytestmark = pytest.mark.django_db(transaction=True)
GUNICORN = ("-m", "gunicorn", "-c", "python:sendguide.gunicorn", "sendguide.wsgi")
PEOPLE = 16
PLACES = 30


@pytest.fixture
def web(hull: Council, tmp_path: Path) -> Iterator[tuple[str, Process]]:
    port = free_port()
    variables = {
        "MODE": "production",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
        "SIGN_UPS_AN_HOUR": "100000",
        "FORM_FASTEST_SECONDS": "0",
    }
    with process(tmp_path / "web.log", "manage.py", "collectstatic", "--no-input", **variables) as collecting:
        assert collecting.popen.wait(60) == 0, collecting.output
    with process(tmp_path / "web.log", *GUNICORN, **variables) as server:
        server.wait_for(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        yield f"http://127.0.0.1:{port}", server


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (URLError, OSError):
        return False


def sign_up_until_told(site: str, path: str, name: str, stop: Event) -> list[tuple[float, int]]:
    """One person after the other; (when, status) of every answer. 0 is for no answer at all."""
    found, number = [], 0
    while not stop.is_set():
        visitor, number = Visitor(site), number + 1
        for ask in (lambda v=visitor: v.get(path), lambda v=visitor, n=number: joined(v, path, f"{name}-{n}")):
            try:
                status = ask().status
            except (URLError, OSError):
                status = 0
            found.append((time.monotonic(), status))
    return found


def joined(visitor: Visitor, path: str, name: str) -> Answer:
    return visitor.post(path, name="Ann", email=f"{name}@example.org")


def test_outage_under_load_ends_with_the_outage_and_breaks_no_rule(web: tuple[str, Process]):
    site, server = web
    date = factories.workshop_date(capacity=PLACES, starts_at=factories.next_month())
    path, stop = f"{date.get_absolute_url()}?area=hull", Event()
    with ThreadPoolExecutor(PEOPLE) as pool:
        people = [pool.submit(sign_up_until_told, site, path, f"p{number}", stop) for number in range(PEOPLE)]
        time.sleep(1.5)
        begin = time.monotonic()
        if connection.vendor == "postgresql":
            give_back = take_database_away()
            time.sleep(1.5)
            give_back()
        else:
            # There is no server that could go away: half of the site dies instead, in the middle of its work.
            os.kill(worker_of(server), signal.SIGKILL)
        end = time.monotonic()
        time.sleep(3)
        stop.set()
        seen = sorted(each for person in people for each in person.result())
    # One more second, for what was under way when the outage ended.
    outside = [status for when, status in seen if not begin <= when <= end + 1]
    assert {status for status in outside if status != 200} == set()
    assert len(outside) > PEOPLE
    if connection.vendor == "postgresql":
        assert any(status >= 500 for when, status in seen if begin <= when <= end + 1)
    date.refresh_from_db()
    assert (date.taken, SignUp.objects.placed().count()) == (min(PLACES, SignUp.objects.count()),) * 2
    assert broken() == []
    assert WorkshopDate.objects.count() == 1


def worker_of(server: Process) -> int:
    """The number of one of gunicorn's workers."""
    children = Path(f"/proc/{server.popen.pid}/task/{server.popen.pid}/children").read_text("ascii").split()
    return int(children[-1])
