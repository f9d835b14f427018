"""Bank holidays of the four nations: each has its own."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from holidays import country_holidays

SUBDIVISIONS = {"England": "ENG", "Scotland": "SCT", "Wales": "WLS", "Northern Ireland": "NIR"}
# Single days are proclaimed a few months ahead, sooner than a new release of the package gets here.
PROCLAIMED = {"Scotland": frozenset({date(2026, 6, 15)})}


def bank_holidays(nation: str, years: Iterable[int]) -> frozenset[date]:
    """The days of ``years`` on which ``nation`` has a bank holiday. ValueError for any other than the four nations.

    Where it falls on a weekend, both the day itself and the weekday that stands in for it are among them.
    """
    if nation not in SUBDIVISIONS:
        raise ValueError(f"{nation!r} is not one of England, Scotland, Wales or Northern Ireland.")
    return frozenset().union(*[_bank_holidays(nation, year) for year in years])


@lru_cache(maxsize=100)
def _bank_holidays(nation: str, year: int) -> frozenset[date]:
    known = country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=year)
    proclaimed = PROCLAIMED.get(nation, frozenset())
    return frozenset(known) | {day for day in proclaimed if day.year == year}
