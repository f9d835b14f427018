"""Support calls: how long it takes to find what is free, and very many families who book at the same moment."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.availability import Wanted, free_times, terms
from bookings.models import Adviser, BookedCell, Booking, TimeOff
from bookings.slots import LENGTH
from tests import factories
from tests.bench.printing import figure, heading
from tests.bench.server import GUNICORN, served
from tests.bench.sign_ups import address_of_database
from tests.bookings.invariants import broken
from tests.races.booking_pages import details, details_path
from tests.races.visitor import Answer, Visitor, at_once

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
    variables = {
        "DATABASE_URL": address_of_database(),
        # With the static files that were collected there.
        "DATA_DIR": str(settings.DATA_DIR),
        "MODE": "production",
        "SECRET_KEY": "only for this measurement",
        "ALLOWED_HOSTS": "127.0.0.1",
        "CALLS_AN_HOUR": "100000",
        "FORM_FASTEST_SECONDS": "0",
    }
    connections.close_all()
    with served(*GUNICORN, **variables) as site:
        visitors = [Visitor(site) for _ in range(FAMILIES)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda each: each[0].get(each[1]), zip(visitors, paths, strict=True)))
        begin = time.perf_counter()
        acts = [partial(_booked, *each, number) for number, each in enumerate(zip(visitors, paths, strict=True))]
        answers = at_once(acts)
        whole = time.perf_counter() - begin
    times = sorted(seconds for _, seconds in answers)
    errors = sum(answer.status != 200 for answer, _ in answers)
    figure("Calls booked a second, page of one's own included", f"{FAMILIES / whole:.0f}")
    figure("Waiting for the answer: p50, p99", f"{times[FAMILIES // 2]:.2f} s, {times[int(FAMILIES * 0.99)]:.2f} s")
    figure("Errors; rules broken", f"{errors}; {len(broken())}", "0; 0")
    figure("Calls booked", f"{Booking.objects.count()}", f"{FAMILIES}")


def _booked(visitor: Visitor, path: str, number: int) -> tuple[Answer, float]:
    start = time.perf_counter()
    answer = visitor.post(path, **details(number))
    return answer, time.perf_counter() - start
