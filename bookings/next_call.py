"""The next free call, which many pages name. It is worked out again when it may be another one, not for each page."""

from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import prefetch_related_objects
from django.utils import timezone

from bookings.availability import Wanted, advisers_for, can_help, free_times_of
from bookings.slots import CELL, EPOCH
from sendguide.freshness.generation import current

KEY = "bookings.next_free_calls"
ANYTHING = Wanted()


class First(NamedTuple):
    """When an adviser's next call begins, and with whom it can be: see ``can_help``."""

    start: datetime
    nations: list[str]
    topics: set[int]


class Kept(NamedTuple):
    """True while nothing changes (``generation``), up to and including ``until``."""

    firsts: list[First]
    generation: str
    until: datetime


def next_free_call(wanted: Wanted = ANYTHING, now: datetime | None = None) -> datetime | None:
    """When the next call begins that a family could book which wants this."""
    firsts = _firsts(now or timezone.now())
    return min((each.start for each in firsts if can_help(each.nations, each.topics, wanted)), default=None)


def _firsts(now: datetime) -> list[First]:
    generation = current()
    kept: Kept | None = cache.get(KEY)
    if kept and kept.generation == generation and now <= kept.until:
        return kept.firsts
    advisers = advisers_for(ANYTHING)
    prefetch_related_objects(advisers, "topics")
    free = free_times_of(advisers, now).of
    firsts = [
        First(start, each.nations, {topic.pk for topic in each.topics.all()})
        for each in advisers
        if (start := next(iter(free[each.pk]), None))
    ]
    if generation is not None:
        cache.set(KEY, Kept(firsts, generation, next_mark(now)))
    return firsts


def next_mark(now: datetime) -> datetime:
    """The next five-minute mark; ``now`` itself if it is one.

    Calls begin on marks, and notice is whole hours: in between no time passes out of reach. Days end on a mark, too.
    """
    return EPOCH - (EPOCH - now) // CELL * CELL
