import pytest

from bookings.wishes import in_words


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
