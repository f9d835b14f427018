"""Moving a call, letting two change places, and cancelling one.

Each is one transaction that locks the advisers concerned first. The old time is free in the same moment, and goes to
the first of those who wait whom it suits.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F

from bookings.actions.cells import Busy, hold, lock_advisers, locked_call, release
from bookings.actions.letters import queue_about, queue_to_adviser
from bookings.actions.offers import offer_time
from bookings.actions.refused import Reason, Refused
from bookings.availability import NO_NOTICE, Wanted, free_by_load, is_free
from bookings.models import Adviser, Booking
from bookings.slots import LENGTH
from bookings.swaps import partners


def move(*, booking: Booking, start: datetime, now: datetime, by: User | None = None) -> Booking:
    """Give ``booking`` another time: with its own adviser if they are free, else with another who can help.

    The old time is free at once. Raises Refused: TAKEN, CANCELLED or BEGUN; then nothing has changed.
    """
    wanted = Wanted(booking.topic, booking.council)
    free = free_by_load(wanted, start, now, notice=NO_NOTICE if by else None)
    others = [pk for pk in free if pk != booking.adviser_id]
    for pk in [booking.adviser_id, *others]:
        try:
            return move_to(booking=booking, adviser_id=pk, start=start, now=now, by=by)
        except Refused as refused:
            if refused.reason != Reason.TAKEN:
                raise
    raise Refused(Reason.TAKEN)


def move_to(*, booking: Booking, adviser_id: int, start: datetime, now: datetime, by: User | None = None) -> Booking:
    """Give ``booking`` this time with this adviser, or raise Refused as ``move`` does."""
    try:
        with transaction.atomic():
            locked = lock_advisers(adviser_id, booking.adviser_id)
            fresh = _still_to_come(booking, now)
            if fresh.adviser_id not in locked:
                # Somebody gave it to a third adviser in the meantime: whoever moves it now has to see that first.
                raise Refused(Reason.TAKEN)
            if (fresh.adviser_id, fresh.starts_at) == (adviser_id, start):
                return fresh
            _retime(fresh, locked[adviser_id], start, now, by)
            return fresh
    except (IntegrityError, Busy):
        raise Refused(Reason.TAKEN) from None


def _retime(booking: Booking, adviser: Adviser, start: datetime, now: datetime, by: User | None) -> None:
    was_adviser, was_start = booking.adviser, booking.starts_at
    # First, so that a call can be moved by less than its own length.
    release(booking=booking)
    if not is_free(adviser, start, now, notice=NO_NOTICE if by else None):
        raise Refused(Reason.TAKEN)
    _set_time(booking, adviser, start, now)
    _tell_moved(booking, was_adviser, was_start, by_staff=by is not None)
    offer_time(was_adviser, was_start, now=now)


def _set_time(booking: Booking, adviser: Adviser, start: datetime, now: datetime) -> None:
    booking.adviser, booking.starts_at, booking.ends_at = adviser, start, start + LENGTH
    booking.sequence += 1
    booking.timed_at = booking.updated_at = now
    booking.save(update_fields=["adviser", "starts_at", "ends_at", "sequence", "timed_at", "updated_at"])
    hold(adviser, start, booking=booking)


def _tell_moved(booking: Booking, was_adviser: Adviser, was_start: datetime, *, by_staff: bool) -> None:
    about = {"sequence": booking.sequence, "was": was_start.isoformat()}
    queue_about("bookings.moved", booking, once_per=booking.sequence, by_staff=by_staff, **about)
    for adviser in {was_adviser.pk: was_adviser, booking.adviser_id: booking.adviser}.values():
        once_per = f"{booking.sequence}:{adviser.pk}"
        whose = {"adviser": adviser.pk, "had_it": adviser == was_adviser}
        queue_to_adviser("bookings.adviser_moved", booking, to=adviser.email, once_per=once_per, **about, **whose)


def swap(*, first: Booking, second: Booking, now: datetime) -> None:
    """Let two calls change places, adviser and time.

    Raises Refused: CANCELLED, BEGUN, CANNOT_HELP (an adviser with the other family) or TAKEN (one was moved, or has no
    room where the other one was: the gap between calls has become longer).
    """
    try:
        with transaction.atomic():
            locked = lock_advisers(first.adviser_id, second.adviser_id)
            calls = _still_to_come(first, now), _still_to_come(second, now)
            if {each.adviser_id for each in calls} - locked.keys():
                raise Refused(Reason.TAKEN)
            if not partners(calls[0], Booking.objects.filter(pk=second.pk)).exists():
                raise Refused(Reason.CANNOT_HELP)
            was = [(locked[each.adviser_id], each.starts_at) for each in calls]
            for each in calls:
                release(booking=each)
            for each, (adviser, start) in zip(calls, reversed(was), strict=True):
                _set_time(each, adviser, start, now)
            for each, (adviser, start) in zip(calls, was, strict=True):
                _tell_moved(each, adviser, start, by_staff=True)
    except (IntegrityError, Busy):
        raise Refused(Reason.TAKEN) from None


def _still_to_come(booking: Booking, now: datetime) -> Booking:
    """``booking`` as it is once its adviser is locked. Raises Refused: CANCELLED or BEGUN."""
    fresh = Booking.objects.with_details().get(pk=booking.pk)
    if fresh.is_cancelled:
        raise Refused(Reason.CANCELLED)
    if fresh.starts_at <= now:
        raise Refused(Reason.BEGUN)
    return fresh


def cancel(*, booking: Booking, now: datetime, by_staff: bool = False) -> bool:
    """Cancel a call that has not begun, and free its time at once. False if it was cancelled before, or has begun."""
    with locked_call(booking) as call:
        is_cancelled_now = _cancelled(call, now, by_staff=by_staff)
    booking.refresh_from_db()
    return is_cancelled_now


def _cancelled(booking: Booking, now: datetime, *, by_staff: bool) -> bool:
    mine = Booking.objects.filter(pk=booking.pk, status=Booking.Status.BOOKED, starts_at__gt=now)
    if not mine.update(
        status=Booking.Status.CANCELLED,
        is_upcoming=False,
        cancelled_at=now,
        cancelled_by=Booking.By.STAFF if by_staff else Booking.By.FAMILY,
        sequence=F("sequence") + 1,
        updated_at=now,
    ):
        return False
    booking.refresh_from_db()
    release(booking=booking)
    queue_about("bookings.cancelled_by_us" if by_staff else "bookings.cancelled", booking)
    queue_to_adviser("bookings.adviser_cancelled", booking, to=booking.adviser.email)
    offer_time(booking.adviser, booking.starts_at, now=now)
    return True
