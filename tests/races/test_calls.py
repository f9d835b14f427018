"""Families and staff who want the same time at the same moment, on whichever database the tests run on."""

import random
from collections import Counter
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from bookings.actions import book, book_offer, cancel, decline, join, move, swap, withdraw
from bookings.actions import booking as booking_actions
from bookings.actions.offers import end_offers_in_vain, offer_free_times
from bookings.actions.waiting import Wish
from bookings.models import Adviser, BookedCell, Booking, ExtraHours, Offer, WaitingEntry
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.races.acting import acting, all_at_once, booked_with, booking_of, times
from tests.races.visitor import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 50


def test_24_for_one_time():
    factories.adviser()
    (start,) = times()
    assert all_at_once([booking_of(start) for _ in range(24)]) == {"done": 1, "taken": 23}
    assert broken() == []


def test_5_for_any_of_3_advisers():
    for _ in range(3):
        factories.adviser()
    (start,) = times()
    assert all_at_once([booking_of(start) for _ in range(5)]) == {"done": 3, "taken": 2}
    assert Booking.objects.values("adviser").distinct().count() == 3
    assert broken() == []


def test_neighbouring_times_that_overlap():
    """Two advisers' hours begin five minutes apart: the grids cross, but each adviser's calls do not."""
    for begin in ("09:00", "09:05", "09:10"):
        factories.adviser().weekly_hours.all().update(starts=begin)
    starts = times(9)
    assert all_at_once([booking_of(start) for start in starts for _ in range(3)])["done"] == len(starts)
    assert broken() == []


def test_one_family_in_many_windows_gets_one_call():
    factories.adviser(), factories.adviser()
    starts = times(8)
    went = all_at_once([booking_of(start, email=" Ann@example.org") for start in starts])
    assert went == {"done": 1, "has a call": 7}
    assert broken() == []


def test_one_form_sent_many_times_is_one_call():
    factories.adviser(), factories.adviser()
    (start,), caller = times(), factories.caller()
    assert all_at_once([acting(book, start=start, caller=caller) for _ in range(8)]) == {"done": 8}
    assert (Booking.objects.count(), broken()) == (1, [])


def test_crossing_moves_never_lose_or_double_a_call():
    """Calls of two advisers go back and forth between the same few times, many times over."""
    advisers = [factories.adviser(), factories.adviser()]
    starts = times(6)
    calls = [booked_with(adviser, start) for adviser in advisers for start in starts[:2]]
    went: Counter[str] = Counter()
    for round_number in range(ROUNDS):
        chance = random.Random(round_number)
        acts = [acting(move, booking=Booking.objects.get(pk=each.pk), start=chance.choice(starts)) for each in calls]
        went += all_at_once(acts)
    assert set(went) <= {"done", "taken"}
    assert went["done"] >= ROUNDS
    assert Booking.objects.booked().count() == len(calls)
    assert broken() == []


def test_calls_that_are_swapped_and_moved_at_once():
    one, two = factories.adviser(), factories.adviser()
    starts = times(4)
    first, second = booked_with(one, starts[0]), booked_with(two, starts[1])
    for _ in range(10):
        first.refresh_from_db(), second.refresh_from_db()
        acts = [
            acting(swap, first=first, second=second),
            acting(swap, first=second, second=first),
            acting(move, booking=first, start=starts[2]),
            acting(move, booking=second, start=starts[3]),
        ]
        assert set(at_once(acts)) <= {"done", "taken"}
    assert broken() == []


def test_family_moves_while_staff_cancel():
    for _ in range(10):
        adviser = factories.adviser()
        starts = times(2)
        call = booked_with(adviser, starts[0])
        went = at_once([acting(move, booking=call, start=starts[1]), acting(cancel, booking=call, by_staff=True)])
        assert went in (["done", "done"], ["cancelled", "done"])
        call.refresh_from_db()
        assert call.is_cancelled
        adviser.is_taking_calls = False
        adviser.save()
    assert len(queued("cancelled_by_us")) == 10
    assert not BookedCell.objects.exists()
    assert broken() == []


