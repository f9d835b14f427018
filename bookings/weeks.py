"""Free times as people choose from them: under days and weeks, and as text in an address.

Pure rules: values in, answer out.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sendguide.lib.dates import uk_day

TEXT = re.compile(r"20\d{6}T\d{4}Z", re.ASCII)
FORMAT = "%Y%m%dT%H%MZ"
DAY, WEEK = timedelta(days=1), timedelta(days=7)
WORKING_DAYS = range(5)  # Monday to Friday
# Times to choose from when the one that was chosen is taken.
MOST_NEAREST = 12


def as_text(start: datetime) -> str:
    """20261201T1030Z"""
    return start.astimezone(UTC).strftime(FORMAT)


def from_text(text: str) -> datetime | None:
    """The instant that ``as_text`` wrote; None for anything else."""
    try:
        return datetime.strptime(text, FORMAT).replace(tzinfo=UTC) if TEXT.fullmatch(text) else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the UK with the times on it at which a call can begin, in order; perhaps none."""

    day: date
    starts: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, counted from today on, so that much can be seen also on a Friday.

    ``earlier`` and ``later``: the first days of the nearest other weeks that have times.
    """

    first: date
    days: tuple[Day, ...]
    earlier: date | None
    later: date | None

    @property
    def has_times(self) -> bool:
        return any(day.starts for day in self.days)


def asked_week(text: str, *, today: date, last: date) -> date | None:
    """The first day of the week in which the day stands that ``text`` names ("2026-12-09"); None out of reach."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return _first_of(day, today) if today <= day <= last else None


def week_of(by_day: Mapping[date, Collection[datetime]], first: date | None, *, today: date, last: date) -> Week:
    """The week that begins on ``first``, or the first one with times.

    Its working days, and the days of its weekend that have times; none after ``last``.
    """
    firsts = sorted({_first_of(day, today) for day in by_day})
    shown = first or next(iter(firsts), today)
    week = (shown + number * DAY for number in range(7))
    days = tuple(
        Day(day, tuple(by_day.get(day, ())))
        for day in week
        if day in by_day or (day <= last and day.weekday() in WORKING_DAYS)
    )
    return Week(
        first=shown,
        days=days,
        earlier=next((each for each in reversed(firsts) if each < shown), None),
        later=next((each for each in firsts if each > shown), None),
    )


def _first_of(day: date, today: date) -> date:
    return today + (day - today) // WEEK * WEEK


def nearest(starts: Iterable[datetime], wanted: datetime, most: int = MOST_NEAREST) -> tuple[Day, ...]:
    """The ``most`` times that are nearest to ``wanted``: under their days, the nearest day first."""
    found: dict[date, list[datetime]] = {}
    for start in sorted(starts, key=lambda start: abs(start - wanted))[:most]:
        found.setdefault(uk_day(start), []).append(start)
    return tuple(Day(day, tuple(sorted(times))) for day, times in found.items())
