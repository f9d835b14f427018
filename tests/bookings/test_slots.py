from datetime import UTC, date, datetime, time, timedelta

import pytest

from bookings.slots import Diary, ExtraSpan, Span, Terms, cell_of, cells, offered
from tests.bookings.diaries import (
    DAY_1,
    EVENING_BEFORE,
    MINUTE,
    MONDAY,
    TERMS,
    TUESDAY,
    clock,
    clock_on,
    every_day,
    listed,
    london,
    weekly,
)


def test_calls_follow_each_other_with_a_gap():
    diary = Diary(weekly=[weekly(MONDAY)])
    assert listed(diary, TERMS, EVENING_BEFORE, last_day=DAY_1) == [
        datetime(2026, 6, 1, 8, tzinfo=UTC),
        datetime(2026, 6, 1, 8, 20, tzinfo=UTC),
        datetime(2026, 6, 1, 8, 40, tzinfo=UTC),
    ]


def test_starts_are_in_utc():
    assert {start.tzinfo for start in listed(Diary(weekly=every_day()), TERMS, EVENING_BEFORE)} == {UTC}


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        (time(9, 55), "09:40"),  # may end exactly then
        (time(9, 54), "09:20"),
        (time(10, 14), "09:40"),
        (time(10, 15), "10:00"),
    ],
)
def test_last_call_ends_within_the_hours_and_its_gap_need_not(ends, last):
    assert clock_on(DAY_1, Diary(weekly=[weekly(MONDAY, time(9), ends)]))[-1] == last


@pytest.mark.parametrize(
    ("starts", "ends"), [(time(9), time(9)), (time(17), time(9)), (time(9), time(9, 14)), (time(0), time(0))]
)
def test_hours_that_are_too_short_or_end_before_they_start_offer_nothing(starts, ends):
    assert clock_on(DAY_1, Diary(weekly=[weekly(MONDAY, starts, ends)])) == []


def test_call_longer_than_the_morning_is_not_offered_on_the_first_day_either():
    diary = Diary(weekly=every_day(time(5), time(6)))
    terms = Terms(length=timedelta(hours=20), gap=timedelta(), notice=timedelta())
    assert listed(diary, terms, london(2026, 6, 1, 0)) == []


@pytest.mark.parametrize(
    ("length", "gap", "starts"),
    [
        (30, 0, ["09:00", "09:30"]),
        (15, 0, ["09:00", "09:15", "09:30", "09:45"]),
        (20, 10, ["09:00", "09:30"]),
        (12, 0, ["09:00", "09:15", "09:30", "09:45"]),  # steps of whole five minutes
        (11, 5, ["09:00", "09:20", "09:40"]),
        (60, 5, ["09:00"]),
        (61, 0, []),
    ],
)
def test_step_is_length_and_gap(length, gap, starts):
    terms = Terms(length=length * MINUTE, gap=gap * MINUTE, notice=timedelta())
    assert clock_on(DAY_1, Diary(weekly=[weekly(MONDAY)]), terms) == starts


@pytest.mark.parametrize(("length", "gap"), [(0, 5), (-15, 5), (15, -5), (24 * 60, 5)])
def test_terms_that_make_no_sense_are_refused(length, gap):
    with pytest.raises(ValueError, match="A call has a length"):
        Terms(length=length * MINUTE, gap=gap * MINUTE)


def test_calls_begin_on_a_five_minute_mark():
    assert clock_on(DAY_1, Diary(weekly=[weekly(MONDAY, time(9, 3), time(10))])) == ["09:05", "09:25", "09:45"]
    assert clock_on(DAY_1, Diary(weekly=[weekly(MONDAY, time(9, 0, 1), time(9, 20))])) == ["09:05"]


