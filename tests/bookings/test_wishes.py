from datetime import time

import pytest

from bookings.wishes import in_words, within_hours

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
