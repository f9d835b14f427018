from datetime import UTC, datetime, time

import pytest

from bookings.wishes import held_until, in_words, within_hours

MONDAY_MORNING = (0, time(9), time(12))
FRIDAY = (4, time(10), time(17, 15))
OVER_MIDDAY = (0, time(11, 30), time(12, 5))


@pytest.mark.parametrize(
    ("weekdays", "parts", "words"),
    [
        ([], [], "Any day, at any time"),
        (range(7), ["evening", "afternoon", "morning"], "Any day, at any time"),
        ([2], [], "Wednesdays, at any time"),
        ([4, 0], ["evening", "morning"], "Mondays or Fridays: mornings or evenings, from 5pm"),
        ([5, 6, 0], ["afternoon"], "Mondays, Saturdays or Sundays: afternoons"),
        ([], ["evening"], "Any day: evenings, from 5pm"),
        ([9], ["night"], "Any day, at any time"),
    ],
)
def test_wish_in_words(weekdays, parts, words):
    assert in_words(weekdays=weekdays, parts=parts) == words


@pytest.mark.parametrize(
    ("hours", "weekdays", "parts", "is_possible"),
    [
        ([MONDAY_MORNING, FRIDAY], [], [], True),
        ([MONDAY_MORNING, FRIDAY], [5, 6], [], False),
        ([MONDAY_MORNING, FRIDAY], [4, 5], [], True),
        ([MONDAY_MORNING], [], ["afternoon", "evening"], False),
        ([MONDAY_MORNING, FRIDAY], [0], ["afternoon"], False),
        ([MONDAY_MORNING, FRIDAY], [4], ["evening"], True),
        ([(4, time(10), time(17, 10))], [], ["evening"], False),
        ([OVER_MIDDAY], [], ["afternoon"], False),
        ([OVER_MIDDAY], [], ["morning"], True),
        ([(0, time(12), time(13))], [], ["morning"], False),
        ([], [], [], False),
    ],
)
def test_wish_is_within_hours_if_some_hours_are_on_its_days_and_in_its_parts(hours, weekdays, parts, is_possible):
    assert within_hours(hours, weekdays=weekdays, parts=parts) is is_possible


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-12-01 09:00", "2026-12-01 21:00"),
        ("2026-12-01 09:01", "2026-12-02 10:00"),
        ("2026-12-01 15:00", "2026-12-02 10:00"),
        ("2026-12-01 21:59", "2026-12-02 10:00"),
        ("2026-12-01 22:00", "2026-12-02 10:00"),
        ("2026-12-01 22:01", "2026-12-02 10:01"),
        ("2026-12-01 03:00", "2026-12-01 15:00"),
        ("2026-06-01 08:00", "2026-06-01 20:00"),  # UTC; 9pm in London
        ("2026-06-01 08:01", "2026-06-02 09:00"),
        ("2026-10-24 15:00", "2026-10-25 10:00"),  # the clocks go back in that night
    ],
)
def test_no_time_that_is_held_runs_out_at_night(now, end):
    now, end = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, end))
    assert held_until(now, datetime(2027, 1, 1, tzinfo=UTC), hours=12) == end
    assert held_until(now, now.replace(minute=59), hours=12) == now.replace(minute=59)
