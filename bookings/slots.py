"""When calls can begin. Pure rules: values in, answer out.

Hours are kept as people say them, as clock times of a day, and become instants for each day alone: 9am stays 9am when
the clocks change. They do so between 1am and 2am, so that no call is offered before 5am.

Time is counted in cells of five minutes since 1970 (UTC). The times of some days are one whole number, with a bit for
each cell: what is free for weeks is found with a few operations on it. Lists of instants took ten times as long.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from bookings.notice import first_bookable
from sendguide.lib.dates import LONDON, uk_day

LENGTH = timedelta(minutes=15)
CELL = timedelta(minutes=5)
EARLIEST = time(5)
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WeeklyRule(NamedTuple):
    """Hours on one ``weekday`` (Monday is 0), by the clock in the UK, from ``from_day`` to and including ``until_day``.

    Without ``until_day`` they have no end. On the adviser's holidays they do not count.
    """

    weekday: int
    starts: time
    ends: time
    from_day: date
    until_day: date | None = None


class ExtraSpan(NamedTuple):
    """Extra hours on one day, by the clock in the UK. They count on a holiday too."""

    day: date
    starts: time
    ends: time


class Span(NamedTuple):
    """From ``starts`` until before ``ends``, instants with a time zone."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """All that decides one adviser's times.

    ``taken``: how many cells a call holds, and the first cell of each call that holds so many.
    """

    weekly: Collection[WeeklyRule]
    extra: Collection[ExtraSpan] = ()
    away: Collection[Span] = ()
    holidays: frozenset[date] = frozenset()
    taken: Mapping[int, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """``gap`` is kept free after each call; ``notice`` is office time. ValueError for lengths that make no sense."""

    length: timedelta = LENGTH
    gap: timedelta = CELL
    notice: timedelta = timedelta(hours=4)
    horizon_days: int = 28

    def __post_init__(self) -> None:
        if self.length <= timedelta() or self.gap < timedelta() or self.length + self.gap > DAY:
            raise ValueError("A call has a length, its gap is not negative, and both together fit into a day.")

    @property
    def held(self) -> int:
        """How many cells a call takes up with its gap."""
        return _cells_in(self.length + self.gap)


@dataclass(frozen=True, slots=True)
class Times:
    """Times at which calls can begin, in order: bit n of ``bits`` is for the cell ``base + n``."""

    base: int
    bits: int

    def __iter__(self) -> Iterator[datetime]:
        """As instants in UTC."""
        bits = self.bits
        while bits:
            lowest = bits & -bits
            yield EPOCH + (self.base + lowest.bit_length() - 1) * CELL
            bits ^= lowest

    def __contains__(self, start: datetime) -> bool:
        cell = cell_of(start) - self.base
        return cell >= 0 and EPOCH + (cell + self.base) * CELL == start and bool(self.bits >> cell & 1)

    def __len__(self) -> int:
        return self.bits.bit_count()

    def and_at(self, cells: Iterable[int]) -> "Times":
        """These and those of ``cells``; what is before ``base`` is left out."""
        return Times(self.base, self.bits | _bits(cells, self.base))

    def between(self, begin: datetime, end: datetime) -> "Times":
        """Those from ``begin`` until before ``end``."""
        return Times(self.base, self.until(end).bits & ~_ones(cell_of(begin) - self.base))

    def until(self, moment: datetime) -> "Times":
        """Those before ``moment``."""
        return Times(self.base, self.bits & _ones(cell_of(moment) - self.base))


def cell_of(moment: datetime) -> int:
    """The cell in which ``moment`` falls. It must carry a time zone."""
    return (moment - EPOCH) // CELL


def cells(starts: datetime, terms: Terms) -> range:
    """The cells that a call beginning at ``starts`` holds. ValueError off a five-minute mark."""
    if (starts - EPOCH) % CELL:
        raise ValueError(f"{starts} is not on a five-minute mark.")
    return range(cell_of(starts), cell_of(starts) + terms.held)


def is_offered(diary: Diary, terms: Terms, start: datetime, now: datetime) -> bool:
    """Whether a call can begin at ``start``, whatever that is: a time that was never offered is not an error."""
    is_near = start.tzinfo is not None and now <= start <= now + (terms.horizon_days + 2) * DAY
    return is_near and start in offered(diary, terms, now, first_day=uk_day(start), last_day=uk_day(start))


def offered(
    diary: Diary, terms: Terms, now: datetime, *, first_day: date | None = None, last_day: date | None = None
) -> Times:
    """When a call can begin; only on the UK days ``first_day`` to ``last_day``, if given.

    In each stretch of hours calls follow each other from its start, and end within it; the last gap need not.
    """
    first = max(uk_day(now), first_day or date.min)
    last = min(uk_day(now) + terms.horizon_days * DAY, last_day or date.max)
    base = _midnight(first)
    rules = tuple(diary.weekly), tuple(diary.extra), diary.holidays
    bits = _starts(*rules, first, last, terms)
    taken = _taken(diary, base)
    for number in range(terms.held):
        bits &= ~(taken >> number)
    for span in diary.away:
        bits &= ~_touching(span, base, base + bits.bit_length(), terms.length)
    soonest = max(0, _cells_in(first_bookable(now, terms.notice, diary.holidays) - EPOCH) - base)
    return Times(base, bits >> soonest << soonest)


# Hours change seldom; most questions are about the same days as the one before.
@lru_cache(maxsize=5000)
def _starts(  # noqa: PLR0913 - what the cache goes by
    weekly: tuple[WeeklyRule, ...],
    extra: tuple[ExtraSpan, ...],
    holidays: frozenset[date],
    first: date,
    last: date,
    terms: Terms,
) -> int:
    """When calls could begin if nobody had booked any, from the first day's midnight on."""
    found: list[int] = []
    for day in (first + number * DAY for number in range((last - first).days + 1)):
        midnight = _midnight(day) - _midnight(first)
        for opens, closes in _stretches(_hours(weekly, extra, holidays, day)):
            begin, end = _cells_in(_since_midnight(opens)), (_since_midnight(closes) - terms.length) // CELL
            found += range(midnight + begin, midnight + end + 1, terms.held)
    return _bits(found)


