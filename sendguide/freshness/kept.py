"""What is dear to make from the database, kept in this process for as long as it is true."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeVar

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from sendguide.freshness.generation import current
from sendguide.freshness.lasting import LASTING

Value = TypeVar("Value")


class Kept(NamedTuple):
    value: object
    generation: str
    since: datetime
    until: datetime


def kept(name: str, make: Callable[[], Value]) -> Value:
    """What ``make`` gives, or gave. Inside a transaction it is made anew: what is there may never be committed."""
    # First the generation, then the rows: what changes in between has another generation.
    generation = None if connection.in_atomic_block else current()
    if generation is None:
        return make()
    now = timezone.now()
    found: Kept | None = cache.get(name)
    if found and found.generation == generation and found.since <= now < found.until:
        return found.value  # type: ignore[return-value]  # it came from ``make``, of the same name
    value = make()
    cache.set(name, Kept(value, generation, now, LASTING.until(generation, now)))
    return value
