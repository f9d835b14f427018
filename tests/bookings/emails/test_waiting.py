import pytest
import time_machine

from bookings.models import Offer, WaitingEntry
from sendguide.outbox.registry import NotNeeded
from sendguide.outbox.writing import write
from tests import factories
from tests.bookings.emails.letters import CANARY, HOUR, NOW, letter, written
from tests.factories import CALL_TIME


@pytest.mark.parametrize("kind", ["waiting", "already_waiting"])
@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({}, "Any day, at any time"),
        ({"weekdays": [0, 6], "parts": ["morning"]}, "Mondays or Sundays: mornings"),
    ],
)
def test_wish_is_said_in_words(kind, wish, words):
    email = written(kind, **wish)
    assert f"\n\nWhat suits you: {words}\n\n" in email.text
    assert f"<p>What suits you: {words}</p>" in email.html


@pytest.mark.parametrize("kind", ["waiting", "already_waiting"])
def test_email_says_where_on_the_list_and_what_happens_next(kind, settings):
    settings.CALL_OFFER_HOURS = 6
    factories.waiting_entry()
    email = written(kind)
    for part in (email.text, email.html):
        assert ("You are number 2." in part, "You will be number 2 on the list." in part) == (
            kind == "already_waiting",
            kind == "waiting",
        )
        assert "We hold it for you for 6 hours. If these end at night, we hold it until the morning." in part
        assert "Nobody waits for more than 90 days." in part
        assert "If we hear nothing 2 times, we take you off the list." in part


def test_first_email_asks_for_a_yes():
    email = written("waiting")
    for part in (email.text, email.html):
        assert "press “Yes, I want to wait” there." in part
        assert "Please do it within 2 days. After that we delete your address." in part


def test_who_has_said_yes_is_not_asked_again():
    with pytest.raises(NotNeeded, match=r"^They have said yes already\.$"):
        written("waiting", confirmed_at=NOW)


def test_offer_says_the_time_and_until_when_it_is_held():
    email = written("offer", held_until=NOW + 4 * HOUR)
    for part in (email.text, email.html):
        assert "Wednesday 2 December 2026, 10am, UK time" in part
        assert "Tuesday 1 December 2026, 1pm, UK time" in part
        assert "you keep your place on the list" in part
    assert "Amira O'Neil would call you." in email.text


def test_offer_of_a_time_that_is_near_is_held_until_then():
    email = written("offer", held_until=CALL_TIME)
    for part in (email.text, email.html):
        assert ("We hold it for you until then." in part, "somebody else can have it" in part) == (True, False)


@pytest.mark.parametrize("kind", ["waiting", "already_waiting", "offer"])
@pytest.mark.parametrize("status", ["booked", "left", "lapsed", "too long"])
def test_who_does_not_wait_any_more_is_not_written_to(kind, status):
    about = letter(kind)
    WaitingEntry.objects.update(status=status)
    with pytest.raises(NotNeeded, match=r"^They do not wait any more: "):
        write(about)


@pytest.mark.parametrize("status", [each for each in Offer.Status.values if each != Offer.Status.OPEN])
def test_offer_that_is_answered_is_not_told(status):
    with pytest.raises(NotNeeded, match=r"^The offer has ended\.$"):
        written("offer", status=status)


def test_offer_that_ran_out_is_not_told():
    offer = letter("offer")
    with time_machine.travel(NOW + 12 * HOUR, tick=False), pytest.raises(NotNeeded, match=r"^The offer has ended\.$"):
        write(offer)


def test_offer_to_a_family_whose_details_are_removed_is_not_told():
    offer = letter("offer")
    WaitingEntry.objects.update(**WaitingEntry.PERSONAL.fields)
    with pytest.raises(NotNeeded, match=r"^The family's details have been removed\.$"):
        write(offer)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("lapsed", "We held a time for a support call for you 2 times and did not hear from you."),
        ("too long", "You have waited for a support call for 90 days."),
    ],
)
def test_end_of_waiting_says_why_and_how_to_join_again(status, sentence):
    email = written("waiting_ended", status=status)
    for part in (email.text, email.html):
        assert sentence in part
        assert "oin the waiting list again" in part


@pytest.mark.parametrize("status", ["waiting", "booked", "left"])
def test_waiting_that_ended_otherwise_is_not_told(status):
    with pytest.raises(NotNeeded, match=r"^It did not end like this: "):
        written("waiting_ended", status=status)


def test_who_joined_again_is_not_told_that_they_are_off_the_list():
    factories.waiting_entry(email=f" {CANARY.upper()}@example.org")
    with pytest.raises(NotNeeded, match=r"^They have joined the list again\.$"):
        written("waiting_ended")
