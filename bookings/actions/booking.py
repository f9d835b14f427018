"""Booking a call: at a time that is offered, or at one that is held for somebody who waits.

Each is one transaction that locks the adviser first, asks again whether the time is free, and takes its cells. Behind
the lock stand named constraints, which hold on their own.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from bookings.actions.cells import Busy, hold, lock_advisers, release
from bookings.actions.letters import queue_about, queue_to_adviser
from bookings.actions.refused import Reason, Refused
from bookings.availability import NO_NOTICE, Wanted, advisers_for, is_free
from bookings.models import Adviser, Booking, Offer, WaitingEntry
from bookings.slots import LENGTH
from sendguide.lib.email_addresses import email_key
from sendguide.lib.phones import Phone
from sendguide.outbox.actions import readdress


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whom to call. ``submission_id`` tells a form that is sent twice from two forms.

    ``email`` may be empty only where staff book: nothing is e-mailed then.
    """

    name: str
    phone: Phone
    email: str
    submission_id: UUID
    may_say_who: bool = False
    may_leave_message: bool = False
    access_needs: Collection[str] = ()
    access_details: str = ""
    word: str = ""
    about: str = ""
    wanted: Wanted = field(default_factory=Wanted)

    def details(self) -> dict[str, Any]:
        """What a booking keeps of it."""
        return {
            "name": self.name,
            "phone": self.phone.number,
            "phone_prefix": self.phone.prefix,
            "email": self.email,
            "may_say_who": self.may_say_who,
            "may_leave_message": self.may_leave_message,
            "access_needs": list(self.access_needs),
            "access_details": self.access_details,
            "word": self.word,
            "about": self.about,
        }


def book(*, start: datetime, caller: Caller, now: datetime, by: User | None = None) -> Booking:
    """Book a call at ``start`` with whichever adviser is free and can help, and queue the e-mails.

    The same ``submission_id`` again (a double click) gives the first booking, with what was corrected in it. ``by`` is
    the member of staff who books for a caller; they need no notice. Raises Refused: TAKEN when nobody is free,
    HAS_A_CALL when the e-mail address or phone number has a call to come (its owner is e-mailed the link).
    """
    for pk in by_load(advisers_for(caller.wanted), start):
        try:
            with transaction.atomic():
                adviser = lock_advisers(pk)[pk]
                return _booked(adviser, start, caller, now, by)
        except (_NotFree, IntegrityError, Busy):
            # The next one may be free. A constraint that was broken by somebody's call elsewhere is looked up there,
            # and who finds everybody busy is shown what is free now, with all that they typed.
            continue
        except Refused:
            _remind_of_call(caller, now)
            raise
    if first := _sent_before(caller):
        return first
    if _known(caller, now):
        _remind_of_call(caller, now)
        raise Refused(Reason.HAS_A_CALL)
    raise Refused(Reason.TAKEN)


class _NotFree(Exception):
    """This adviser is not free at this time."""


def by_load(advisers: Collection[Adviser], start: datetime) -> list[int]:
    """Those with fewest calls in the days around ``start`` first, so that work is shared."""
    around = Q(bookings__is_upcoming=True, bookings__starts_at__range=_days_around(start))
    load = Adviser.objects.filter(pk__in=[each.pk for each in advisers]).annotate(load=Count("bookings", filter=around))
    return list(load.order_by("load", "pk").values_list("pk", flat=True))


def _days_around(start: datetime) -> tuple[datetime, datetime]:
    return start - timedelta(days=3), start + timedelta(days=3)


def _booked(adviser: Adviser, start: datetime, caller: Caller, now: datetime, by: User | None) -> Booking:
    if first := _sent_before(caller):
        return _corrected(first, caller, now)
    if not is_free(adviser, start, now, notice=NO_NOTICE if by else None):
        raise _NotFree
    if _known(caller, now):
        raise Refused(Reason.HAS_A_CALL)
    booking = _created(adviser, start, caller, now, by)
    hold(adviser, start, booking=booking)
    _tell_booked(booking)
    return booking


def book_offer(*, offer: Offer, caller: Caller, now: datetime) -> Booking:
    """Book the time that is held for somebody who waits. Raises Refused: OFFER_ENDED or HAS_A_CALL."""
    try:
        with transaction.atomic():
            return _offer_booked(offer, caller, now)
    except (Refused, IntegrityError) as error:
        if isinstance(error, Refused) and error.reason == Reason.OFFER_ENDED:
            raise
        # A constraint is broken when the same family books elsewhere at the same moment.
        _remind_of_call(caller, now)
        raise Refused(Reason.HAS_A_CALL) from error


def _offer_booked(offer: Offer, caller: Caller, now: datetime) -> Booking:
    adviser = lock_advisers(offer.adviser_id)[offer.adviser_id]
    if first := _sent_before(caller):
        return _corrected(first, caller, now)
    waits = WaitingEntry.objects.waiting().filter(pk=offer.entry_id)
    mine = Offer.objects.filter(pk=offer.pk, status=Offer.Status.OPEN, held_until__gt=now)
    if not mine.filter(entry__in=waits).update(status=Offer.Status.TAKEN):
        raise Refused(Reason.OFFER_ENDED)
    if _known(caller, now):
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
    # Who has a call waits for none. What was held for them is given back by the job worker.
    waiting = WaitingEntry.objects.waiting().filter(email_key=booking.email_key).exclude(email_key="")
    waiting.update(status=WaitingEntry.Status.BOOKED, ended_at=now)
    return booking


def _sent_before(caller: Caller) -> Booking | None:
    """What this very form booked when it was sent for the first time."""
    return Booking.objects.select_related("adviser").filter(submission_id=caller.submission_id).first()


def _corrected(first: Booking, caller: Caller, now: datetime) -> Booking:
    """Somebody went back and mended what they had typed. Whoever has a wrong address loses the link."""
    changed = {name: value for name, value in caller.details().items() if value != getattr(first, name)}
    if not changed or not first.is_upcoming:
        return first
    wrong = first.email
    for name, value in changed.items():
        setattr(first, name, value)
    first.updated_at = now
    first.link_version += "email" in changed
    first.save()
    if "email" in changed and not readdress(app="bookings", about=first.pk, wrong=wrong, right=first.email):
        queue_about("bookings.booked", first, once_per=first.link_version)
    return first


def _tell_booked(booking: Booking) -> None:
    queue_about("bookings.booked", booking)
    queue_to_adviser("bookings.adviser_booked", booking, to=booking.adviser.email)


def _known(caller: Caller, now: datetime) -> Booking | None:
    """The call to come of this e-mail address or phone number."""
    same = Q(phone=caller.phone.number)
    if caller.email:
        same |= Q(email_key=email_key(caller.email))
    theirs = Booking.objects.upcoming().filter(same)
    # A call that has begun stands in nobody's way, also if no worker has noticed yet.
    theirs.filter(starts_at__lte=now).update(is_upcoming=False)
    return theirs.first()


def _remind_of_call(caller: Caller, now: datetime) -> None:
    """To the address of the call, which need not be the one that was typed: only its owner learns of it."""
    with transaction.atomic():
        if known := _known(caller, now):
            # Once a day: nobody's letter box is filled by somebody else.
            queue_about("bookings.already", known, once_per=timezone.localdate(now))