def test_call_cancelled_many_times_at_once_is_cancelled_once():
    call = booked_with(factories.adviser(), times()[0])
    assert all_at_once([acting(cancel, booking=call) for _ in range(6)]) == {"done": 1, "nothing": 5}
    assert (len(queued("cancelled")), broken()) == (1, [])


def test_freed_times_go_to_those_who_wait_one_each_while_newcomers_press():
    adviser = factories.adviser()
    starts = times(6)
    calls = [booked_with(adviser, start) for start in starts]
    adviser.weekly_hours.all().delete()
    ExtraHours.objects.create(adviser=adviser, day=starts[0].date(), starts="05:00", ends="23:00")
    entries = [factories.waiting_entry() for _ in range(4)]
    cancelling = [acting(cancel, booking=Booking.objects.get(pk=each.pk)) for each in calls]
    at_once([*cancelling, *(booking_of(start) for start in starts), *[acting(offering)] * 2])
    offering(now=timezone.now())
    offered = list(Offer.objects.values_list("entry", flat=True))
    assert sorted(offered) == [each.pk for each in entries]
    assert broken() == []


def offering(*, now: datetime) -> None:
    """What the job worker does each minute."""
    end_offers_in_vain(now=now)
    offer_free_times(now=now)


def test_offer_that_is_declined_and_taken_at_once_ends_once():
    adviser = factories.adviser()
    (start,) = times()
    call = booked_with(adviser, start)
    factories.waiting_entry(), factories.waiting_entry()
    cancel(booking=call, now=timezone.now())
    offer = Offer.objects.get()
    taking = acting(booking_actions.book_offer, offer=offer, caller=factories.caller(email=offer.entry.email))
    went = at_once([taking, acting(decline, offer=offer)])
    assert went in (["done", "nothing"], ["offer ended", "done"])
    assert broken() == []


def test_family_that_takes_an_offer_and_books_elsewhere_at_once_gets_one_call():
    for round_number in range(5):
        adviser = factories.adviser()
        call = booked_with(adviser, times()[0])
        entry = factories.waiting_entry(email=f"ann-{round_number}@example.org")
        cancel(booking=call, now=timezone.now())
        offer, other = Offer.objects.get(entry=entry), times()[0]
        taking = acting(booking_actions.book_offer, offer=offer, caller=factories.caller(email=entry.email))
        went = all_at_once([taking, booking_of(other, email=entry.email)])
        assert went in ({"done": 1, "has a call": 1}, {"done": 1, "offer ended": 1})
        adviser.is_taking_calls = False
        adviser.save()
    assert broken() == []


def test_address_that_joins_many_times_at_once_waits_once():
    wish = partial(Wish, email="Ann@example.org")
    went = all_at_once([acting(join, wish=wish(submission_id=factories.uuid4())) for _ in range(6)])
    assert (went, WaitingEntry.objects.count()) == ({"done": 6}, 1)


def test_broken_rules_are_seen():
    adviser = factories.adviser()
    call = factories.booking(adviser=adviser)
    Booking.objects.filter(
        pk=factories.booking(adviser=adviser, starts_at=call.ends_at + timedelta(hours=1)).pk
    ).update(starts_at=call.starts_at + timedelta(minutes=5), ends_at=call.ends_at)
    assert any("overlap" in each for each in broken())
    assert any("is not held" in each for each in broken())
    assert any("held for nothing" in each for each in broken())
    assert any("is not told" in each for each in broken())


def test_held_time_is_taken_back_or_booked_but_never_both():
    """Its adviser takes the day off while the family books it."""
    for _ in range(10):
        adviser = factories.adviser()
        (start,) = times()
        offer = factories.offer(adviser=adviser, starts_at=start)
        acts = [
            acting(withdraw, offers=[offer]),
            acting(book_offer, offer=offer, caller=factories.caller()),
        ]
        _, booked = at_once(acts)
        offer.refresh_from_db()
        assert (booked, offer.status) in {("done", "taken"), ("offer ended", "withdrawn")}
        assert [sentence for sentence in broken() if "told" not in sentence] == []
        Booking.objects.all().delete(), Offer.objects.all().delete(), WaitingEntry.objects.all().delete()
        Adviser.objects.all().delete()
