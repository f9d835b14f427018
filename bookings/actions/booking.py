"""Booking a call: at a time that is offered, or at one that is held for somebody who waits.

Each is one transaction that locks the adviser first, asks again whether the time is free, and takes its cells. Behind
the lock stand named constraints, which hold on their own.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from bookings.actions.callers import Caller, end_wait, known_call, remind_of_call, sent_before
from bookings.actions.cells import Busy, hold, lock_advisers, release
from bookings.actions.correcting import correct
from bookings.actions.letters import queue_about, queue_to_adviser
from bookings.actions.refused import Reason, Refused
from bookings.availability import NO_NOTICE, free_by_load, is_free
from bookings.models import Adviser, Booking, Offer, WaitingEntry
from bookings.slots import LENGTH


def book(*, start: datetime, caller: Caller, now: datetime, by: User | None = None) -> Booking:
    """Book a call at ``start`` with whichever adviser is free and can help, and queue the e-mails.

    The same ``submission_id`` again (a double click) gives the first booking, with what was mended in it. ``by`` is
    the member of staff who books for a caller; they need no notice. Raises Refused: TAKEN when nobody is free,
    HAS_A_CALL when the e-mail address or phone number has a call to come (its owner is e-mailed the link).
    """
    try:
        if first := sent_before(caller):
            return correct(first=first, caller=caller, start=start, now=now, by=by)
        if booking := _booked_with_somebody(start, caller, now, by):
            return booking
        if first := sent_before(caller):
            return correct(first=first, caller=caller, start=start, now=now, by=by)
        raise Refused(Reason.HAS_A_CALL if known_call(caller, now) else Reason.TAKEN)
    except Refused as refused:
        if refused.reason == Reason.HAS_A_CALL:
            remind_of_call(caller, now)
        raise


def _booked_with_somebody(start: datetime, caller: Caller, now: datetime, by: User | None) -> Booking | None:
    """None if nobody who can help is free, or if this form or this family has a call by now."""
    for pk in free_by_load(caller.wanted, start, now, notice=NO_NOTICE if by else None):
        try:
            with transaction.atomic():
                adviser = lock_advisers(pk)[pk]
                if booking := _booked(adviser, start, caller, now, by):
                    return booking
        except (IntegrityError, Busy):
            # The next one may be free. Who finds everybody busy is shown what is free now, with all that they typed.
            continue
    return None


def _booked(adviser: Adviser, start: datetime, caller: Caller, now: datetime, by: User | None) -> Booking | None:
    if sent_before(caller) or not is_free(adviser, start, now, notice=NO_NOTICE if by else None):
        return None
    if known_call(caller, now):
        raise Refused(Reason.HAS_A_CALL)
    booking = _created(adviser, start, caller, now, by)
    hold(adviser, start, booking=booking)
    _tell_booked(booking)
    return booking


def book_offer(*, offer: Offer, caller: Caller, now: datetime) -> Booking:
    """Book the time that is held for somebody who waits. Raises Refused: OFFER_ENDED or HAS_A_CALL."""
    try:
        if first := sent_before(caller):
            return correct(first=first, caller=caller, start=offer.starts_at, now=now)
        with transaction.atomic():
            return _offer_booked(offer, caller, now)
    except IntegrityError:
        # The same form, or the same family elsewhere, was quicker by a moment.
        if first := sent_before(caller):
            return first
        has_a_call = known_call(caller, now) is not None
        if has_a_call:
            remind_of_call(caller, now)
        raise Refused(Reason.HAS_A_CALL if has_a_call else Reason.OFFER_ENDED) from None
    except Refused as refused:
        if refused.reason == Reason.HAS_A_CALL:
            remind_of_call(caller, now)
        elif first := sent_before(caller):
            return first
        raise


def _offer_booked(offer: Offer, caller: Caller, now: datetime) -> Booking:
    adviser = lock_advisers(offer.adviser_id)[offer.adviser_id]
    waits = WaitingEntry.objects.waiting().filter(pk=offer.entry_id)
    mine = Offer.objects.filter(pk=offer.pk, status=Offer.Status.OPEN, held_until__gt=now)
    if not mine.filter(entry__in=waits).update(status=Offer.Status.TAKEN):
        raise Refused(Reason.OFFER_ENDED)
    if known_call(caller, now):
        raise Refused(Reason.HAS_A_CALL)
    release(offer=offer)
    booking = _created(adviser, offer.starts_at, caller, now, by=None)
    hold(adviser, offer.starts_at, booking=booking)
    Offer.objects.filter(pk=offer.pk).update(booking=booking)
    # They may have typed another address than the one that waited.
    waits.update(status=WaitingEntry.Status.BOOKED, ended_at=now)
    _tell_booked(booking)
    return booking


def _created(adviser: Adviser, start: datetime, caller: Caller, now: datetime, by: User | None) -> Booking:
    booking = Booking.objects.create(
        adviser=adviser,
        starts_at=start,
        ends_at=start + LENGTH,
        topic=caller.wanted.topic,
        council=caller.wanted.council,
        submission_id=caller.submission_id,
        booked_by=by,
        created_at=now,
        timed_at=now,
        updated_at=now,
        **caller.details(),
    )
    end_wait(booking, now)
    return booking


def _tell_booked(booking: Booking) -> None:
    queue_about("bookings.booked", booking)
    queue_to_adviser("bookings.adviser_booked", booking, to=booking.adviser.email)
