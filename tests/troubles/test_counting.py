"""Errors and slow queries: counted once, by page and hour, and never a reason to fail or to wait."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction

from sendguide.outbox.worker import Job, Stop, Worker
from sendguide.troubles import counting
from sendguide.troubles.models import Trouble, forget_old, lately

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine, monkeypatch):
    time_machine.move_to(HOUR + timedelta(minutes=59), tick=False)
    monkeypatch.setattr(counting, "COUNTS", counting.Counts())
    monkeypatch.setattr(counting, "HERE", counting.OfThisThread())
    monkeypatch.setattr(counting, "PAUSE_SECONDS", 0)
    connection.ensure_connection()
    return time_machine


def counted():
    return {(row.where, row.kind): (row.times, row.longest_ms) for row in Trouble.objects.all()}


def break_home(monkeypatch):
    def fail(*_arguments):
        raise ValueError

    monkeypatch.setattr("sendguide.pages.open_situations", fail)


def test_page_that_fails_is_counted_by_its_name(client, monkeypatch):
    client.raise_request_exception = False
    break_home(monkeypatch)
    assert [client.get("/?q=somebody").status_code for _ in range(3)] == [500] * 3
    assert counted() == {("home", "error"): (3, 0)}
    assert Trouble.objects.get().hour == HOUR


@pytest.mark.parametrize("address", ["/", "/nowhere/"])
def test_page_that_is_shown_and_address_that_is_wrong_are_not_counted(client, address):
    client.get(address)
    assert counted() == {}


def test_slow_query_is_counted_with_the_page_that_asked(client, settings):
    settings.SLOW_QUERY_MS = 0
    client.get("/readyz")
    settings.SLOW_QUERY_MS = 500
    client.get("/readyz")
    assert list(counted()) == [("readyz", "slow_query")]


def test_longest_of_slow_queries_is_kept():
    for milliseconds in (600, 900, 700):
        counting.HERE.slow.append(milliseconds)
        counting.note("home", failed=False)
    assert counted() == {("home", "slow_query"): (3, 900)}


def test_query_counts_for_who_asked_and_not_for_another_thread():
    counting.HERE.slow.append(600)
    other = Thread(target=counting.note, args=("other",), kwargs={"failed": False})
    other.start()
    other.join()
    counting.note("home", failed=False)
    assert counted() == {("home", "slow_query"): (1, 600)}


def test_each_hour_is_counted_for_itself(clock):
    counting.note("home", failed=True)
    clock.shift(timedelta(minutes=1))
    counting.note("home", failed=True)
    assert list(Trouble.objects.values_list("hour", "times")) == [(HOUR + timedelta(hours=1), 1), (HOUR, 1)]


def test_storm_of_errors_is_written_seldom_and_counted_whole(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(counting, "PAUSE_SECONDS", 1_000)
    counting.note("home", failed=True)
    with django_assert_num_queries(0):
        for _ in range(50):
            counting.note("home", failed=True)
    monkeypatch.setattr(counting.COUNTS, "_not_before", 0)
    counting.note("home", failed=False)
    assert counted() == {("home", "error"): (51, 0)}


def test_what_cannot_be_written_is_written_later(monkeypatch):
    def away(*_arguments):
        raise OperationalError

    Trouble.objects.exists()
    with monkeypatch.context() as broken:
        broken.setattr(counting, "_write", away)
        counting.note("home", failed=True)
    assert counted() == {}
    counting.note("guide", failed=True)
    assert counted() == {("home", "error"): (1, 0), ("guide", "error"): (1, 0)}


def test_nobody_waits_for_a_connection():
    connection.close()
    counting.note("healthz", failed=True)
    assert connection.connection is None
    Trouble.objects.exists()
    counting.note("home", failed=False)
    assert counted() == {("healthz", "error"): (1, 0)}


def test_site_that_is_not_its_turn_yet_is_no_error(client, monkeypatch):
    monkeypatch.setattr("sendguide.machines.readiness", lambda now: {"status": "not ready", "checks": {}})
    assert client.get("/readyz").status_code == 503
    assert counted() == {}


def test_nothing_is_written_inside_a_transaction_that_may_be_undone():
    with transaction.atomic():
        counting.note("home", failed=True)
        transaction.set_rollback(True)
    counting.note("home", failed=False)
    assert counted() == {("home", "error"): (1, 0)}


def test_two_processes_that_are_first_at_once_count_both(monkeypatch):
    place = counting.Place(HOUR, Trouble.Kind.ERROR, "home")
    update = type(Trouble.objects.all()).update
    seen = []

    def other_is_first(rows, **values):
        changed = update(rows, **values)
        if not seen:
            seen.append(changed)
            Trouble.objects.create(**place._asdict(), times=4)
        return changed

    monkeypatch.setattr(type(Trouble.objects.all()), "update", other_is_first)
    counting._write(place, counting.Found(1))
    assert seen == [0]
    assert counted() == {("home", "error"): (5, 0)}


def test_job_that_fails_is_counted_and_one_that_has_to_wait_is_not():
    def fail():
        raise ValueError

    Worker([Job("purge", timedelta(days=1), fail), Job("idle", timedelta(days=1), lambda: None)], Stop()).run_once()
    assert counted() == {("job: purge", "error"): (1, 0)}


def test_start_page_hears_of_the_last_24_hours():
    kinds = Trouble.Kind
    for hours, times in ((0, 2), (23, 3), (24, 100)):
        Trouble.objects.create(hour=HOUR - timedelta(hours=hours), kind=kinds.ERROR, where="a", times=times)
    Trouble.objects.create(hour=HOUR, kind=kinds.SLOW_QUERY, where="a", times=1, longest_ms=700)
    assert lately(HOUR) == {"errors": 5, "slow_queries": 1, "slowest_seconds": 0.7}


def test_counts_go_after_a_month():
    for days in (30, 31):
        Trouble.objects.create(hour=HOUR - timedelta(days=days), kind=Trouble.Kind.ERROR, where="a", times=1)
    forget_old(HOUR)
    assert [row.hour for row in Trouble.objects.all()] == [HOUR - timedelta(days=30)]


def test_every_connection_is_watched_once():
    counting.watch(connection)
    assert connection.execute_wrappers.count(counting.time_query) == 1
