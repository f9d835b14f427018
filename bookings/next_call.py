"""The next free call, which every guide names. It is worked out again when it may be another one, not for each page."""

from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone

from bookings.availability import Wanted, free_times
from bookings.slots import CELL, EPOCH
from sendguide.freshness.generation import current

KEY = "bookings.next_free_call"


class Kept(NamedTuple):
    """True while nothing changes (``generation``), up to and including ``until``."""

    first: datetime | None
    generation: str
    until: datetime


def next_free_call(now: datetime | None = None) -> datetime | None:
    """When the next call that anybody could book begins."""
    now, generation = now or timezone.now(), current()
    kept: Kept | None = cache.get(KEY)
    if kept and kept.generation == generation and now <= kept.until:
        return kept.first
    first = free_times(Wanted(), now).first
    if generation is not None:
        cache.set(KEY, Kept(first, generation, next_mark(now)))
    return first


def next_mark(now: datetime) -> datetime:
    """The next five-minute mark; ``now`` itself if it is one.

    Calls begin on marks, and notice is whole hours: in between no time passes out of reach. Days end on a mark, too.
    """
    return EPOCH - (EPOCH - now) // CELL * CELL