@pytest.mark.parametrize(
    "second",
    [
        weekly(MONDAY, time(9, 30), time(10, 30)),  # touches
        weekly(MONDAY, time(9, 10), time(10, 30)),  # overlaps
        weekly(MONDAY, time(9), time(10, 30)),
        ExtraSpan(day=DAY_1, starts=time(9, 25), ends=time(10, 30)),
    ],
)
def test_hours_that_touch_or_overlap_are_one(second):
    rules = [weekly(MONDAY, time(9), time(9, 30))]
    diary = Diary(weekly=rules, extra=[second]) if isinstance(second, ExtraSpan) else Diary(weekly=[second, *rules])
    assert clock_on(DAY_1, diary) == ["09:00", "09:20", "09:40", "10:00"]


def test_hours_within_longer_hours_change_nothing():
    longer, within = weekly(MONDAY, time(9), time(10)), weekly(MONDAY, time(9, 10), time(9, 50))
    assert clock_on(DAY_1, Diary(weekly=[longer, within])) == ["09:00", "09:20", "09:40"]


def test_hours_with_a_break_begin_anew_after_it():
    diary = Diary(weekly=[weekly(MONDAY, time(13, 10), time(13, 50)), weekly(MONDAY, time(9), time(9, 35))])
    assert clock_on(DAY_1, diary) == ["09:00", "09:20", "13:10", "13:30"]


def test_hours_count_on_their_weekday_only():
    starts = listed(Diary(weekly=[weekly(TUESDAY, ends=time(9, 15))]), TERMS, EVENING_BEFORE)
    assert starts == [london(2026, 6, day, 9) for day in (2, 9, 16, 23)]


def test_hours_count_from_their_first_to_their_last_day():
    rule = weekly(MONDAY, ends=time(9, 15), from_day=date(2026, 6, 8), until_day=date(2026, 6, 15))
    assert listed(Diary(weekly=[rule]), TERMS, EVENING_BEFORE) == [london(2026, 6, 8, 9), london(2026, 6, 15, 9)]
    missed = weekly(MONDAY, from_day=date(2026, 6, 9), until_day=date(2026, 6, 14))
    assert listed(Diary(weekly=[missed]), TERMS, EVENING_BEFORE) == []


@pytest.mark.parametrize(
    ("starts", "ends", "offered_at"),
    [
        (time(4, 30), time(5, 40), ["05:00", "05:20"]),
        (time(0), time(5, 15), ["05:00"]),
        (time(0), time(5), []),
        (time(23), time(23, 55), ["23:00", "23:20", "23:40"]),
    ],
)
def test_nothing_is_offered_before_5am_and_the_evening_is_whole(starts, ends, offered_at):
    assert clock_on(DAY_1, Diary(weekly=[weekly(MONDAY, starts, ends)])) == offered_at


def test_cell_after_midnight_is_looked_at_too():
    diary = Diary(
        weekly=[weekly(MONDAY, time(23, 40), time(23, 55))], taken={1: [cell_of(datetime(2026, 6, 1, 23, tzinfo=UTC))]}
    )
    assert clock_on(DAY_1, diary) == ["23:40"]
    long_gap = Terms(gap=timedelta(minutes=10), notice=timedelta())
    assert clock_on(DAY_1, diary, long_gap) == []
    assert clock_on(DAY_1, Diary(weekly=diary.weekly), long_gap) == ["23:40"]


# Change of the clocks


