from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.notice import first_bookable
from sendguide.lib.dates import LONDON

FOUR_HOURS = timedelta(hours=4)
MINUTE = timedelta(minutes=1)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        # Monday to Friday, 1 to 5 June 2026
        (london(2026, 6, 1, 9), london(2026, 6, 1, 13)),
        (london(2026, 6, 1, 10, 17, 30), london(2026, 6, 1, 14, 17, 30)),
        (london(2026, 6, 1, 6), london(2026, 6, 1, 13)),
        (london(2026, 6, 1, 0), london(2026, 6, 1, 13)),
        (london(2026, 6, 1, 13), london(2026, 6, 1, 17)),
        (london(2026, 6, 1, 13, 1), london(2026, 6, 2, 9, 1)),
        (london(2026, 6, 1, 16), london(2026, 6, 2, 12)),
        (london(2026, 6, 1, 17), london(2026, 6, 2, 13)),
        (london(2026, 6, 1, 23, 59), london(2026, 6, 2, 13)),
        # Over the weekend
        (london(2026, 6, 5, 15), london(2026, 6, 8, 11)),
        (london(2026, 6, 6, 11), london(2026, 6, 8, 13)),
        (london(2026, 6, 7, 23), london(2026, 6, 8, 13)),
        # Over a change of the clocks, on Sunday 29 March and Sunday 25 October 2026
        (london(2026, 3, 27, 15), london(2026, 3, 30, 11)),
        (london(2026, 10, 23, 15), london(2026, 10, 26, 11)),
        (london(2026, 3, 29, 0, 30), london(2026, 3, 30, 13)),
        # Over a leap day and over the end of the year
        (london(2028, 2, 28, 15), london(2028, 2, 29, 11)),
        (london(2026, 12, 31, 15), london(2027, 1, 1, 11)),
    ],
)
def test_notice_runs_in_office_time(now, first):
    assert first_bookable(now, FOUR_HOURS, frozenset()) == first
    assert first_bookable(now.astimezone(UTC), FOUR_HOURS, frozenset()) == first


def test_notice_stands_still_on_holidays():
    friday_and_monday = frozenset({date(2026, 4, 3), date(2026, 4, 6)})
    assert first_bookable(london(2026, 4, 2, 16), FOUR_HOURS, friday_and_monday) == london(2026, 4, 7, 12)
    assert first_bookable(london(2026, 4, 3, 10), FOUR_HOURS, friday_and_monday) == london(2026, 4, 7, 13)


@pytest.mark.parametrize(
    ("hours", "first"),
    [
        (8, london(2026, 6, 1, 17)),
        (9, london(2026, 6, 2, 10)),
        (40, london(2026, 6, 5, 17)),
        (41, london(2026, 6, 8, 10)),
    ],
)
def test_long_notice_runs_over_days_and_weeks(hours, first):
    assert first_bookable(london(2026, 6, 1, 9), timedelta(hours=hours), frozenset()) == first


def test_without_notice_it_is_now():
    sunday_night = london(2026, 6, 7, 3, 7, 30)
    assert first_bookable(sunday_night, timedelta(), frozenset()) == sunday_night


def test_moment_is_in_utc():
    assert first_bookable(london(2026, 6, 1, 9), FOUR_HOURS, frozenset()).tzinfo is UTC
    assert first_bookable(london(2026, 6, 7, 9), timedelta(), frozenset()).tzinfo is UTC


def counted_minute_by_minute(now: datetime, minutes: int, holidays: frozenset[date]) -> datetime:
    while minutes:
        local = now.astimezone(LONDON)
        if local.isoweekday() <= 5 and 9 <= local.hour < 17 and local.date() not in holidays:
            minutes -= 1
        now += MINUTE
    return now


days = [
    date(2026, 3, 27),
    date(2026, 3, 29),
    date(2026, 10, 24),
    date(2026, 10, 25),
    date(2028, 2, 29),
    date(2026, 12, 31),
]
mornings = st.sampled_from([datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days])
moments = st.builds(lambda day, minutes: day + minutes * MINUTE, mornings, st.integers(-120, 1560))
holidays = st.frozensets(
    st.builds(lambda day, later: day + timedelta(days=later), st.sampled_from(days), st.integers(-1, 4)), max_size=6
)


@given(moments, st.integers(0, 1000), holidays)
def test_notice_is_what_counting_each_minute_gives(now, minutes, holidays):
    assert first_bookable(now, minutes * MINUTE, holidays) == counted_minute_by_minute(now, minutes, holidays)
