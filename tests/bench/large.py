"""Every page of the site as it may be one day: with 5,000 guides, 10,000 dates, 1,000,000 calls and 200 advisers."""

import gc
import statistics
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.availability import Wanted, free_times
from guides.templatetags.places import OPTIONS
from guides.views.reading import KEPT
from tests.bench import filling, purging
from tests.bench.addresses import make_examples, public_pages, staff_pages
from tests.bench.printing import figure, heading

RUNS = 7
PUBLIC_MS, STAFF_MS = 60, 300


def measure() -> None:
    if connection.vendor != "postgresql":
        heading("A site as it may be one day")
        figure("Needs PostgreSQL: set DATABASE_URL", "not measured")
        return
    visitor, manager = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    manager.force_login(get_user_model().objects.create_superuser("manager", password=None))
    filling.empty()
    make_examples()
    small = {name: _queries(visitor, address) for name, address in public_pages().items()}
    start = time.perf_counter()
    filling.fill()
    heading(
        f"A site with {filling.GUIDES:,} guides, {filling.DATES:,} dates, {filling.CALLS:,} calls and "
        f"{filling.ADVISERS} advisers"
    )
    figure("Filled in", f"{time.perf_counter() - start:.0f} s", "≤ 180 s")
    figure("First search of a process", f"{_ms(visitor, '/search/?q=ehcp') / 1000:.1f} s")
    # As each process of the server does after it has read the index: Python no longer walks through it.
    gc.collect()
    gc.freeze()
    over = [name for name, address in public_pages().items() if _page(name, visitor, address, PUBLIC_MS, small[name])]
    _next_free_call()
    # First, because staff work with what each day's purge has left.
    purging.measure()
    filling.settle()
    heading("The staff site, after it")
    over += [name for name, address in staff_pages().items() if _page(name, manager, address, STAFF_MS)]
    figure("Pages over their aim", ", ".join(over) or "none", "none")


def _page(name: str, client: Client, address: str, most: int, queries: int | None = None) -> bool:
    """``queries``: how many the page needs in a small site. Whether it is over its aim."""
    _ms(client, address)
    number, before = _queries(client, address), _processor_ms()
    times = [_ms(client, address) for _ in range(RUNS)]
    processor = (_processor_ms() - before) / RUNS
    beside = f" ({queries} in a small site)" if queries is not None else ""
    value = f"{number}{beside}, {statistics.median(times):.0f} ms, {processor:.0f} ms"
    figure(f"{name}: queries, median, of processor", value, f"≤ {most} ms")
    return statistics.median(times) > most or (queries is not None and number > queries)


def _processor_ms() -> float:
    """Of this process, and of that of the database which works for it, if it is on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        scheduled = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    there = int(scheduled.read_text().split()[0]) / 1e6 if scheduled.exists() else 0.0
    return time.process_time() * 1000 + there


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        _ms(client, address)
    # Whether something changed is asked four times a second at most, by whichever page comes then.
    return sum("freshness_generation" not in query["sql"] for query in queries.captured_queries)


def _ms(client: Client, address: str) -> float:
    """As for the first visitor after a change, but for the next free call."""
    cache.delete_many([f"{KEPT}{address.split('/')[2]}" if address.startswith("/guides/") else KEPT, OPTIONS])
    start = time.perf_counter()
    answer = client.get(address)
    taken = (time.perf_counter() - start) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return taken


def _next_free_call() -> None:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        assert free_times(Wanted(), timezone.now()).first
        times.append((time.perf_counter() - start) * 1000)
    figure("The next free call, which pages name, worked out again", f"{statistics.median(times):.0f} ms", "≤ 60 ms")
