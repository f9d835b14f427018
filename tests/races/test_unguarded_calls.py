"""Negative controls of test_calls.py: each guard is taken away, and what it guards against comes to pass.

SQLite lets in one writer at a time and so hides the faults: there each test says what comes to pass instead.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection

from bookings.actions import booking as booking_actions
from bookings.actions import cancel, moving, offers, swap
from bookings.actions.cells import _locked
from bookings.availability import terms
from bookings.models import Adviser, BookedCell, Booking, Offer, WaitingEntry
from tests import factories
from tests.bookings.invariants import broken
from tests.races.acting import acting, all_at_once, booked_with, booking_of, times

pytestmark = pytest.mark.django_db(transaction=True)
ONE_WRITER = connection.vendor == "sqlite"
Locking = Callable[..., dict[int, Adviser]]


def unlocked(*pks: int) -> dict[int, Adviser]:
    """Look, and let others look too, before anything is written."""
    found = {pk: Adviser.objects.get(pk=pk) for pk in pks}
    time.sleep(0.05)
    return found


def unguarded_hold(adviser: Adviser, start: datetime, **whose: Any) -> None:
    """Takes what it can of the time: the constraint says nothing."""
    time.sleep(0.05)
    BookedCell.objects.bulk_create(BookedCell.of(adviser, start, terms(), **whose), ignore_conflicts=True)


class Meeting:
    """Two who act at once wait here for each other, once; where only one can be, not for long."""

    def __init__(self) -> None:
        self.barrier, self.is_over = Barrier(2), False

    def wait(self) -> None:
        if not self.is_over:
            with suppress(BrokenBarrierError):
                # Less than PostgreSQL lets anybody wait for a lock.
                self.barrier.wait(0.5 if ONE_WRITER else 1.5)
            self.is_over = True


def overlaps() -> list[str]:
    return [sentence for sentence in broken() if "overlap" in sentence]


def test_without_lock_and_constraint_one_time_is_booked_many_times(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(booking_actions, "lock_advisers", unlocked)
    monkeypatch.setattr(booking_actions, "hold", unguarded_hold)
    factories.adviser()
    (start,) = times()
    went = all_at_once([booking_of(start) for _ in range(12)])
    if ONE_WRITER:
        assert (went, broken()) == ({"done": 1, "taken": 11}, [])
    else:
        assert went["done"] > 1
        assert len(overlaps()) == went["done"] - 1


def test_without_the_lock_the_cells_alone_keep_a_time_from_being_doubled(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(booking_actions, "lock_advisers", unlocked)
    factories.adviser()
    (start,) = times()
    assert all_at_once([booking_of(start) for _ in range(12)]) == {"done": 1, "taken": 11}
    assert broken() == []


def test_without_the_cells_the_lock_alone_does_not_see_calls(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(booking_actions, "hold", lambda *_, **__: None)
    factories.adviser()
    (start,) = times()
    assert all_at_once([booking_of(start) for _ in range(3)]) == {"done": 3}
    assert overlaps() != []


def locking(order: Callable[[Iterable[int]], Iterable[int]]) -> Locking:
    """Locks in this order; who has the first waits until the other has its first too."""
    meeting = Meeting()

    def lock(*pks: int) -> dict[int, Adviser]:
        found = {}
        for pk in order(pks):
            found[pk] = _locked(pk)
            meeting.wait()
        return found

    return lock


def crossing_moves() -> dict[str, int]:
    """A call of each of two advisers goes to the other."""
    one, two = factories.adviser(), factories.adviser()
    old, new = times(2)
    calls = [(booked_with(one, old), two), (booked_with(two, old), one)]
    return all_at_once(
        [
            acting(moving.move_to, failing=(OperationalError,), booking=call, adviser_id=to.pk, start=new)
            for call, to in calls
        ]
    )


def test_advisers_locked_in_one_order_let_both_moves_through(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(moving, "lock_advisers", locking(sorted))
    assert (crossing_moves(), broken()) == ({"done": 2}, [])


def test_advisers_locked_in_any_order_wait_for_each_other(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(moving, "lock_advisers", locking(list))
    went = {"done": 2} if ONE_WRITER else {"done": 1, "OperationalError": 1}
    assert (crossing_moves(), broken()) == (went, [])


def two_times_come_free() -> dict[str, int]:
    """At once, with two advisers, while one family waits."""
    advisers = [factories.adviser(), factories.adviser()]
    (start,) = times()
    calls = [booked_with(adviser, start) for adviser in advisers]
    factories.waiting_entry()
    return all_at_once([acting(cancel, failing=(IntegrityError,), booking=call) for call in calls])


def test_one_family_is_offered_one_of_two_times():
    assert (two_times_come_free(), broken()) == ({"done": 2}, [])
    assert Offer.objects.count() == 1


def test_without_the_lock_of_the_family_only_the_constraint_refuses_it_two_times(monkeypatch: pytest.MonkeyPatch):
    meeting = Meeting()

    def look(entry: WaitingEntry) -> bool:
        waits = offers._waits_without_offer(entry)
        meeting.wait()
        return waits

    monkeypatch.setattr(offers, "lock_without_offer", look)
    went = {"done": 2} if ONE_WRITER else {"done": 1, "IntegrityError": 1}
    assert (two_times_come_free(), broken()) == (went, [])
    assert Offer.objects.count() == 1


def swaps() -> dict[str, int]:
    """Two calls are swapped twice at once."""
    one, two = factories.adviser(), factories.adviser()
    starts = times(2)
    first, second = booked_with(one, starts[0]), booked_with(two, starts[1])
    swapping = acting(swap, first=first, second=second)
    return all_at_once([swapping, swapping])


def test_calls_that_are_swapped_twice_at_once_are_where_they_were():
    assert (swaps(), broken()) == ({"done": 2}, [])
    assert set(Booking.objects.values_list("sequence", flat=True)) == {2}


def test_without_the_lock_only_the_constraint_refuses_the_second_swap(monkeypatch: pytest.MonkeyPatch):
    meeting, release = Meeting(), moving.release

    def meet_and_release(**whose: Any) -> None:
        meeting.wait()
        release(**whose)

    monkeypatch.setattr(moving, "lock_advisers", unlocked)
    monkeypatch.setattr(moving, "release", meet_and_release)
    went = {"done": 2} if ONE_WRITER else {"done": 1, "taken": 1}
    assert (swaps(), broken()) == (went, [])
