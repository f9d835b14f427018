"""Booking a time that is held for somebody who waits."""

from uuid import uuid4

import pytest

from bookings.actions import Reason, Refused, book_offer, cancel
from bookings.models import Booking, Offer, WaitingEntry
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.bookings.waiting_list import NOW, Status, full_day, joined
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db


def test_offer_is_booked_with_the_time_that_was_held():
    call, _ = full_day()
    entry = joined("one@example.org")
    cancel(booking=call, now=NOW)
    made = book_offer(offer=Offer.objects.get(), caller=factories.caller(email="one@example.org"), now=NOW)
    offer = Offer.objects.get()
    assert (made.starts_at, made.adviser, offer.status, offer.booking) == (CALL_TIME, call.adviser, "taken", made)
    entry.refresh_from_db()
    assert entry.status == Status.BOOKED
    assert broken() == []


def test_offer_booked_with_another_address_ends_the_waiting():
    call, _ = full_day()
    entry = joined("one@exmaple.org")
    cancel(booking=call, now=NOW)
    book_offer(offer=Offer.objects.get(), caller=factories.caller(email="one@example.org"), now=NOW)
    entry.refresh_from_db()
    assert (entry.status, entry.ended_at) == (Status.BOOKED, NOW)


def test_what_was_corrected_in_the_form_of_an_offer_is_kept():
    call, _ = full_day()
    joined("one@example.org")
    cancel(booking=call, now=NOW)
    offer, same = Offer.objects.get(), uuid4()
    first = book_offer(offer=offer, caller=factories.caller(submission_id=same, word="sunshine"), now=NOW)
    again = book_offer(
        offer=offer, caller=factories.caller(submission_id=same, word="rain", email=first.email), now=NOW
    )
    assert (again, again.word) == (first, "rain")


def test_offer_of_who_stopped_waiting_cannot_be_booked():
    offer = factories.offer()
    WaitingEntry.objects.update(status=Status.BOOKED)
    with pytest.raises(Refused, match="offer ended"):
        book_offer(offer=offer, caller=factories.caller(), now=NOW)


def test_offer_booked_twice_by_one_form_is_one_call():
    call, _ = full_day()
    joined("one@example.org")
    cancel(booking=call, now=NOW)
    offer, caller = Offer.objects.get(), factories.caller(email="one@example.org")
    assert book_offer(offer=offer, caller=caller, now=NOW) == book_offer(offer=offer, caller=caller, now=NOW)


@pytest.mark.parametrize("status", ["open", "declined", "ran out"])
def test_offer_that_has_ended_cannot_be_booked(status: str):
    offer = factories.offer(status=status, held_until=NOW)
    with pytest.raises(Refused) as error:
        book_offer(offer=offer, caller=factories.caller(), now=NOW)
    assert (error.value.reason, Booking.objects.count()) == (Reason.OFFER_ENDED, 0)
    offer.refresh_from_db()
    assert offer.status == status


def test_who_has_a_call_cannot_take_an_offer_which_stays_open():
    call, other = full_day()
    joined()
    cancel(booking=call, now=NOW)
    with pytest.raises(Refused, match="has a call"):
        book_offer(offer=Offer.objects.get(), caller=factories.caller(email=other.email), now=NOW)
    assert Offer.objects.get().is_open
    assert queued("already") == [("already", other.email)]
