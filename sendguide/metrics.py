"""What each process counts for whoever watches the site (Prometheus). No address, visitor or text is in it.

Several processes answer. Each counts into files of its own in PROMETHEUS_MULTIPROC_DIR, which the server sets before
they are started; whichever is asked adds them all up, those of processes that have ended too.
"""

import os

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


def count_request(*, route: str, method: str, status: int, seconds: float) -> None:
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def of_all_processes() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return OURS
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
