"""Families and staff who want the same time at the same moment, on whichever database the tests run on."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from bookings.actions import Refused, book, cancel, decline, join, move, moving, swap
from bookings.actions import booking as booking_actions
from bookings.actions.offers import end_offers_in_vain, offer_free_times
from bookings.actions.waiting import Wish
from bookings.availability import Wanted, free_times
from bookings.models import Adviser, BookedCell, Booking, ExtraHours, Offer, WaitingEntry
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.races.visitor import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_error_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [record.getMessage() for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []


def times(number: int = 1) -> list[datetime]:
    """So many times at which calls can begin, as far ahead as can be: no notice and no midnight comes near."""
    return list(free_times(Wanted(), timezone.now()).advisers_at)[-number:]


def acting(act: Callable[..., Any], **arguments: Any) -> Callable[[], str]:
    """``act`` for a thread of its own: says how it went in one word, and closes the thread's connection."""

    def call() -> str:
        try:
            done = act(**arguments, now=timezone.now())
        except Refused as refused:
            return str(refused.reason)
        finally:
            connections.close_all()
        return "nothing" if done is False else "done"

    return call


def all_at_once(acts: list[Callable[[], str]]) -> Counter[str]:
    return Counter(at_once(acts))


def booking_of(start: datetime, **fields: Any) -> Callable[[], str]:
    return acting(book, start=start, caller=factories.caller(**fields))


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
    """Calls of two advisers go back and forth between the same few times, fifty times over."""
    advisers = [factories.adviser(), factories.adviser()]
    starts = times(6)
    calls = [factories_booking(adviser, start) for adviser in advisers for start in starts[:2]]
    for round_number in range(50):
        chance = random.Random(round_number)
        acts = [acting(move, booking=Booking.objects.get(pk=each.pk), start=chance.choice(starts)) for each in calls]
        assert set(at_once(acts)) <= {"done", "taken"}
    assert Booking.objects.booked().count() == len(calls)
    assert broken() == []


def factories_booking(adviser: Adviser, start: datetime) -> Booking:
    """Booked by the action itself, so that its e-mails are there."""
    made = book(start=start, caller=factories.caller(), now=timezone.now())
    if made.adviser_id != adviser.pk:
        made = moving.move_to(booking=made, adviser_id=adviser.pk, start=start, now=timezone.now())
    return made


def test_calls_that_are_swapped_and_moved_at_once():
    one, two = factories.adviser(), factories.adviser()
    starts = times(4)
    first, second = factories_booking(one, starts[0]), factories_booking(two, starts[1])
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
        call = factories_booking(adviser, starts[0])
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
    call = factories_booking(factories.adviser(), times()[0])
    assert all_at_once([acting(cancel, booking=call) for _ in range(6)]) == {"done": 1, "nothing": 5}
    assert (len(queued("cancelled")), broken()) == (1, [])


def test_freed_times_go_to_those_who_wait_one_each_while_newcomers_press():
    adviser = factories.adviser()
    starts = times(6)
    calls = [factories_booking(adviser, start) for start in starts]
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
    call = factories_booking(adviser, start)
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
        call = factories_booking(adviser, times()[0])
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


# Negative controls: without the guards the tests above have something to see. SQLite lets in one writer at a time and
# so hides the faults.


def unlocked(*pks: int) -> dict[int, Adviser]:
    """Look, and let others look too, before anything is written."""
    found = {pk: Adviser.objects.get(pk=pk) for pk in pks}
    time.sleep(0.05)
    return found


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the lock nor the cells, which a constraint lets exist once."""
    monkeypatch.setattr(booking_actions, "lock_advisers", unlocked)
    monkeypatch.setattr(booking_actions, "hold", lambda *_, **__: time.sleep(0.3))


def test_without_the_guards_one_time_is_booked_many_times(unguarded: None):
    factories.adviser()
    (start,) = times()
    went = all_at_once([booking_of(start) for _ in range(24)])
    found = [each for each in broken() if "overlap" in each]
    if connection.vendor == "postgresql":
        assert went["done"] > 1
        assert found
    else:
        assert broken() != []


def test_without_the_lock_the_cells_alone_keep_a_time_from_being_doubled(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(booking_actions, "lock_advisers", unlocked)
    factories.adviser()
    (start,) = times()
    assert all_at_once([booking_of(start) for _ in range(24)]) == {"done": 1, "taken": 23}
    assert broken() == []


def test_without_the_cells_the_lock_alone_does_not_see_calls(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(booking_actions, "hold", lambda *_, **__: None)
    factories.adviser()
    (start,) = times()
    assert all_at_once([booking_of(start) for _ in range(3)]) == {"done": 3}
    assert [each for each in broken() if "overlap" in each] != []


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
