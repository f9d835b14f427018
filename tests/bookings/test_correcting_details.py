"""Staff mend what is kept of a family whose call is to come."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from bookings.actions import Caller, Reason, Refused, book, book_offer, cancel, correct_details, move
from bookings.actions.correcting import Corrected
from bookings.actions.letters import TO_FAMILY_OF_CALL, queue_about
from bookings.links import DeadLink, booking_for, call_path, waiting_for, waiting_path
from bookings.models import Booking, WaitingEntry
from sendguide.lib.phones import Phone
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import NotNeeded, kinds
from sendguide.outbox.writing import write
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LATER = CALL_TIME + timedelta(hours=1)
SOON = NOW + timedelta(minutes=1)
CALLER = {"email": "ann@example.org", "word": "sunshine", "phone": Phone(number="+447700900001")}


@pytest.fixture
def call() -> Booking:
    factories.adviser()
    return book(start=CALL_TIME, caller=factories.caller(**CALLER), now=NOW)


def corrected(call: Booking, now: datetime = SOON, seen: datetime | None = NOW, **changes: Any) -> Corrected:
    kept = {"name": call.name, "submission_id": call.submission_id, "may_say_who": call.may_say_who}
    return correct_details(booking=call, caller=Caller(**kept | CALLER | changes), seen=seen, now=now)


def refusal(call: Booking, **changes: Any) -> Reason:
    before = Booking.objects.values().get(pk=call.pk)
    with pytest.raises(Refused) as error:
        corrected(call, **changes)
    assert Booking.objects.values().get(pk=call.pk) == before
    return error.value.reason


def all_sent() -> None:
    QueuedEmail.objects.update(status=QueuedEmail.Status.SENT, sent_at=NOW)


def token(path: str) -> str:
    return path.strip("/").rpartition("/")[2]


def test_what_is_no_part_of_the_confirmation_is_corrected_in_silence(call):
    all_sent()
    new: dict[str, Any] = {"phone": Phone(number="+447700900999", prefix="18001"), "name": "Bea", "about": "Nights"}
    done = corrected(call, **new, access_needs=["bsl"], access_details="By video")
    assert done == Corrected(("name", "phone", "access_needs", "access_details", "about", "phone_prefix"))
    call.refresh_from_db()
    assert (call.name, call.phone, call.phone_prefix, call.about) == ("Bea", "+447700900999", "18001", "Nights")
    assert (call.access_needs, call.access_details, call.updated_at) == (["bsl"], "By video", SOON)
    assert (call.starts_at, call.sequence, call.link_version) == (CALL_TIME, 0, 1)
    assert (queued("corrected", "moved"), len(queued("booked")), broken()) == ([], 1, [])


@pytest.mark.parametrize("change", [{"word": "moonlight"}, {"may_say_who": True}, {"may_leave_message": True}])
def test_what_stands_in_the_confirmation_is_told_once(call, change):
    all_sent()
    assert corrected(call, **change) == Corrected(tuple(change), is_told=True)
    assert queued("corrected") == [("corrected", "ann@example.org")]
    assert (Booking.objects.get().link_version, broken()) == (1, [])


def test_word_with_the_same_hint_is_not_told(call):
    all_sent()
    assert corrected(call, word="seaside") == Corrected(("word",), is_told=False)
    assert queued("corrected") == []


def test_correction_that_is_still_to_be_sent_says_what_was_corrected_since(call):
    all_sent()
    corrected(call, word="moonlight")
    corrected(call, word="starlight!", seen=SOON, now=SOON + timedelta(minutes=1))
    assert queued("corrected") == [("corrected", "ann@example.org")]


def test_confirmation_to_an_address_that_is_not_theirs_says_them_nothing(call):
    QueuedEmail.objects.update(to="wrong@example.org")
    corrected(call, word="moonlight")
    assert queued("corrected") == [("corrected", "ann@example.org")]


def test_confirmation_that_is_still_to_be_sent_says_it(call):
    assert corrected(call, word="moonlight") == Corrected(("word",), is_told=True)
    assert queued("booked", "corrected") == [("booked", "ann@example.org")]


def test_new_address_gets_the_confirmation_and_the_old_one_nothing(call):
    all_sent()
    old = token(call_path(call))
    assert corrected(call, email="bea@example.org", word="moonlight") == Corrected(("email", "word"), is_told=True)
    assert queued("booked", "corrected") == [("booked", "ann@example.org"), ("booked", "bea@example.org")]
    with pytest.raises(DeadLink):
        booking_for(old)
    call.refresh_from_db()
    assert (booking_for(token(call_path(call))), call.email_key) == (call, "bea@example.org")


def test_what_was_still_to_be_sent_to_the_old_address_goes_to_the_new_one(call):
    move(booking=call, start=LATER, now=NOW)
    corrected(call, email="bea@example.org")
    assert queued("booked", "moved") == [("booked", "bea@example.org"), ("moved", "bea@example.org")]
    assert broken() == []


def test_new_address_gets_the_confirmation_also_if_something_else_was_still_to_be_sent(call):
    all_sent()
    move(booking=call, start=LATER, now=NOW)
    corrected(call, email="bea@example.org")
    assert queued("booked", "moved") == [
        *(("booked", "ann@example.org"), ("moved", "bea@example.org"), ("booked", "bea@example.org")),
    ]


def test_what_is_being_sent_to_the_old_address_is_not_tried_there_again(call):
    lease = {"lease_until": LATER, "lease_token": uuid4()}
    QueuedEmail.objects.filter(kind="bookings.booked").update(status=QueuedEmail.Status.SENDING, **lease)
    corrected(call, email="bea@example.org")
    assert queued("booked") == [("booked", "ann@example.org"), ("booked", "bea@example.org")]
    QueuedEmail.objects.filter(to="ann@example.org").update(status="waiting", lease_until=None, lease_token=None)
    with pytest.raises(NotNeeded):
        write(QueuedEmail.objects.get(to="ann@example.org"))


def test_letters_of_others_are_not_sent_to_the_new_address(call):
    """To the adviser, whose address was typed for the family; to a family that waits, with the same number."""
    Booking.objects.update(email="amira@staff.example")
    QueuedEmail.objects.filter(kind="bookings.booked").update(to="amira@staff.example")
    QueuedEmail.objects.filter(kind="bookings.adviser_booked").update(to="amira@staff.example")
    with transaction.atomic():
        queue_about("bookings.waiting", WaitingEntry(pk=call.pk, email="amira@staff.example"))
    corrected(call, email="ann@example.org")
    assert queued() == [
        *(("booked", "ann@example.org"), ("adviser_booked", "amira@staff.example")),
        ("waiting", "amira@staff.example"),
    ]


def test_every_letter_to_the_family_about_their_call_is_readdressed():
    to_others = {"waiting", "already_waiting", "waiting_ended", "offer"}
    ours = {each.removeprefix("bookings.") for each in kinds() if each.startswith("bookings.")}
    to_family = {each.removeprefix("bookings.") for each in TO_FAMILY_OF_CALL}
    assert to_family == {each for each in ours - to_others if not each.startswith("adviser_")}


def test_address_that_is_taken_away_gets_nothing_more(call):
    old = token(call_path(call))
    assert corrected(call, email="") == Corrected(("email",), is_told=False)
    assert list(QueuedEmail.objects.filter(kind="bookings.booked").values_list("to", "status")) == [
        ("ann@example.org", "skipped")
    ]
    with pytest.raises(DeadLink):
        booking_for(old)


def test_address_that_was_missing_gets_the_confirmation():
    factories.adviser()
    call = book(start=CALL_TIME, caller=factories.caller(**CALLER | {"email": ""}), now=NOW)
    assert corrected(call) == Corrected(("email",), is_told=True)
    assert queued("booked") == [("booked", "ann@example.org")]


def test_links_to_the_time_that_was_held_for_them_stop_too():
    offer = factories.offer()
    call = book_offer(offer=offer, caller=factories.caller(**CALLER), now=NOW)
    old = token(waiting_path(offer.entry))
    corrected(call, email="bea@example.org")
    with pytest.raises(DeadLink):
        waiting_for(old)


def test_who_has_a_call_under_the_new_address_waits_for_none(call):
    entry = factories.waiting_entry(email="bea@example.org")
    corrected(call, email="Bea@example.org")
    entry.refresh_from_db()
    assert (entry.status, entry.ended_at) == (WaitingEntry.Status.BOOKED, SOON)


@pytest.mark.parametrize(
    "change", [{"email": "Bob@example.org"}, {"phone": Phone(number="+447700900999")}], ids=["e-mail", "phone"]
)
def test_address_or_number_that_has_a_call_is_refused(call, change):
    other = factories.caller(email="bob@example.org", phone=Phone(number="+447700900999"))
    book(start=LATER, caller=other, now=NOW)
    assert refusal(call, **change) == Reason.HAS_A_CALL
    assert (queued("already"), broken()) == ([("already", "bob@example.org")], [])


def test_family_whose_address_was_corrected_is_told_that_day_that_they_have_a_call(call):
    again = {"email": "bea@example.org", "phone": Phone(number="+447700900001")}
    for changes in ({"email": "ann@example.org"}, {"email": "ann@example.org"}):
        with pytest.raises(Refused):
            book(start=LATER, caller=factories.caller(**again | changes), now=NOW)
    corrected(call, email="bea@example.org")
    with pytest.raises(Refused):
        book(start=LATER, caller=factories.caller(**again), now=SOON)
    assert queued("already") == [("already", "bea@example.org"), ("already", "bea@example.org")]


def test_call_of_the_same_number_that_is_booked_at_the_same_moment_is_refused(call, monkeypatch):
    """As if it had not been there to be seen: the constraint speaks."""
    book(start=LATER, caller=factories.caller(email="bob@example.org"), now=NOW)
    monkeypatch.setattr("bookings.actions.correcting.known_call", lambda caller, now: None)
    assert refusal(call, email="bob@example.org") == Reason.HAS_A_CALL
    assert queued("already") == [("already", "bob@example.org")]


def test_later_of_two_undoes_nothing_unseen(call):
    corrected(call, phone=Phone(number="+447700900999"))
    assert refusal(call, name="Bea", now=SOON + timedelta(minutes=1)) == Reason.CHANGED
    corrected(call, name="Bea", seen=SOON, now=SOON + timedelta(minutes=1))
    call.refresh_from_db()
    assert (call.name, call.phone) == ("Bea", "+447700900001")


def test_page_that_does_not_know_what_it_showed_is_refused(call):
    assert refusal(call, name="Bea", seen=None) == Reason.CHANGED


def test_call_that_was_cancelled_or_has_begun_stays_as_it_is(call):
    assert refusal(call, name="Bea", now=CALL_TIME) == Reason.BEGUN
    cancel(booking=call, now=NOW)
    assert refusal(call, name="Bea") == Reason.CANCELLED


def test_nothing_new_changes_nothing(call):
    before = Booking.objects.values().get()
    assert corrected(call) == Corrected()
    assert Booking.objects.values().get() == before
