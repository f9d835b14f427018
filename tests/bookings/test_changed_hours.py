"""What changed hours of an adviser mean to those who wait."""

import pytest

from bookings.actions import book_offer, cancel, withdraw
from bookings.actions.offers import offer_free_times
from bookings.models import BookedCell, Offer, TimeOff, WaitingEntry, WeeklyHours
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.waiting_list import DAY, HOUR, MINUTE, NOW, Status, full_day, joined, offers
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db


def held(entry: WaitingEntry) -> Offer:
    call, _ = full_day()
    cancel(booking=call, now=NOW)
    return Offer.objects.get(entry=entry)


def test_time_that_is_taken_back_leaves_the_family_its_place():
    one, two = joined("one@example.org"), joined("two@example.org", now=NOW + MINUTE)
    offer = held(one)
    TimeOff.objects.create(adviser=offer.adviser, starts_at=CALL_TIME, ends_at=CALL_TIME + HOUR)
    assert (withdraw(offers=[offer], now=NOW), withdraw(offers=[offer], now=NOW)) == (1, 0)
    one.refresh_from_db()
    assert (one.status, one.missed, one.position(), two.position()) == (Status.WAITING, 0, 1, 2)
    assert (offers(), BookedCell.objects.filter(offer=offer).count()) == ([(one.email, CALL_TIME, "withdrawn")], 0)
    # Who did not refuse the time is asked about it again.
    TimeOff.objects.all().delete()
    assert offer_free_times(now=NOW) == 1
    assert offers("open") == [(one.email, CALL_TIME, "open")]
    assert broken() == []


def test_time_that_was_taken_is_not_taken_back():
    offer = held(joined("one@example.org"))
    call = book_offer(offer=offer, caller=factories.caller(), now=NOW)
    assert withdraw(offers=[offer], now=NOW) == 0
    call.refresh_from_db()
    assert (call.status, offers(), broken()) == ("booked", [("one@example.org", CALL_TIME, "taken")], [])


def test_times_of_one_adviser_are_offered_alone():
    one, two = joined("one@example.org"), joined("two@example.org")
    advisers = [factories.adviser(weekdays=[2]), factories.adviser(weekdays=[3])]
    WeeklyHours.objects.update(ends="09:15")
    assert offer_free_times(now=NOW - 20 * DAY, adviser=advisers[1]) == 2
    assert set(Offer.objects.values_list("adviser", flat=True)) == {advisers[1].pk}
    assert [each.offers.count() for each in (one, two)] == [1, 1]


def test_adviser_who_cannot_help_offers_nothing():
    joined(topic=factories.topic())
    adviser = factories.adviser(topics=[factories.topic()])
    factories.adviser()
    assert offer_free_times(now=NOW, adviser=adviser) == 0


@pytest.mark.parametrize("is_for_one", [True, False])
def test_no_more_offers_are_made_than_asked_for(is_for_one):
    for number in range(3):
        joined(f"{number}@example.org")
    adviser = factories.adviser()
    few = offer_free_times(now=NOW, adviser=adviser if is_for_one else None, most=2)
    assert (few, offer_free_times(now=NOW)) == (2, 1)


def test_who_stops_waiting_meanwhile_is_offered_no_later_time(monkeypatch):
    asked = []
    monkeypatch.setattr("bookings.actions.offers.lock_without_offer", asked.append)
    entry = joined()
    factories.adviser()
    assert (offer_free_times(now=NOW), asked, offers()) == (0, [entry], [])