@pytest.mark.parametrize(
    ("starts", "ends", "left"),
    [
        (london(2026, 6, 1, 9, 15), london(2026, 6, 1, 9, 20), ["09:00", "09:20", "09:40"]),  # in the gap
        (london(2026, 6, 1, 9, 14), london(2026, 6, 1, 9, 20), ["09:20", "09:40"]),
        (london(2026, 6, 1, 9, 15), london(2026, 6, 1, 9, 20, 1), ["09:00", "09:40"]),
        (london(2026, 6, 1, 9, 25), london(2026, 6, 1, 9, 26), ["09:00", "09:40"]),
        (london(2026, 5, 20), london(2026, 6, 1, 9), ["09:00", "09:20", "09:40"]),
        (london(2026, 5, 20), london(2026, 6, 1, 9, 30), ["09:40"]),
        (london(2026, 6, 1, 9, 30), london(2026, 7, 1), ["09:00"]),
        (london(2026, 6, 1), london(2026, 6, 2), []),
        (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), []),
        (london(2026, 6, 1, 9, 25), london(2026, 6, 1, 9, 25), ["09:00", "09:20", "09:40"]),  # empty
        (london(2026, 6, 1, 10), london(2026, 6, 1, 9), ["09:00", "09:20", "09:40"]),
        (london(2026, 5, 1), london(2026, 5, 2), ["09:00", "09:20", "09:40"]),
        (london(2026, 7, 1), london(2026, 7, 2), ["09:00", "09:20", "09:40"]),
    ],
)
def test_calls_do_not_touch_time_off(starts, ends, left):
    diary = Diary(weekly=[weekly(MONDAY)], away=[Span(starts, ends)])
    assert clock_on(DAY_1, diary) == left


def test_each_time_off_counts():
    first = Span(london(2026, 6, 1, 9), london(2026, 6, 1, 9, 5))
    second = Span(london(2026, 6, 1, 9, 40), london(2026, 6, 1, 9, 45))
    assert clock_on(DAY_1, Diary(weekly=[weekly(MONDAY)], away=[second, first])) == ["09:20"]


@pytest.mark.parametrize(
    ("booked", "left"),
    [
        (london(2026, 6, 1, 9, 20), ["09:00", "09:40", "10:00"]),
        (london(2026, 6, 1, 9, 10), ["09:40", "10:00"]),
        (london(2026, 6, 1, 9, 5), ["09:40", "10:00"]),
        (london(2026, 6, 1, 9, 55), ["09:00", "09:20"]),
        (london(2026, 6, 1, 8, 45), ["09:20", "09:40", "10:00"]),  # its gap reaches into the hours
        (london(2026, 6, 1, 8, 40), ["09:00", "09:20", "09:40", "10:00"]),
        (london(2026, 6, 1, 10, 15), ["09:00", "09:20", "09:40"]),  # the gap before it
        (london(2026, 6, 1, 10, 20), ["09:00", "09:20", "09:40", "10:00"]),
    ],
)
def test_booking_takes_the_starts_that_it_overlaps_with_a_gap_both_ways(booked, left):
    diary = Diary(weekly=[weekly(MONDAY, time(9), time(10, 15))], taken={4: [cell_of(booked)]})
    assert clock_on(DAY_1, diary) == left


def test_calls_may_hold_different_lengths():
    """As those do that were booked before the gap was changed."""
    taken = {2: [cell_of(london(2026, 6, 1, 9, 20))], 6: [cell_of(london(2026, 6, 1, 10))]}
    diary = Diary(weekly=[weekly(MONDAY, time(9), time(11))], taken=taken)
    assert clock_on(DAY_1, diary) == ["09:00", "09:40", "10:40"]


def test_call_before_midnight_with_a_long_gap_reaches_into_the_morning():
    taken = {70: [cell_of(london(2026, 5, 31, 23, 40))]}
    assert clock_on(DAY_1, Diary(weekly=[weekly(MONDAY, time(5), time(6))], taken=taken)) == ["05:40"]


def test_cells_are_those_of_call_and_gap():
    first = cell_of(datetime(2026, 6, 1, 8, tzinfo=UTC))
    assert list(cells(london(2026, 6, 1, 9), TERMS)) == [first, first + 1, first + 2, first + 3]
    terms = Terms(length=12 * MINUTE, gap=timedelta())
    assert list(cells(london(2026, 6, 1, 9), terms)) == [first, first + 1, first + 2]


