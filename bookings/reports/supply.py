"""The calls that advisers have, or had, time for."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bookings.availability import NO_NOTICE, diaries, free_times_of, terms
from bookings.models import Adviser, Booking
from bookings.reports.lines import Call, Line
from bookings.slots import cell_of, offered
from sendguide.lib.dates import midnight, monday_of, uk_day

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Supply:
    """``times``: the number of the adviser and the start of each call. ``first_free``: of each adviser who has one."""

    advisers: Collection[Adviser]
    times: Collection[tuple[int, datetime]]
    first_free: Mapping[int, datetime]

    @classmethod
    def of(
        cls, advisers: Collection[Adviser], calls: Collection[Call], first: date, end: date, now: datetime
    ) -> "Supply":
        """The calls that are booked, and those for which the hours of ``advisers``, as they stand now, have room
        beside them, from ``first`` until before ``end``. From ``now`` on only hours of those who take calls count.
        """
        conditions = replace(terms(notice=NO_NOTICE), horizon_days=(end - first).days - 1)
        times = [(call.adviser, call.start) for call in calls if call.status == Booking.Status.BOOKED]
        taken: defaultdict[int, list[int]] = defaultdict(list)
        for pk, start in times:
            taken[pk].append(cell_of(start))
        known = diaries(list(advisers), first, end - DAY)
        for each in advisers:
            # The cells of calls that are over have been forgotten.
            diary = replace(known[each.pk], taken={conditions.held: taken[each.pk]})
            free = offered(diary, conditions, midnight(first))
            times += [(each.pk, start) for start in free if each.is_taking_calls or start <= now]
        return cls(advisers, times, _first_free(advisers, now))

    def before(self, day: date) -> "Supply":
        return replace(self, times=[(pk, start) for pk, start in self.times if uk_day(start) < day])

    def by_week(self) -> Counter[date]:
        return Counter(monday_of(start) for _, start in self.times)

    def first_free_with(self, advisers: Iterable[Adviser]) -> datetime | None:
        return min((self.first_free[each.pk] for each in advisers if each.pk in self.first_free), default=None)

    def fill(self, line: Line, advisers: Collection[Adviser]) -> None:
        """What ``advisers`` have time for, into ``line``."""
        pks = {each.pk for each in advisers}
        line.offered = sum(pk in pks for pk, _ in self.times)
        line.first_free = self.first_free_with(advisers)


def _first_free(advisers: Iterable[Adviser], now: datetime) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for start, pks in free_times_of([each for each in advisers if each.is_taking_calls], now).advisers_at.items():
        for pk in pks:
            found.setdefault(pk, start)
    return found
