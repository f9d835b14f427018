"""Errors and slow queries, counted for whoever looks after the site. No address, no visitor and no value is in it.

Counting never makes a page fail or wait: what cannot be written at once stays with this process until it can.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Lock, local
from time import monotonic, perf_counter
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error, IntegrityError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from sendguide.impatient import impatient_transaction
from sendguide.troubles.models import Trouble

# In a storm of errors each process writes this seldom.
PAUSE_SECONDS = 10.0

Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]


class Place(NamedTuple):
    hour: datetime
    kind: str
    where: str


class Found(NamedTuple):
    times: int = 0
    longest_ms: int = 0

    def and_(self, other: "Found") -> "Found":
        return Found(self.times + other.times, max(self.longest_ms, other.longest_ms))


class OfThisThread(local):
    """The slow queries, in milliseconds, since something was last noted."""

    def __init__(self) -> None:
        self.slow: list[int] = []


class Counts:
    """What is not written yet. It is lost with the process, but for that nothing is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pending: dict[Place, Found] = {}
        self._not_before = 0.0

    def add(self, place: Place, found: Found) -> None:
        with self._lock:
            self._pending[place] = self._pending.get(place, Found()).and_(found)

    def write(self) -> None:
        """Nothing inside a transaction, which may be undone; and nobody waits for a connection for it."""
        if not self._pending or connection.connection is None or connection.in_atomic_block:
            return
        with self._lock:
            if monotonic() < self._not_before:
                return
            pending, self._pending = self._pending, {}
            self._not_before = monotonic() + PAUSE_SECONDS
        try:
            with impatient_transaction():
                for place, found in sorted(pending.items()):
                    _write(place, found)
        except Error:
            # Later, then. What the database lacks is in the log already.
            for place, found in pending.items():
                self.add(place, found)


HERE = OfThisThread()
COUNTS = Counts()


def watch(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if time_query not in connection.execute_wrappers:
        connection.execute_wrappers.append(time_query)


def time_query(execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    begun = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = round((perf_counter() - begun) * 1000)
        if milliseconds >= settings.SLOW_QUERY_MS:
            HERE.slow.append(milliseconds)


def note(where: str, *, failed: bool) -> None:
    """To be called at the end of each request and each job, with the name of the page or the job."""
    slow, HERE.slow = HERE.slow, []
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    where = where[: Trouble._meta.get_field("where").max_length]
    if failed:
        COUNTS.add(Place(hour, Trouble.Kind.ERROR, where), Found(1))
    for milliseconds in slow:
        COUNTS.add(Place(hour, Trouble.Kind.SLOW_QUERY, where), Found(1, milliseconds))
    COUNTS.write()


def _write(place: Place, found: Found) -> None:
    rows = Trouble.objects.filter(**place._asdict())
    more = {"times": F("times") + found.times, "longest_ms": Greatest(F("longest_ms"), found.longest_ms)}
    if rows.update(**more):
        return
    try:
        with transaction.atomic():
            Trouble.objects.create(**place._asdict(), **found._asdict())
    except IntegrityError:
        # Another process was first.
        rows.update(**more)