@pytest.mark.parametrize("off", [MINUTE, timedelta(seconds=1), timedelta(microseconds=1)])
def test_cells_off_a_five_minute_mark_are_refused(off):
    with pytest.raises(ValueError, match="five-minute mark"):
        cells(london(2026, 6, 1, 9) + off, TERMS)


# Notice and horizon


def test_first_call_is_when_notice_has_passed():
    diary = Diary(weekly=[weekly(MONDAY, time(9), time(17)), weekly(TUESDAY, time(9), time(17))])
    terms = Terms(notice=timedelta(hours=4))
    assert listed(diary, terms, london(2026, 6, 1, 9))[0] == london(2026, 6, 1, 13)
    assert listed(diary, terms, london(2026, 6, 1, 9, 0, 1))[0] == london(2026, 6, 1, 13, 20)
    assert listed(diary, terms, london(2026, 6, 1, 15))[0] == london(2026, 6, 2, 11)


def test_notice_waits_for_the_adviser_s_holidays():
    diary = Diary(weekly=every_day(time(9), time(17)), holidays=frozenset({date(2026, 6, 2)}))
    assert listed(diary, Terms(), london(2026, 6, 1, 15))[0] == london(2026, 6, 3, 11)


def test_without_notice_nothing_past_is_offered():
    diary = Diary(weekly=[weekly(MONDAY)])
    assert clock(listed(diary, TERMS, london(2026, 6, 1, 9, 20), last_day=DAY_1)) == ["09:20", "09:40"]
    assert clock(listed(diary, TERMS, london(2026, 6, 1, 9, 20, 1), last_day=DAY_1)) == ["09:40"]
    assert listed(diary, TERMS, london(2026, 6, 1, 23), last_day=DAY_1) == []


@pytest.mark.parametrize("now", [london(2026, 6, 1, 0), london(2026, 6, 1, 8), london(2026, 6, 1, 23, 59, 59)])
def test_last_day_is_counted_from_the_day_in_the_uk(now):
    diary = Diary(weekly=every_day(time(23), time(23, 15)))
    terms = Terms(notice=timedelta(), horizon_days=2)
    assert listed(diary, terms, now)[-1] == london(2026, 6, 3, 23)


def test_horizon_of_no_days_is_today():
    terms = Terms(notice=timedelta(), horizon_days=0)
    assert listed(Diary(weekly=every_day()), terms, london(2026, 6, 1, 9, 30)) == [london(2026, 6, 1, 9, 40)]


def test_days_asked_for_narrow_what_is_offered():
    diary, june_3 = Diary(weekly=every_day(time(9), time(9, 15))), date(2026, 6, 3)
    everything = listed(diary, TERMS, EVENING_BEFORE)
    assert listed(diary, TERMS, EVENING_BEFORE, first_day=june_3) == everything[2:]
    assert listed(diary, TERMS, EVENING_BEFORE, last_day=june_3) == everything[:3]
    assert listed(diary, TERMS, EVENING_BEFORE, first_day=june_3, last_day=june_3) == [everything[2]]
    assert listed(diary, TERMS, EVENING_BEFORE, first_day=date.min, last_day=date.max) == everything
    assert listed(diary, TERMS, EVENING_BEFORE, first_day=date.max) == []
    assert listed(diary, TERMS, EVENING_BEFORE, last_day=date.min) == []


def test_times_between_two_moments_begin_with_the_first_and_end_before_the_second():
    times = offered(Diary(weekly=[weekly(MONDAY)]), TERMS, EVENING_BEFORE, last_day=DAY_1)
    first, second, third = times
    assert list(times.between(first, third)) == [first, second]
    assert list(times.between(first + MINUTE * 5, third + MINUTE * 5)) == [second, third]
    assert list(times.between(first - timedelta(days=9), first)) == []
    assert list(times.between(first - timedelta(days=9), third + timedelta(days=9))) == [first, second, third]
    assert list(times.between(third, first)) == []


# The server's check
