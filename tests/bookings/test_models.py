from datetime import timedelta

import pytest

from bookings.models import Booking
from tests.factories import CALL_TIME


@pytest.mark.parametrize(
    ("word", "hint"), [("sunshine", "s…e"), ("blue", "b…e"), ("cat", ""), ("ab", ""), ("a", ""), ("", "")]
)
def test_hint_at_the_word_does_not_give_it_away(word: str, hint: str):
    assert Booking(word=word).word_hint == hint


@pytest.mark.parametrize(
    ("status", "seconds_before", "expected"),
    [("booked", 1, True), ("booked", 0, False), ("cancelled", 1, False)],
    ids=["to come", "begun", "cancelled"],
)
def test_call_is_to_come_until_it_begins_or_is_cancelled(status, seconds_before, expected):
    call = Booking(starts_at=CALL_TIME, status=status)
    assert call.is_to_come(CALL_TIME - timedelta(seconds=seconds_before)) is expected


@pytest.mark.parametrize(
    ("prefix", "needs", "expected"),
    [
        ("", [], "07700 900123"),
        ("", ["bsl"], "07700 900123"),
        ("18002", [], "18002 07700 900123"),
        ("", ["bsl", "relay"], "18002 07700 900123"),
        ("18002", ["relay"], "18002 07700 900123"),
    ],
)
def test_who_types_is_rung_through_relay_uk(prefix, needs, expected):
    call = Booking(phone="+447700900123", phone_prefix=prefix, access_needs=needs)
    assert call.dialled.in_words == expected


def test_forgotten_number_is_not_dialled():
    assert Booking(phone="", access_needs=["relay"]).dialled is None
