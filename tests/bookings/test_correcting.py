"""Somebody goes back, mends what they had typed, and sends the same form once more."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings.actions import Caller, Reason, Refused, book, cancel, correct_details, move
from bookings.availability import Wanted
from bookings.models import Booking
from sendguide.lib.phones import Phone
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LATER = CALL_TIME + timedelta(hours=1)


def sent_again(first: Caller, start: datetime = CALL_TIME, **changes) -> Booking:
    names = ("name", "email", "phone", "submission_id", "word", "wanted")
    return book(start=start, caller=Caller(**{name: getattr(first, name) for name in names} | changes), now=NOW)


@pytest.fixture
def caller() -> Caller:
    factories.adviser(), factories.adviser()
    return factories.caller(email="ann@example.org", word="one")


@pytest.fixture
def first(caller) -> Booking:
    return book(start=CALL_TIME, caller=caller, now=NOW)


def test_mended_word_does_not_bring_back_a_cancelled_call(caller, first):
    cancel(booking=first, now=NOW)
    assert sent_again(caller, word="two").is_cancelled
    assert (Booking.objects.get().is_upcoming, broken()) == (False, [])


def test_mended_word_does_not_move_a_call_back(caller, first):
    move(booking=first, start=LATER, now=NOW)
    again = sent_again(caller, word="two")
    assert (again.starts_at, again.word, again.sequence) == (LATER, "two", 1)
    assert broken() == []


def test_other_time_that_is_chosen_after_going_back_is_the_calls_time(caller, first):
    again = sent_again(caller, LATER, word="two")
    assert (again.pk, again.starts_at, again.word) == (first.pk, LATER, "two")
    assert (len(queued("moved")), broken()) == (1, [])


def test_other_time_that_is_taken_leaves_the_call_as_it_was(caller, first):
    for _ in range(2):
        book(start=LATER, caller=factories.caller(), now=NOW)
    before, emails = Booking.objects.values().get(pk=first.pk), queued()
    with pytest.raises(Refused) as error:
        sent_again(caller, LATER, email="anna@example.org", word="two")
    assert (error.value.reason, Booking.objects.values().get(pk=first.pk)) == (Reason.TAKEN, before)
    assert (queued(), broken()) == (emails, [])


def test_other_time_goes_to_another_adviser_who_is_free(caller, first):
    factories.booking(adviser=first.adviser, starts_at=LATER, email="")
    again = sent_again(caller, LATER, email="anna@example.org")
    assert (again.starts_at, again.adviser == first.adviser, again.email) == (LATER, False, "anna@example.org")


def test_what_staff_corrected_is_not_undone(caller, first):
    right = {"name": caller.name, "phone": Phone(number="+447700900999"), "submission_id": caller.submission_id}
    later = NOW + timedelta(minutes=1)
    correct_details(booking=first, caller=Caller(email="anna@example.org", **right), seen=NOW, now=later)
    before, emails = Booking.objects.values().get(), queued()
    assert sent_again(caller).pk == first.pk
    assert (Booking.objects.values().get(), queued()) == (before, emails)
    assert before["corrected_at"] == later


def test_mended_word_is_told_once_the_confirmation_is_gone(caller, first):
    QueuedEmail.objects.update(status=QueuedEmail.Status.SENT, sent_at=NOW)
    for _ in range(2):
        sent_again(caller, word="moonlight")
    assert queued("corrected") == [("corrected", "ann@example.org")]


def test_topic_and_council_that_were_chosen_after_going_back_are_kept(caller, first):
    topic, council = factories.topic(), factories.council()
    again = sent_again(caller, wanted=Wanted(topic, council))
    assert (again.topic, again.council) == (topic, council)


@pytest.mark.parametrize("knows", ["another topic", "another nation"])
def test_topic_and_council_with_which_the_adviser_cannot_help_are_not_taken_over(caller, first, knows):
    if knows == "another topic":
        first.adviser.topics.set([factories.topic()])
    else:
        type(first.adviser).objects.update(nations=["Wales"])
    again = sent_again(caller, wanted=Wanted(factories.topic(), factories.council()), word="two")
    assert (again.topic, again.council, again.word) == (None, None, "two")


@pytest.mark.parametrize(
    "mended", [{"email": "Bob@example.org"}, {"phone": Phone(number="+447700900999")}], ids=["e-mail", "phone"]
)
def test_mended_address_or_number_that_has_a_call_is_refused_aloud(caller, first, mended):
    other = factories.caller(email="bob@example.org", phone=Phone(number="+447700900999"))
    book(start=LATER, caller=other, now=NOW)
    with pytest.raises(Refused) as error:
        sent_again(caller, **mended)
    first.refresh_from_db()
    assert (error.value.reason, first.email, first.phone) == (Reason.HAS_A_CALL, "ann@example.org", caller.phone.number)
    assert queued("already") == [("already", "bob@example.org")]
    assert broken() == []


def test_call_that_has_begun_stays_as_it_was(caller, first):
    again = book(start=CALL_TIME, caller=caller, now=CALL_TIME)
    assert (again.pk, again.updated_at) == (first.pk, NOW)
