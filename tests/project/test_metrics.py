"""Figures for Prometheus: right sums of all processes, for whoever has the token."""

import re
import urllib.request
from datetime import timedelta
from threading import Thread
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.utils import timezone

from sendguide.metrics import Tally
from tests import factories
from tests.outbox.processes import process
from tests.project.running import free_port
from tests.races.crowd import answers

TOKEN = "long and random"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def value(text, name):
    """Of the figure ``name``, labels and all; None if there is none."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


@pytest.fixture
def figures(client, settings, db):
    settings.METRICS_TOKEN = TOKEN
    return lambda: client.get("/metrics", headers=HEADERS).content.decode()


@pytest.mark.parametrize("told", [{}, {"Authorization": "Bearer long"}, {"Authorization": "Bearer "}, HEADERS])
def test_without_the_token_there_is_no_such_page(client, settings, db, told):
    settings.METRICS_TOKEN = "" if told == HEADERS else TOKEN
    response = client.get("/metrics", headers=told)
    assert response.status_code == 404
    assert "sendguide_" not in response.content.decode()


def test_requests_are_counted_by_page_and_status_and_never_by_address(client, figures):
    name = 'sendguide_requests_total{method="GET",route="place",status="404"}'
    before = value(figures(), name) or 0
    client.get("/workshops/place/WzEsMV0:signed/?q=words")
    client.generic("MADE-UP", "/healthz")
    text = figures()
    assert value(text, name) == before + 1
    assert value(text, 'sendguide_request_seconds_count{route="place"}') >= 1
    assert value(text, 'sendguide_requests_total{method="other",route="healthz",status="405"}') >= 1
    assert [word for word in ("WzE", "signed", "words", "MADE") if word in text] == []


def test_tally_tells_the_counter_once_a_second_and_loses_nothing_while_it_goes_on():
    told = []
    tally = Tally(SimpleNamespace(inc=told.append))
    for now in (100.0, 100.5, 100.9, 101.0, 101.1, 102.0):
        tally.add(now)
    assert told == [1, 3, 2]
    # A clock that is set back does not keep it from telling.
    tally.add(50.0)
    assert told == [1, 3, 2, 1]


def test_what_two_threads_tell_at_once_is_told_once():
    told = []

    def inc(number):
        told.append(number)
        if other.ident is None:
            # Comes to the same place before the first has finished; it has to wait there.
            other.start()
            other.join(0.3)

    tally = Tally(SimpleNamespace(inc=inc))
    other = Thread(target=tally.add, args=(200.0,))
    tally.add(100.0)
    other.join()
    assert told == [1, 1]


def test_errors_of_the_database_are_counted(client, figures, monkeypatch):
    def fail(*arguments):
        raise OperationalError("gone")

    before = value(figures(), "sendguide_database_errors_total")
    monkeypatch.setattr("sendguide.pages.open_situations", fail)
    client.raise_request_exception = False
    client.get("/")
    assert value(figures(), "sendguide_database_errors_total") == before + 1


def test_states_are_those_of_this_moment(figures):
    text = figures()
    names = ("mail_due", "mail_oldest_seconds", "mail_stuck", "free_calls", "worker_seconds")
    assert [value(text, f"sendguide_{name}") for name in names] == [0, 0, 0, 0, float("inf")]
    factories.queued_email(next_attempt_at=timezone.now() - timedelta(minutes=20))
    factories.adviser()
    text = figures()
    assert (value(text, "sendguide_mail_due"), value(text, "sendguide_mail_stuck")) == (1, 1)
    assert value(text, "sendguide_mail_oldest_seconds") >= 20 * 60
    assert value(text, "sendguide_free_calls") > 0


@pytest.mark.django_db(transaction=True)
def test_whichever_process_is_asked_tells_the_sum_of_all(tmp_path):
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    variables = {"MODE": "production", "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": site, "PORT": str(port)}
    server = ("-m", "gunicorn", "-c", "python:sendguide.gunicorn", "sendguide.wsgi")
    with process(tmp_path / "log", *server, **variables, WEB_CONCURRENCY="2", METRICS_TOKEN=TOKEN) as running:
        running.wait_for(lambda: answers(f"{site}/readyz"))
        for _ in range(20):
            assert answers(f"{site}/healthz")
        name = 'sendguide_requests_total{method="GET",route="healthz",status="200"}'
        told = {value(read(f"{site}/metrics"), name) for _ in range(8)}
        running.popen.terminate()
        assert running.popen.wait(60) == 0
        workers = {line.rsplit(" ", 1)[-1] for line in running.output.splitlines() if "Booting worker" in line}
    assert told == {20.0}
    assert len(workers) == 2


def read(address):
    with urllib.request.urlopen(urllib.request.Request(address, headers=HEADERS), timeout=20) as response:
        return response.read().decode()
