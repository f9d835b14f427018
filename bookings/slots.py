"""When calls can begin. Pure rules: values in, answer out.

Hours are kept as people say them, as clock times of a day, and become instants in UTC for each day alone: 9am stays 9am
when the clocks change. They do so between 1am and 2am, so that no call is offered before 5am.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from bookings.notice import first_bookable
from sendguide.lib.dates import LONDON, uk_day

CELL = timedelta(minutes=5)
EARLIEST = time(5)
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRule:
    """Hours on one ``weekday`` (Monday is 0), by the clock in the UK, from ``from_day`` to ``until_day``, both included.

    Without ``until_day`` they have no end. On the adviser's holidays they do not count.
    """

    weekday: int
    starts: time
    ends: time
    from_day: date
    until_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraSpan:
    """Extra hours on one day, by the clock in the UK. They count on a holiday too."""

    day: date
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Span:
    """From ``starts`` until before ``ends``, instants with a time zone."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """All that decides one adviser's times. ``taken`` holds the cells of the calls that are booked, in UTC."""

    weekly: Sequence[WeeklyRule]
    extra: Sequence[ExtraSpan] = ()
    away: Sequence[Span] = ()
    holidays: Collection[date] = frozenset()
    taken: Collection[datetime] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """``gap`` is kept free after each call; ``notice`` is office time. ValueError for lengths that make no sense."""

    length: timedelta = timedelta(minutes=15)
    gap: timedelta = timedelta(minutes=5)
    notice: timedelta = timedelta(hours=4)
    horizon_days: int = 28

    def __post_init__(self) -> None:
        if self.length <= timedelta() or self.gap < timedelta() or self.length + self.gap > DAY:
            raise ValueError("A call has a length, its gap is not negative, and both together fit into a day.")

    @property
    def held(self) -> int:
        """How many cells a call takes up with its gap."""
        return -(-(self.length + self.gap) // CELL)


def cells(starts: datetime, terms: Terms) -> list[datetime]:
    """The five-minute instants (UTC) that a call beginning at ``starts`` holds. ValueError off a five-minute mark."""
    if (starts - EPOCH) % CELL:
        raise ValueError(f"{starts} is not on a five-minute mark.")
    return [cell_of(starts) + number for number in range(terms.held)]


def is_offered(diary: Diary, terms: Terms, start: datetime, now: datetime) -> bool:
    """Whether a call can begin at ``start``, whatever that is: a time that was never offered is not an error."""
    is_near = start.tzinfo is not None and now <= start <= now + timedelta(days=terms.horizon_days + 2)
    return is_near and start in offered(diary, terms, now, first_day=uk_day(start), last_day=uk_day(start))


def offered(
    diary: Diary, terms: Terms, now: datetime, *, first_day: date | None = None, last_day: date | None = None
) -> list[datetime]:
    """The instants (UTC, in order) at which a call can begin; only on the UK days ``first_day`` to ``last_day``, if given.

    In each stretch of hours calls follow each other from its start, and end within it; the last gap need not.
    """
    earliest = first_bookable(now, terms.notice, diary.holidays)
    first = max(uk_day(earliest), first_day or date.min)
    last = min(uk_day(now) + timedelta(days=terms.horizon_days), last_day or date.max)
    taken = frozenset(EPOCH + c * CELL for c in diary.taken)
    starts: list[datetime] = []
    for day in (first + timedelta(days=later) for later in range((last - first).days + 1)):
        for opens, closes in _stretches(diary, day):
            starts += _free_starts(_five_minute_marks(day), opens, closes, terms, taken)
    del starts[: bisect_left(starts, earliest)]
    _leave_out(diary.away, starts, terms.length)
    return starts


def _stretches(diary: Diary, day: date) -> list[tuple[time, time]]:
    """The hours of ``day``, in order; those that overlap or touch are one."""
    hours = [(span.starts, span.ends) for span in diary.extra if span.day == day]
    if day not in diary.holidays:
        hours += [
            (rule.starts, rule.ends)
            for rule in diary.weekly
            if rule.weekday == day.weekday() and rule.from_day <= day <= (rule.until_day or date.max)
        ]
    stretches: list[tuple[time, time]] = []
    for starts, ends in sorted((max(starts, EARLIEST), ends) for starts, ends in hours):
        if ends <= starts:
            continue
        if stretches and starts <= stretches[-1][1]:
            starts, ends = stretches[-1][0], max(ends, stretches.pop()[1])
        stretches.append((starts, ends))
    return stretches


def _free_starts(
    marks: Sequence[datetime], opens: time, closes: time, terms: Terms, taken: frozenset[datetime]
) -> list[datetime]:
    held = terms.held
    numbers = range(-(-_since_midnight(opens) // CELL), (_since_midnight(closes) - terms.length) // CELL + 1, held)
    return [marks[number] for number in numbers if taken.isdisjoint(marks[number : number + held])]


def _leave_out(away: Iterable[Span], starts: list[datetime], length: timedelta) -> None:
    """Takes out of ``starts``, which are in order, those of calls that would touch time off."""
    for span in away:
        if starts and span.starts < span.ends:
            begins = max(span.starts, starts[0])  # time off may be from the beginning of time
            del starts[bisect_right(starts, begins - length) : bisect_left(starts, span.ends)]


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


@lru_cache(maxsize=100)
def _five_minute_marks(day: date) -> tuple[datetime, ...]:
    """Instants in UTC, by their number since midnight; right from 5am on, when the clocks have changed.

    The next day is there too, for calls and gaps that reach beyond midnight. All advisers share these objects, so
    that looking them up among the cells that are taken costs little: a datetime works out its hash once.
    """
    midnight = datetime.combine(day, EARLIEST, LONDON).astimezone(UTC) - _since_midnight(EARLIEST)
    return tuple(midnight + number * CELL for number in range(2 * DAY // CELL))


LENGTH = timedelta(minutes=15)


def cell_of(moment):
    return (moment - EPOCH) // CELL
