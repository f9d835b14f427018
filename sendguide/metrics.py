"""What each process counts for whoever watches the site (Prometheus). No address, visitor or text is in it.

Several processes answer. Each counts into files of its own in PROMETHEUS_MULTIPROC_DIR, which the server sets before
they are started; whichever is asked adds them all up, those of processes that have ended too.
"""

import os
from itertools import count
from threading import Lock

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

OURS = CollectorRegistry()
# Few steps: each is a number to be kept for each page.
STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 5.0)
REQUESTS = Counter("sendguide_requests", "Requests", ["route", "method", "status"], registry=OURS)
SECONDS = Histogram("sendguide_request_seconds", "How long answers took", ["route"], buckets=STEPS, registry=OURS)
DATABASE_ERRORS = Counter("sendguide_database_errors", "Errors of the database in requests", registry=OURS)
KEPT_PAGES = Counter("sendguide_kept_pages", "Answers without Django, from the page cache", registry=OURS)
# Anybody may make up a method.
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
# How long a tally keeps to itself what it has added up.
TALLY_SECONDS = 1.0


class Tally:
    """Adds up what happens too often for ``counter`` to be told each time, in this process.

    Telling a counter took 2 % of what a kept page takes. What comes after the last telling waits for the next ``add``,
    and is lost if there is none: a second's worth, when a process ends.
    """

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        # No two threads get the same number.
        self._numbers = count(1)
        self._lock = Lock()
        self._told, self._told_at = 0, 0.0

    def add(self, now: float) -> None:
        """One more, ``now`` (seconds since 1970)."""
        number = next(self._numbers)
        if not self._told_at <= now < self._told_at + TALLY_SECONDS:
            with self._lock:
                if number > self._told:
                    self._counter.inc(number - self._told)
                    self._told, self._told_at = number, now


def count_request(*, route: str, method: str, status: int, seconds: float) -> None:
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def of_all_processes() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return OURS
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
