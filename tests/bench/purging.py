"""The purge of very many calls that are due, while families book: how long it takes, and what they notice."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from bookings.models import Booking
from sendguide.privacy.purge import purge
from tests.bench.crowd import address_of_database
from tests.bench.printing import figure, heading

ALONE_SECONDS = 15
ROOT = Path(__file__).parents[2]


def measure() -> None:
    due = Booking.PERSONAL.overdue(Booking.objects.all(), timezone.now()).count()
    heading(f"Purge of {due:,} calls that are due, while families book (load {os.getloadavg()[0]:.1f})")
    without = _booking_while(lambda: time.sleep(ALONE_SECONDS))
    batches: list[float] = []

    def timed(execute: Callable[..., Any], sql: Any, *args: Any) -> Any:
        start = time.perf_counter()
        answer = execute(sql, *args)
        if str(sql).startswith('UPDATE "bookings_booking"'):
            batches.append((time.perf_counter() - start) * 1000)
        return answer

    seconds = []

    def purged() -> None:
        start = time.perf_counter()
        with connection.execute_wrapper(timed):
            purge(now=timezone.now())
        seconds.append(time.perf_counter() - start)

    meanwhile = _booking_while(purged)
    left = Booking.PERSONAL.overdue(Booking.objects.all(), timezone.now()).count()
    figure("All of it; calls left", f"{seconds[0]:.0f} s; {left}", "; 0")
    figure("Batches, the longest", f"{len(batches)}, {max(batches):.0f} ms", "≤ 200 ms")
    figure("Booking without it: number, p50, p99", without)
    figure("Booking meanwhile: number, p50, p99", meanwhile, "no more than twice as long")


def _booking_while(act: Callable[[], object]) -> str:
    """How long families wait whose calls are booked, one after the other, by another process until ``act`` is done."""
    command = [sys.executable, "-m", "tests.bench.meanwhile"]
    variables = os.environ | {"DATABASE_URL": address_of_database()}
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as families:
        assert families.stdout
        families.stdout.readline()  # they have begun
        act()
        said, _ = families.communicate()
    times = sorted(json.loads(said))
    return f"{len(times)}, {times[len(times) // 2]:.0f}, {times[int(len(times) * 0.99)]:.0f} ms"
