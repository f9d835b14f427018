"""The calls that advisers have, or had, time for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bookings.availability import NO_NOTICE, free_times_of, hours_of, terms
from bookings.models import Adviser
from bookings.reports.lines import Line
from bookings.slots import CELL, Times, offered
from sendguide.lib.dates import midnight

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Supply:
    """``times``: of each adviser, when the calls begin. ``first_free``: of each adviser who has one."""

    advisers: Collection[Adviser]
    times: Mapping[int, Times]
    first_free: Mapping[int, datetime]

    @classmethod
    def of(
        cls, advisers: Collection[Adviser], taken: Mapping[int, Collection[int]], first: date, end: date, now: datetime
    ) -> "Supply":
        """The calls that are booked, and those for which the hours of ``advisers``, as they stand now, have room
        beside them, from ``first`` until before ``end``. From ``now`` on only hours of those who take calls count.

        ``taken``: for the number of an adviser the first cells of the calls that are booked.
        """
        conditions = replace(terms(notice=NO_NOTICE), horizon_days=(end - first).days - 1)
        known, times = hours_of(list(advisers), first, end - DAY), {}
        for each in advisers:
            booked = taken.get(each.pk, ())
            # The cells of calls that are over have been forgotten.
            diary = replace(known[each.pk], taken={conditions.held: booked})
            free = offered(diary, conditions, midnight(first))
            times[each.pk] = (free if each.is_taking_calls else free.until(now + CELL)).and_at(booked)
        return cls(advisers, times, _first_free(advisers, now))

    def before(self, day: date) -> "Supply":
        return replace(self, times={pk: times.until(midnight(day)) for pk, times in self.times.items()})

    def in_week(self, monday: date) -> int:
        begin, end = midnight(monday), midnight(monday + WEEK)
        return sum(len(times.between(begin, end)) for times in self.times.values())

    def first_free_with(self, advisers: Iterable[Adviser]) -> datetime | None:
        return min((self.first_free[each.pk] for each in advisers if each.pk in self.first_free), default=None)

    def fill(self, line: Line, advisers: Collection[Adviser]) -> None:
        """What ``advisers`` have time for, into ``line``."""
        line.offered = sum(len(self.times[each.pk]) for each in advisers)
        line.first_free = self.first_free_with(advisers)


def _first_free(advisers: Iterable[Adviser], now: datetime) -> dict[int, datetime]:
    free = free_times_of([each for each in advisers if each.is_taking_calls], now).of
    return {pk: first for pk, times in free.items() if (first := next(iter(times), None))}