def _hours(
    weekly: Iterable[WeeklyRule], extra: Iterable[ExtraSpan], holidays: frozenset[date], day: date
) -> list[tuple[time, time]]:
    hours = [(span.starts, span.ends) for span in extra if span.day == day]
    if day not in holidays:
        hours += [
            (rule.starts, rule.ends)
            for rule in weekly
            if rule.weekday == day.weekday() and rule.from_day <= day <= (rule.until_day or date.max)
        ]
    return hours


def _stretches(hours: Iterable[tuple[time, time]]) -> list[tuple[time, time]]:
    """In order; those that overlap or touch are one."""
    stretches: list[tuple[time, time]] = []
    for starts, ends in sorted((max(starts, EARLIEST), ends) for starts, ends in hours):
        if ends <= starts:
            continue
        if stretches and starts <= stretches[-1][1]:
            starts, ends = stretches[-1][0], max(ends, stretches.pop()[1])
        stretches.append((starts, ends))
    return stretches


def _touching(span: Span, base: int, end: int, length: timedelta) -> int:
    """The cells from ``base`` until before ``end`` at which a call would begin that takes place in ``span``.

    Time off may be from the beginning of time to its end: what lies outside costs nothing.
    """
    if span.ends <= span.starts:
        return 0
    after = (span.starts - EPOCH - length) // CELL + 1
    until = min(end, _cells_in(span.ends - EPOCH))
    return _ones(until - base) & ~_ones(min(end, after) - base)


def _taken(diary: Diary, base: int) -> int:
    """The cells from ``base`` on that calls hold, also calls that began before it."""
    bits = 0
    for held, firsts in diary.taken.items():
        begun = _bits(firsts, base - held)
        for number in range(held):
            bits |= begun << number >> held
    return bits


def _bits(numbers: Iterable[int], base: int = 0) -> int:
    """The number whose bits are ``numbers``, counted from ``base``; those below it are left out."""
    wanted = [number for number in numbers if number >= base]
    digits = bytearray(b"0") * (max(wanted, default=base) - base + 1)
    one = ord("1")
    for number in wanted:
        # The lowest bit is the last digit.
        digits[base - number - 1] = one
    return int(digits, 2)


def _ones(number: int) -> int:
    """So many bits, from the lowest one on."""
    return (1 << max(0, number)) - 1


def _cells_in(length: timedelta) -> int:
    """How many cells it takes for ``length``, the last of them perhaps not in full."""
    return -(-length // CELL)


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


@lru_cache(maxsize=500)
def _midnight(day: date) -> int:
    """The cell from which clock times of the day are counted; right from 5am on, when the clocks have changed."""
    return cell_of(datetime.combine(day, EARLIEST, LONDON)) - _since_midnight(EARLIEST) // CELL
