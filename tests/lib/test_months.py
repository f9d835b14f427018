"""Months that somebody typed, and periods of them."""

from datetime import UTC, date, datetime

import pytest

from sendguide.lib.months import (
    NotAMonth,
    Period,
    as_typed,
    last_twelve_months,
    month_number,
    month_typed,
    months_between,
)


@pytest.mark.parametrize(
    "text", ["2026-01", "2026-1", " 2026-01 ", "01/2026", "1/2026", "January 2026", "january  2026", "Jan 2026"]
)
def test_month_is_read_as_people_write_it(text: str):
    assert month_typed(text) == date(2026, 1, 1)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "26-01", "0000-01", "2026-01-15", "Smarch 2026", "2026-01\0", "٢٠٢٦"]
)
def test_what_is_no_month_is_refused(text: str):
    with pytest.raises(NotAMonth):
        month_typed(text)


def test_months_are_typed_as_browsers_do():
    assert as_typed(date(2026, 3, 1)) == "2026-03"


def test_months_are_numbered_without_a_gap_at_new_year():
    assert month_number(date(2027, 1, 1)) - month_number(date(2026, 12, 31)) == 1
    assert months_between(date(2026, 3, 1), date(2025, 12, 1)) == -3


def test_period_has_its_months():
    period = Period(date(2025, 11, 1), date(2026, 2, 1))
    assert period.months == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert period.in_words == "November 2025 to February 2026"


def test_period_of_one_month():
    period = Period(date(2026, 2, 1), date(2026, 2, 1))
    assert (period.months, period.in_words) == ([date(2026, 2, 1)], "February 2026")


def test_period_begins_and_ends_at_midnight_in_the_uk():
    summer = Period(date(2026, 6, 1), date(2026, 12, 1))
    assert (summer.begins, summer.ends) == (datetime(2026, 5, 31, 23, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def test_last_twelve_months_go_by_the_day_in_the_uk():
    # A quarter to midnight in UTC is after midnight in the UK.
    assert last_twelve_months(datetime(2026, 6, 30, 23, 45, tzinfo=UTC)) == Period(date(2025, 7, 1), date(2026, 7, 1))
    assert last_twelve_months(datetime(2026, 12, 31, 23, 45, tzinfo=UTC)) == Period(
        date(2025, 12, 1), date(2026, 12, 1)
    )
