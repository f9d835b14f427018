from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bookings.weeks import Day, as_text, asked_week, from_text, monday_of, nearest, week_of

TODAY, LAST = date(2026, 11, 26), date(2026, 12, 24)  # Thursdays
MONDAY = date(2026, 11, 30)


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_start_is_written_in_utc_and_read_again():
    start = datetime(2026, 7, 1, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    assert as_text(start) == "20260701T0930Z"
    assert from_text("20260701T0930Z") == start


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "20261301T1030Z", "20261201T2560Z", "2026-12-01T10:30Z", "20261201T1030", " 20261201T1030Z",
     "20261201T1030Z\n", "99991231T2359Z", "00010101T0000Z", "２０２６１２０１T1030Z", "20261201T103Z"],
)  # fmt: skip
def test_anything_else_is_no_start(text: str):
    assert from_text(text) is None


@pytest.mark.parametrize(("day", "monday"), [(MONDAY, MONDAY), (date(2026, 12, 6), MONDAY)])
def test_week_begins_on_monday(day: date, monday: date):
    assert monday_of(day) == monday


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-12-02", MONDAY),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-12-24", date(2026, 12, 21)),
        ("2026-11-22", None),
        ("2026-12-28", None),
        ("", None),
        ("soon", None),
        ("2026-02-30", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
    ],
)
def test_week_that_is_asked_for_must_be_within_reach(text: str, monday: date | None):
    assert asked_week(text, today=TODAY, last=LAST) == monday


def test_first_week_with_times_is_shown_with_its_working_days():
    starts = (at(2, 10), at(2, 10, 20))
    week = week_of({starts[0].date(): starts}, None, today=TODAY, last=LAST)
    empty = [Day(MONDAY + timedelta(days=number)) for number in (0, 1, 3, 4)]
    assert week.days == (*empty[:2], Day(date(2026, 12, 2), starts), *empty[2:])
    assert (week.monday, week.has_times, week.earlier, week.later) == (MONDAY, True, None, None)


def test_weekend_is_shown_where_it_has_times():
    saturday = date(2026, 12, 5)
    week = week_of({saturday: [at(5, 10)]}, None, today=TODAY, last=LAST)
    assert [day.day.day for day in week.days] == [30, 1, 2, 3, 4, 5]


def test_days_that_are_past_or_not_open_yet_are_left_out():
    first = week_of({}, None, today=TODAY, last=LAST)
    last = week_of({}, date(2026, 12, 21), today=TODAY, last=LAST)
    assert [[day.day.day for day in week.days] for week in (first, last)] == [[26, 27], [21, 22, 23, 24]]
    assert not first.has_times


def test_other_weeks_are_those_with_times():
    by_day = {date(2026, 11, 27): [at(27, 9, month=11)], date(2026, 12, 10): [at(10, 9)], LAST: [at(24, 9)]}
    week = week_of(by_day, date(2026, 12, 7), today=TODAY, last=LAST)
    assert (week.earlier, week.later) == (date(2026, 11, 23), date(2026, 12, 21))
    between = week_of(by_day, MONDAY, today=TODAY, last=LAST)
    assert (between.has_times, between.earlier, between.later) == (False, date(2026, 11, 23), date(2026, 12, 7))


def test_nearest_times_stand_under_their_days_the_nearest_day_first():
    starts = [at(1, 10), at(2, 9), at(2, 11), at(3, 9), at(9, 9)]
    assert nearest(starts, at(2, 10), 4) == (
        Day(date(2026, 12, 2), (at(2, 9), at(2, 11))),
        Day(date(2026, 12, 3), (at(3, 9),)),
        Day(date(2026, 12, 1), (at(1, 10),)),
    )
    assert nearest([], at(2, 10), 4) == ()
