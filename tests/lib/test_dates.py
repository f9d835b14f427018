from datetime import UTC, date, datetime, timedelta

import pytest

from sendguide.lib.dates import (
    LONDON,
    clock_time,
    comes_once,
    date_and_time,
    full_date,
    full_date_and_time,
    long_date,
    midnight,
    monday_of,
    month,
    months_after,
    same_clock_time_later,
    time_range,
    uk_day,
)


def test_dates_are_written_in_full_without_leading_zero():
    day = date(2026, 12, 1)
    assert (long_date(day), full_date(day), month(day)) == (
        "1 December 2026",
        "Tuesday 1 December 2026",
        "December 2026",
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 12, 1, 10, 30, tzinfo=UTC), "10:30am"),
        (datetime(2026, 12, 1, 19, 0, tzinfo=UTC), "7pm"),
        (datetime(2026, 7, 1, 9, 5, tzinfo=UTC), "10:05am"),  # summer time
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "midday"),
        (datetime(2026, 12, 1, 12, 15, tzinfo=UTC), "12:15pm"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=UTC), "midnight"),
        (datetime(2026, 12, 1, 0, 5, tzinfo=UTC), "12:05am"),
    ],
)
def test_clock_time_is_uk_time_in_words(moment, words):
    assert clock_time(moment) == words


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 24), 6, date(2027, 5, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_months_after_keeps_the_day_or_takes_the_last_of_the_month(day, months, later):
    assert months_after(day, months) == later


def test_date_and_time_are_those_of_the_uk():
    assert date_and_time(datetime(2026, 7, 31, 23, 30, tzinfo=UTC)) == "1 August 2026, 12:30am"


def test_day_of_a_moment_is_the_uks():
    late = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
    assert (uk_day(late), full_date_and_time(late)) == (date(2026, 8, 1), "Saturday 1 August 2026, 12:30am")


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 12, 1), datetime(2026, 12, 1, tzinfo=UTC)),
        (date(2026, 8, 1), datetime(2026, 7, 31, 23, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 24, 23, tzinfo=UTC)),  # the clocks change an hour later
    ],
)
def test_midnight_is_the_uks(day, moment):
    assert midnight(day) == moment


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (datetime(2026, 11, 30, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 12, 6, 23, 59, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 8, 2, 23, 30, tzinfo=UTC), date(2026, 8, 3)),  # a Monday already in summer time
    ],
)
def test_week_begins_on_monday(moment, monday):
    assert monday_of(moment) == monday


def test_time_range():
    starts = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    assert time_range(starts, starts + timedelta(minutes=90)) == "10:30am to midday"


@pytest.mark.parametrize(
    ("moment", "later"),
    [
        (datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2026, 12, 8, 9, tzinfo=UTC)),
        (datetime(2026, 10, 20, 8, tzinfo=UTC), datetime(2026, 10, 27, 9, tzinfo=UTC)),  # 9am before and after
        (datetime(2027, 3, 25, 9, tzinfo=UTC), datetime(2027, 4, 1, 8, tzinfo=UTC)),
    ],
)
def test_a_week_later_is_the_same_time_by_the_clock(moment, later):
    assert same_clock_time_later(moment, timedelta(days=7)) == later


@pytest.mark.parametrize(
    ("moment", "once"),
    [
        (datetime(2027, 3, 28, 0, 55, tzinfo=LONDON), True),
        (datetime(2027, 3, 28, 1, 0, tzinfo=LONDON), False),
        (datetime(2027, 3, 28, 1, 30, tzinfo=LONDON), False),
        (datetime(2027, 3, 28, 2, 0, tzinfo=LONDON), True),
        (datetime(2027, 10, 31, 0, 55, tzinfo=LONDON), True),
        (datetime(2027, 10, 31, 1, 30, tzinfo=LONDON), False),
        (datetime(2027, 10, 31, 1, 30, tzinfo=LONDON, fold=1), False),
        (datetime(2027, 10, 31, 2, 0, tzinfo=LONDON), True),
        (datetime(2027, 7, 1, 1, 30, tzinfo=LONDON), True),
    ],
)
def test_hour_in_which_the_clocks_change_does_not_come_once(moment, once):
    assert comes_once(moment) is once
