from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bookings.weeks import Day, as_text, asked_week, from_text, nearest, week_of

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


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-11-26", TODAY),
        ("2026-12-02", TODAY),
        ("2026-12-03", date(2026, 12, 3)),
        ("2026-12-24", LAST),
        ("2026-11-25", None),
        ("2026-12-25", None),
        ("", None),
        ("soon", None),
        ("2026-02-30", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
    ],
)
def test_week_that_is_asked_for_must_be_within_reach(text: str, first: date | None):
    assert asked_week(text, today=TODAY, last=LAST) == first


def test_first_week_with_times_is_shown_with_its_working_days():
    starts = (at(8, 10), at(8, 10, 20))
    week = week_of({starts[0].date(): starts}, None, today=TODAY, last=LAST)
    assert [(day.day.day, day.starts) for day in week.days] == [(3, ()), (4, ()), (7, ()), (8, starts), (9, ())]
    assert (week.first, week.has_times, week.earlier, week.later) == (date(2026, 12, 3), True, None, None)


def test_weekend_is_shown_where_it_has_times():
    saturday = date(2026, 11, 28)
    week = week_of({saturday: [at(28, 10, month=11)]}, None, today=TODAY, last=LAST)
    assert [day.day.day for day in week.days] == [26, 27, 28, 30, 1, 2]


def test_days_that_are_not_open_yet_are_left_out():
    first = week_of({}, None, today=TODAY, last=LAST)
    last = week_of({}, LAST, today=TODAY, last=LAST)
    assert [[day.day.day for day in week.days] for week in (first, last)] == [[26, 27, 30, 1, 2], [24]]
    assert not first.has_times


def test_other_weeks_are_those_with_times():
    by_day = {date(2026, 11, 27): [at(27, 9, month=11)], date(2026, 12, 10): [at(10, 9)], LAST: [at(24, 9)]}
    week = week_of(by_day, date(2026, 12, 10), today=TODAY, last=LAST)
    assert (week.earlier, week.later) == (TODAY, LAST)
    between = week_of(by_day, date(2026, 12, 3), today=TODAY, last=LAST)
    assert (between.has_times, between.earlier, between.later) == (False, TODAY, date(2026, 12, 10))


def test_nearest_times_stand_under_their_days_the_nearest_day_first():
    starts = [at(1, 10), at(2, 9), at(2, 11), at(3, 9), at(9, 9)]
    assert nearest(starts, at(2, 10), 4) == (
        Day(date(2026, 12, 2), (at(2, 9), at(2, 11))),
        Day(date(2026, 12, 3), (at(3, 9),)),
        Day(date(2026, 12, 1), (at(1, 10),)),
    )
    assert nearest([], at(2, 10), 4) == ()
