"""How long a postcode takes to be answered, and what the table of postcodes costs each process."""

import random
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

from django.conf import settings

from guides import places
from sendguide.lib.postcodes import Table, look_up, read_table
from tests.bench.printing import figure, heading

TYPED = ("{sector}aa", "{sector}", "{district}", "  {sector} zz.", "hello {district}", "je2 3ab")
QUESTIONS = 5_000
RUNS = 5


def measure() -> None:
    heading("From a postcode to its council")
    path = settings.CONTENT_DIR / "places" / "postcodes.csv"
    figure("The table on the disk", f"{path.stat().st_size / 1000:.0f} kB")
    figure("The table is read at the first question", "no" if places._table.cache_info().currsize else "yes", "yes")
    figure("Reading it", f"{_seconds(lambda: read_table(path)) * 1000:.0f} ms", "≤ 150 ms")
    tracemalloc.start()
    table = read_table(path)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    figure("Memory that it takes in each process", f"{size / 1e6:.1f} MB", "≤ 15 MB")
    sectors = random.Random(1).choices([place for place in table if " " in place], k=QUESTIONS)
    for kind in TYPED:
        texts = [kind.format(sector=sector.lower(), district=sector.split()[0].lower()) for sector in sectors]
        seconds = _seconds(partial(_answer, texts, table)) / QUESTIONS
        figure(f"One answer to “{texts[0].strip()}” and the like", f"{seconds * 1e6:.1f} µs", "≤ 20 µs")


def _answer(texts: list[str], table: Table) -> None:
    for text in texts:
        look_up(text, table)


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor, at best: what else the machine does is left out."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
