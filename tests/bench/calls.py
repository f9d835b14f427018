"""Support calls: how long it takes to find what is free, and very many families who book at the same moment."""

import statistics
import time
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.availability import Wanted, free_times, terms
from bookings.models import Adviser, BookedCell, Booking, TimeOff
from bookings.slots import LENGTH
from tests import factories
from tests.bench.crowd import sent_at_once
from tests.bench.printing import figure, heading
from tests.bookings.invariants import broken
from tests.races.booking_pages import details, details_path

FAMILIES = 200
ADVISERS = 200
CALLS = 20_000
RUNS = 20


def measure() -> None:
    _booking()
    _finding()


def _finding() -> None:
    heading(
        f"Support calls: what is free in four weeks, {ADVISERS} advisers with {CALLS:,} calls ({connection.vendor})"
    )
    Adviser.objects.update(is_taking_calls=False)
    now = timezone.now()
    advisers = [factories.adviser() for _ in range(ADVISERS)]
    TimeOff.objects.bulk_create(
        TimeOff(adviser=each, starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=10)) for each in advisers
    )
    _fill(advisers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what PostgreSQL does by itself a minute after so many rows are new
    free_times(Wanted(), now)
    with CaptureQueriesContext(connection) as queries:
        free = free_times(Wanted(), now)
    count, times = len(queries), []
    for _ in range(RUNS):
        start = time.perf_counter()
        free_times(Wanted(), now)
        times.append((time.perf_counter() - start) * 1000)
    figure("Queries, median", f"{count}, {statistics.median(times):.0f} ms", "≤ 6 queries, ≤ 60 ms")
    figure("Calls that can still be booked", f"{sum(map(len, free.advisers_at.values())):,}")


def _fill(advisers: list[Adviser]) -> None:
    """The first calls of each adviser's times, until there are so many in all."""
    each_has = CALLS // ADVISERS
    starts = list(free_times(Wanted(), timezone.now()).advisers_at)[:each_has]
    calls = [
        Booking(
            adviser=adviser,
            starts_at=start,
            ends_at=start + LENGTH,
            name="Ann",
            email="",
            submission_id=factories.uuid4(),
            reference=f"{number:07}",
        )
        for number, (adviser, start) in enumerate((adviser, start) for adviser in advisers for start in starts)
    ]
    made = Booking.objects.bulk_create(calls, batch_size=1000)
    BookedCell.objects.bulk_create(
        (cell for call in made for cell in BookedCell.of(call.adviser, call.starts_at, terms(), booking=call)),
        batch_size=5000,
    )


def _booking() -> None:
    heading(f"Support calls: {FAMILIES} families book at the same moment, each its own time ({connection.vendor})")
    for _ in range(3):
        factories.adviser()
    paths = [details_path(start) for start in list(free_times(Wanted(), timezone.now()).advisers_at)[-FAMILIES:]]
    found = sent_at_once([(path, details(number)) for number, path in enumerate(paths)])
    figure("Calls booked a second, page of one's own included", f"{found.a_second:.0f}")
    figure("Waiting for the answer: p50, p99", found.waiting)
    figure("Errors; rules broken", f"{found.errors}; {len(broken())}", "0; 0")
    figure("Calls booked", f"{Booking.objects.count()}", f"{FAMILIES}")
