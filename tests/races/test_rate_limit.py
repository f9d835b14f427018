"""Eight visitors at once, a hundred hits each: every hit is counted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from sendguide.guard.models import Counter
from sendguide.guard.rate_limit import count_hit

VISITORS, HITS = 8, 100
NOW = datetime(2026, 12, 1, 10, 37, tzinfo=UTC)


def count(identity: str) -> bool:
    return count_hit("race", identity, per=timedelta(hours=1), most=500, now=NOW)


def read_then_write(identity: str) -> bool:
    """How it must not be done: between its two steps others count, too."""
    counter, _ = Counter.objects.get_or_create(key=identity, ends_at=NOW, defaults={"count": 0})
    counter.count += 1
    counter.save(update_fields=["count"])
    return counter.count <= 500


def race(hit: Callable[[str], bool]) -> list[bool]:
    """What every hit was answered, with each visitor in a thread with a connection of its own."""
    answers: list[bool] = []
    start = Barrier(VISITORS)

    def visit() -> None:
        try:
            start.wait()
            answers.extend([hit("192.0.2.1") for _ in range(HITS)])
        finally:
            connection.close()

    threads = [Thread(target=visit) for _ in range(VISITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_no_hit_is_lost():
    answers = race(count)
    assert Counter.objects.get().count == VISITORS * HITS
    assert (answers.count(True), answers.count(False)) == (500, 300)


@pytest.mark.django_db(transaction=True)
def test_hits_that_are_read_and_then_written_get_lost():
    assert len(race(read_then_write)) == VISITORS * HITS
    assert Counter.objects.get().count < VISITORS * HITS
