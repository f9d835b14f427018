"""The server's check of one time."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.slots import Diary, Span, Terms, cell_of, is_offered
from sendguide.lib.dates import LONDON
from tests.bookings.diaries import (
    DAY,
    EVENING_BEFORE,
    MONDAY,
    TERMS,
    TUESDAY,
    every_day,
    london,
    weekly,
)


def test_offered_start_is_accepted_in_any_time_zone():
    diary = Diary(weekly=[weekly(MONDAY)])
    assert is_offered(diary, TERMS, london(2026, 6, 1, 9, 20), EVENING_BEFORE) is True
    assert is_offered(diary, TERMS, datetime(2026, 6, 1, 8, 20, tzinfo=UTC), EVENING_BEFORE) is True


@pytest.mark.parametrize(
    ("start", "now"),
    [
        pytest.param(london(2026, 6, 1, 9, 40), london(2026, 6, 1, 10), id="past"),
        pytest.param(london(2026, 6, 1, 3, 7), EVENING_BEFORE, id="3:07"),
        pytest.param(london(2026, 6, 1, 9, 7), EVENING_BEFORE, id="off the grid by two minutes"),
        pytest.param(london(2026, 6, 1, 9, 5), EVENING_BEFORE, id="off the grid by a cell"),
        pytest.param(london(2026, 6, 1, 9, 0, 1), EVENING_BEFORE, id="seconds"),
        pytest.param(london(2026, 6, 1, 9, 0, 0, 1), EVENING_BEFORE, id="microseconds"),
        pytest.param(london(2026, 6, 7, 9), EVENING_BEFORE, id="Sunday"),
        pytest.param(london(2026, 6, 8, 9), EVENING_BEFORE, id="bank holiday"),
        pytest.param(london(2026, 6, 1, 9), london(2026, 5, 29, 16), id="inside notice"),
        pytest.param(london(2026, 6, 29, 9), london(2026, 5, 31, 23, 59), id="beyond horizon"),
        pytest.param(london(2026, 6, 1, 10), EVENING_BEFORE, id="overrunning closing time"),
        pytest.param(london(2026, 6, 1, 10, 20), EVENING_BEFORE, id="after closing time"),
        pytest.param(london(2026, 6, 1, 8, 40), EVENING_BEFORE, id="before opening"),
        pytest.param(london(2026, 6, 15, 9), EVENING_BEFORE, id="time off"),
        pytest.param(london(2026, 6, 22, 9, 20), EVENING_BEFORE, id="taken"),
        pytest.param(datetime(2026, 6, 1, 9), EVENING_BEFORE, id="no time zone"),  # noqa: DTZ001 -- meant
    ],
)
def test_time_that_was_never_offered_is_refused(start, now):
    diary = Diary(
        weekly=[weekly(MONDAY, time(9), time(10, 10))],
        away=[Span(london(2026, 6, 15), london(2026, 6, 16))],
        holidays=frozenset({date(2026, 6, 8)}),
        taken={4: [cell_of(london(2026, 6, 22, 9, 20))]},
    )
    assert is_offered(diary, Terms(), start, now) is False


def test_neighbours_of_what_is_refused_are_accepted():
    diary = Diary(weekly=[weekly(MONDAY, time(9), time(10, 10))], taken={4: [cell_of(london(2026, 6, 22, 9, 20))]})
    assert is_offered(diary, Terms(), london(2026, 6, 1, 9), london(2026, 5, 29, 13))
    assert is_offered(diary, Terms(), london(2026, 6, 29, 9), london(2026, 6, 1, 0))
    assert is_offered(diary, Terms(), london(2026, 6, 22, 9), EVENING_BEFORE)
    assert is_offered(diary, Terms(), london(2026, 6, 22, 9, 40), EVENING_BEFORE)


def test_last_call_of_the_horizon_is_accepted_when_the_clocks_go_back():
    diary = Diary(weekly=every_day(time(23, 40), time(23, 55)))
    now, start = london(2026, 9, 27, 0).astimezone(UTC), london(2026, 10, 25, 23, 40).astimezone(UTC)
    assert start - now > (TERMS.horizon_days + 1) * DAY
    assert is_offered(diary, TERMS, start, now) is True


@given(st.datetimes(timezones=st.none() | st.timezones()))
def test_any_moment_has_an_answer(start):
    assert is_offered(Diary(weekly=[weekly(TUESDAY)]), TERMS, start, EVENING_BEFORE) in {True, False}


@pytest.mark.parametrize("zone", [UTC, LONDON, None])
@pytest.mark.parametrize("edge", [datetime.min, datetime.max])  # noqa: DTZ901 -- they get their zone below
def test_ends_of_time_have_an_answer(edge, zone):
    assert is_offered(Diary(weekly=every_day()), TERMS, edge.replace(tzinfo=zone), EVENING_BEFORE) is False
