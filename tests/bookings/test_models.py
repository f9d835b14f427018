import pytest

from bookings.models import Booking


@pytest.mark.parametrize(
    ("word", "hint"), [("sunshine", "s…e"), ("blue", "b…e"), ("cat", ""), ("ab", ""), ("a", ""), ("", "")]
)
def test_hint_at_the_word_does_not_give_it_away(word: str, hint: str):
    assert Booking(word=word).word_hint == hint
