"""When calls can begin. Pure rules: values in, answer out.

Hours are kept as people say them, as clock times of a day, and become instants in UTC for each day alone: 9am stays 9am
when the clocks change. They do so between 1am and 2am, so that no call is offered before 5am.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import compress

from bookings.notice import first_bookable
from sendguide.lib.dates import LONDON, uk_day

CELL = timedelta(minutes=5)
EARLIEST = time(5)
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRule:
    """Hours on one ``weekday`` (Monday is 0), by the clock in the UK, from ``from_day`` to and including ``until_day``.

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


@dataclass(frozen=True, slots=True)
class Ruler:
    """The five-minute ``marks`` (UTC) of some days, the number of each, and for each day that of its midnight.

    All advisers share one: to look up a moment that is there already costs less than to work it out.
    """

    marks: tuple[datetime, ...]
    numbers: dict[datetime, int]
    midnights: dict[date, int]


def cells(starts: datetime, terms: Terms) -> list[datetime]:
    """The five-minute instants (UTC) that a call beginning at ``starts`` holds. ValueError off a five-minute mark."""
    if (starts - EPOCH) % CELL:
        raise ValueError(f"{starts} is not on a five-minute mark.")
    return [starts.astimezone(UTC) + number * CELL for number in range(terms.held)]


def is_offered(diary: Diary, terms: Terms, start: datetime, now: datetime) -> bool:
    """Whether a call can begin at ``start``, whatever that is: a time that was never offered is not an error."""
    is_near = start.tzinfo is not None and now <= start <= now + timedelta(days=terms.horizon_days + 2)
    return is_near and start in offered(diary, terms, now, first_day=uk_day(start), last_day=uk_day(start))


def offered(
    diary: Diary, terms: Terms, now: datetime, *, first_day: date | None = None, last_day: date | None = None
) -> list[datetime]:
    """The instants (UTC, in order) at which a call can begin, on UK days ``first_day`` to ``last_day`` if given.

    In each stretch of hours calls follow each other from its start, and end within it; the last gap need not.
    """
    today = uk_day(now)
    first, last = max(today, first_day or today), today + timedelta(days=terms.horizon_days)
    ruler = _ruler(first, min(last, last_day or last))
    held = terms.held
    free = _free(ruler, diary.taken, held)
    starts: list[datetime] = []
    for day, midnight in ruler.midnights.items():
        for opens, closes in _stretches(diary, day):
            begins = midnight - (-_since_midnight(opens) // CELL)
            last_begins = midnight + (_since_midnight(closes) - terms.length) // CELL
            grid = slice(begins, max(begins, last_begins + 1), held)
            starts += compress(ruler.marks[grid], free[grid])
    _leave_out(diary.away, starts, terms.length)
    return starts[bisect_left(starts, first_bookable(now, terms.notice, diary.holidays)) :]


def _free(ruler: Ruler, taken: Iterable[datetime], held: int) -> bytes:
    """For each mark 1 if a call that begins there, and holds that many cells, would hold none of ``taken``; else 0."""
    free = bytearray(b"\1" * len(ruler.marks))
    for number in map(ruler.numbers.get, taken):
        if number is not None:
            free[number] = 0
    # As one number, with a byte for each cell, all of them look at the cell after them in one step.
    row = int.from_bytes(free, "little")
    for _ in range(held - 1):
        row &= row >> 8
    return row.to_bytes(len(free), "little")


def _stretches(diary: Diary, day: date) -> list[tuple[time, time]]:
    """The hours of ``day``, in order; those that overlap or touch are one."""
    hours = [(span.starts, span.ends) for span in diary.extra if span.day == day]
    if day not in diary.holidays:
        weekday = day.weekday()
        hours += [
            (rule.starts, rule.ends)
            for rule in diary.weekly
            if rule.weekday == weekday and rule.from_day <= day <= (rule.until_day or day)
        ]
    stretches: list[tuple[time, time]] = []
    for starts, ends in sorted((max(starts, EARLIEST), ends) for starts, ends in hours):
        if stretches and starts <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(ends, stretches[-1][1]))
        else:
            stretches.append((starts, ends))
    return stretches


def _leave_out(away: Iterable[Span], starts: list[datetime], length: timedelta) -> None:
    """Takes out of ``starts``, which are in order, those of calls that would touch time off."""
    for span in away:
        if starts and span.starts < span.ends:
            begins = max(span.starts, starts[0]).astimezone(UTC)  # time off may be from the beginning of time
            del starts[bisect_right(starts, begins - length) : bisect_left(starts, span.ends)]


@lru_cache(maxsize=300)
def _since_midnight(clock: time) -> timedelta:
    return timedelta(0, (clock.hour * 60 + clock.minute) * 60 + clock.second, clock.microsecond)


@lru_cache(maxsize=8)
def _ruler(first: date, last: date) -> Ruler:
    midnights = {day: _midnight(day) for day in (first + later * DAY for later in range((last - first).days + 1))}
    if not midnights:
        return Ruler((), {}, {})
    begins = midnights[first]
    # A day more than asked for: calls and their gaps may reach beyond midnight.
    marks = tuple(begins + number * CELL for number in range((midnights[last] - begins + 2 * DAY) // CELL))
    return Ruler(
        marks=marks,
        numbers={mark: number for number, mark in enumerate(marks)},
        midnights={day: (midnight - begins) // CELL for day, midnight in midnights.items()},
    )


def _midnight(day: date) -> datetime:
    """Where midnight would be if the clocks never changed that day: right for all that is later than EARLIEST."""
    return datetime.combine(day, EARLIEST, LONDON).astimezone(UTC) - _since_midnight(EARLIEST)
