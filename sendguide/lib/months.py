"""Months of the UK calendar: one that somebody typed, and a period of whole ones."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from time import strptime

from sendguide.lib.dates import midnight, month, months_after, uk_day

# 2026-01 is what browsers send that have a field for months; people type the others. Capitals do not matter.
WAYS_TO_WRITE = ("%Y-%m", "%m/%Y", "%B %Y", "%b %Y")


class NotAMonth(ValueError):
    pass


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, from ``first`` to ``last``: each is the first day of its month, and ``last`` is not before it."""

    first: date
    last: date

    @property
    def months(self) -> list[date]:
        """The first day of each."""
        return [months_after(self.first, number) for number in range(months_between(self.first, self.last) + 1)]

    @property
    def begins(self) -> datetime:
        return midnight(self.first)

    @property
    def ends(self) -> datetime:
        """When the month after it begins."""
        return midnight(months_after(self.last, 1))

    @property
    def in_words(self) -> str:
        """January 2026 to March 2026, or January 2026"""
        return month(self.first) if self.first == self.last else f"{month(self.first)} to {month(self.last)}"


def last_twelve_months(now: datetime) -> Period:
    """The twelve whole ones before the present one, and that one."""
    present = uk_day(now).replace(day=1)
    return Period(months_after(present, -12), present)


def month_number(day: date) -> int:
    """Each month has a number; that of the next one is one more."""
    return day.year * 12 + day.month - 1


def months_between(first: date, last: date) -> int:
    """0 for the same month; below 0 if ``last`` is before ``first``."""
    return month_number(last) - month_number(first)


def month_typed(text: str) -> date:
    """The first day of what was typed: 2026-01, 1/2026, January 2026, jan 2026, sept 2026. Raises NotAMonth."""
    typed = text.strip().casefold().replace("sept ", "sep ")
    for way in WAYS_TO_WRITE:
        with suppress(ValueError):
            read = strptime(typed, way)
            return date(read.tm_year, read.tm_mon, 1)
    raise NotAMonth(text)


def as_typed(day: date) -> str:
    """2026-01"""
    return f"{day:%Y-%m}"
