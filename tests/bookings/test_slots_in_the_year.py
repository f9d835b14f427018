"""Slots around the changes of the clocks, a leap day, the end of the year and bank holidays."""

from datetime import date, datetime, time, timedelta

import pytest

from bookings.slots import Diary, ExtraSpan, Terms, cell_of
from sendguide.lib.bank_holidays import bank_holidays
from sendguide.lib.dates import LONDON
from tests.bookings.diaries import (
    DAY,
    DAY_1,
    MONDAY,
    SUNDAY,
    TERMS,
    TUESDAY,
    clock,
    clock_on,
    every_day,
    listed,
    london,
    weekly,
)


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_clock_times_stay_on_the_day_the_clocks_change(sunday):
    rules = [weekly(SUNDAY, time(5), time(5, 15)), weekly(SUNDAY), weekly(SUNDAY, time(15), time(16))]
    morning, afternoon = ["05:00", "09:00", "09:20", "09:40"], ["15:00", "15:20", "15:40"]
    assert clock_on(sunday, Diary(weekly=rules)) == [*morning, *afternoon]


@pytest.mark.parametrize(
    ("saturday", "hours_in_utc"),
    [(london(2026, 3, 28, 0), [9, 15, 8, 14, 8, 14]), (london(2026, 10, 24, 0), [8, 14, 9, 15, 9, 15])],
)
def test_9am_stays_9am_over_the_change(saturday, hours_in_utc):
    diary = Diary(weekly=[*every_day(time(9), time(9, 15)), *every_day(time(15), time(15, 15))])
    starts = listed(diary, TERMS, saturday, last_day=saturday.date() + 2 * DAY)
    assert clock(starts) == ["09:00", "15:00"] * 3
    assert [start.hour for start in starts] == hours_in_utc


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_booking_on_the_day_the_clocks_change_takes_its_own_time(sunday):
    at_9am = datetime.combine(sunday, time(9, 20), LONDON)
    diary = Diary(weekly=[weekly(SUNDAY)], taken={4: [cell_of(at_9am)]})
    assert clock_on(sunday, diary) == ["09:00", "09:40"]


@pytest.mark.parametrize("now", [london(2026, 3, 29, 0, 30), london(2026, 10, 25, 1, 30).replace(fold=1)])
def test_asked_in_the_night_of_the_change(now):
    terms = Terms(notice=timedelta(), horizon_days=0)
    assert clock(listed(Diary(weekly=[weekly(SUNDAY)]), terms, now)) == ["09:00", "09:20", "09:40"]


# The calendar


def test_leap_day_has_its_hours():
    assert clock_on(date(2028, 2, 29), Diary(weekly=[weekly(TUESDAY)])) == ["09:00", "09:20", "09:40"]
    starts = listed(
        Diary(weekly=every_day(time(9), time(9, 15))), Terms(notice=timedelta(), horizon_days=2), london(2028, 2, 28, 8)
    )
    assert starts == [london(2028, 2, 28, 9), london(2028, 2, 29, 9), london(2028, 3, 1, 9)]


def test_days_go_on_over_the_end_of_the_year():
    terms = Terms(notice=timedelta(), horizon_days=1)
    starts = listed(Diary(weekly=every_day(time(9), time(9, 15))), terms, london(2026, 12, 31, 8))
    assert starts == [london(2026, 12, 31, 9), london(2027, 1, 1, 9)]


def test_bank_holiday_of_one_nation_is_none_of_another():
    # Monday 3 August 2026 is a bank holiday in Scotland only, 31 August everywhere but there.
    rules = [weekly(MONDAY)]
    scotland, england = (bank_holidays(nation, [2026]) for nation in ("Scotland", "England"))
    first, last = date(2026, 8, 3), date(2026, 8, 31)
    assert clock_on(first, Diary(weekly=rules, holidays=scotland)) == []
    assert clock_on(first, Diary(weekly=rules, holidays=england)) == ["09:00", "09:20", "09:40"]
    assert clock_on(last, Diary(weekly=rules, holidays=england)) == []
    assert clock_on(last, Diary(weekly=rules, holidays=scotland)) == ["09:00", "09:20", "09:40"]


def test_extra_hours_count_on_a_bank_holiday_too():
    extra = ExtraSpan(day=DAY_1, starts=time(11), ends=time(11, 40))
    diary = Diary(weekly=[weekly(MONDAY)], extra=[extra], holidays=frozenset({DAY_1}))
    assert clock_on(DAY_1, diary) == ["11:00", "11:20"]
    assert clock_on(DAY_1 + 7 * DAY, diary) == ["09:00", "09:20", "09:40"]


# Time off and bookings
