"""Diaries and clock times for the tests of slots: short to write, easy to read."""

from datetime import date, datetime, time, timedelta

from bookings.slots import Diary, Terms, WeeklyRule, offered
from sendguide.lib.dates import LONDON

MONDAY, TUESDAY, SATURDAY, SUNDAY = 0, 1, 5, 6
ALWAYS = date(2020, 1, 1)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# 15 minutes and 5 minutes gap: a call every 20 minutes
TERMS = Terms(notice=timedelta())


def listed(*asked, **days) -> list[datetime]:
    return list(offered(*asked, **days))


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


def weekly(weekday: int, starts: time = time(9), ends: time = time(10), **period) -> WeeklyRule:
    return WeeklyRule(weekday=weekday, starts=starts, ends=ends, **{"from_day": ALWAYS} | period)


def every_day(starts: time = time(9), ends: time = time(10)) -> list[WeeklyRule]:
    return [weekly(weekday, starts, ends) for weekday in range(7)]


def clock(starts: list[datetime]) -> list[str]:
    return [f"{start.astimezone(LONDON):%H:%M}" for start in starts]


def clock_on(day: date, diary: Diary, terms: Terms = TERMS) -> list[str]:
    """Asked the evening before."""
    evening = datetime.combine(day, time(20), LONDON) - DAY
    return clock(listed(diary, terms, evening, first_day=day, last_day=day))


# Monday 1 June 2026, a week without bank holidays
DAY_1 = date(2026, 6, 1)
EVENING_BEFORE = london(2026, 5, 31, 20)
