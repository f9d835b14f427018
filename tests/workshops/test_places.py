from datetime import UTC, datetime, timedelta

import pytest

from workshops.places import Closed, Standing, can_be_written_to, closed_because, reminder_is_due, waiting_list_moves

START = datetime(2026, 12, 10, 19, tzinfo=UTC)
CLOSES = START - timedelta(hours=1)
SECOND = timedelta(seconds=1)


CUT_OFF = timedelta(hours=12)
LATE = START - CUT_OFF


def standing(**changes) -> Standing:
    values = {"is_cancelled": False, "is_full": False, "starts_at": START, "closes_at": CLOSES, "cut_off": CUT_OFF}
    return Standing(**values | changes)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (LATE, None),
        (CLOSES - SECOND, None),
        (CLOSES, Closed.SIGN_UP_ENDED),
        (START - SECOND, Closed.SIGN_UP_ENDED),
        (START, Closed.PAST),
    ],
)
def test_sign_up_ends_at_its_time(now, reason):
    assert closed_because(standing(), now) == reason


@pytest.mark.parametrize(
    ("now", "reason"), [(LATE - SECOND, None), (LATE, Closed.FULL), (CLOSES, Closed.SIGN_UP_ENDED)]
)
def test_full_date_is_closed_when_its_waiting_list_has_ended(now, reason):
    assert closed_because(standing(is_full=True), now) == reason


def test_cancelled_date_is_closed_before_it_is_past():
    assert closed_because(standing(is_cancelled=True, is_full=True), START) == Closed.CANCELLED


@pytest.mark.parametrize(
    ("now", "can_be"),
    [
        (datetime(2026, 7, 9, 12, tzinfo=UTC), True),
        (datetime(2026, 7, 11, 22, 59, 59, tzinfo=UTC), True),  # a second before midnight, in summer
        (datetime(2026, 7, 11, 23, tzinfo=UTC), False),
    ],
)
def test_date_can_be_written_to_until_the_end_of_the_day_after(now, can_be):
    ends_at = datetime(2026, 7, 10, 19, tzinfo=UTC)
    assert can_be_written_to(is_cancelled=False, ends_at=ends_at, now=now) == can_be
    assert not can_be_written_to(is_cancelled=True, ends_at=ends_at, now=now)


def test_waiting_list_moves_until_the_cut_off():
    cut_off = timedelta(hours=12)
    moments = [START - cut_off - SECOND, START - cut_off, START]
    assert [waiting_list_moves(starts_at=START, cut_off=cut_off, now=now) for now in moments] == [True, False, False]


@pytest.mark.parametrize(
    ("before_start", "is_due"),
    [
        (timedelta(days=1, seconds=1), False),
        (timedelta(days=1), True),
        (timedelta(hours=2, seconds=1), True),
        (timedelta(hours=2), False),
        (timedelta(), False),
    ],
)
def test_reminder_is_due_the_day_before_and_never_late(before_start, is_due):
    since = START - timedelta(days=7)
    assert reminder_is_due(starts_at=START, since=since, now=START - before_start) is is_due


def test_who_got_the_place_on_the_last_day_is_not_reminded():
    assert not reminder_is_due(starts_at=START, since=START - timedelta(hours=23), now=START - timedelta(hours=20))
