"""Mending what is kept of a family: by sending their form once more, or by staff, whom they told.

Whoever had a wrong address loses the links, and what is still to be e-mailed there is not.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from bookings.actions.callers import Caller, end_wait, known_call, remind_of_call
from bookings.actions.cells import lock_advisers, locked_call
from bookings.actions.letters import TO_FAMILY_OF_CALL, queue_about
from bookings.actions.moving import move
from bookings.actions.refused import Reason, Refused
from bookings.actions.renewing import stop_links
from bookings.availability import can_help, known_topics
from bookings.models import Adviser, Booking
from sendguide.outbox.actions import readdress
from sendguide.outbox.models import QueuedEmail


def correct(*, first: Booking, caller: Caller, start: datetime, now: datetime, by: User | None = None) -> Booking:
    """``first``, which this form booked, with what was mended since: the time too, unless it was moved otherwise.

    A double click changes nothing. What is cancelled or has begun stays as it is, and so do the details that staff
    corrected. Raises Refused: HAS_A_CALL if a mended address or number has another call, TAKEN if the other time is
    not free; then nothing has changed.
    """
    try:
        with transaction.atomic():
            if first.sequence == 0 and first.starts_at != start:
                # Of all who may be asked to take it, before the first of them is: locks have one order.
                lock_advisers(
                    first.adviser_id, *Adviser.objects.filter(is_taking_calls=True).values_list("pk", flat=True)
                )
            return _sent_again(first, caller, start, now, by)
    except IntegrityError:
        # Another call of this address or number was booked at the same moment.
        raise Refused(Reason.HAS_A_CALL) from None


def _sent_again(first: Booking, caller: Caller, start: datetime, now: datetime, by: User | None) -> Booking:
    with locked_call(first) as call:
        if call.is_cancelled or call.starts_at <= now:
            return call
        if call.corrected_at is None:
            _mend(call, caller, now)
    if call.sequence == 0 and call.starts_at != start:
        return move(booking=call, start=start, now=now, by=by)
    return call


@dataclass(frozen=True, slots=True)
class Corrected:
    """``fields``: the names of those that are different now. ``is_told``: whether the family will be e-mailed."""

    fields: tuple[str, ...] = ()
    is_told: bool = False


def correct_details(*, booking: Booking, caller: Caller, seen: datetime | None, now: datetime) -> Corrected:
    """Give a call to come the details of ``caller``, which has its ``submission_id``; the time stays.

    ``seen`` is its ``updated_at`` as the page showed it. Raises Refused: CANCELLED, BEGUN, CHANGED if anything was
    saved since, HAS_A_CALL if the address or number has another call (whose owner is e-mailed the link).
    """
    try:
        return _corrected(booking, caller, seen, now)
    except IntegrityError:
        remind_of_call(caller, now)
        raise Refused(Reason.HAS_A_CALL) from None
    except Refused as refused:
        if refused.reason == Reason.HAS_A_CALL:
            remind_of_call(caller, now)
        raise


def _corrected(booking: Booking, caller: Caller, seen: datetime | None, now: datetime) -> Corrected:
    with locked_call(booking) as call:
        if call.is_cancelled:
            raise Refused(Reason.CANCELLED)
        if call.starts_at <= now:
            raise Refused(Reason.BEGUN)
        if call.updated_at != seen:
            raise Refused(Reason.CHANGED)
        done = _mend(call, caller, now)
        if done.fields:
            Booking.objects.filter(pk=call.pk).update(corrected_at=now)
    return done


def _mend(call: Booking, caller: Caller, now: datetime) -> Corrected:
    """Topic and council too, if its adviser can help with them. Of what the confirmation says the family is told."""
    said = caller.details()
    if can_help(call.adviser.nations, known_topics(call.adviser), caller.wanted):
        said |= {"topic": caller.wanted.topic, "council": caller.wanted.council}
    changed = {name: value for name, value in said.items() if value != getattr(call, name)}
    if not changed:
        return Corrected()
    if known_call(caller, now):
        raise Refused(Reason.HAS_A_CALL)
    wrong, told = call.email, call.told_of_calling
    for name, value in changed.items():
        setattr(call, name, value)
    call.updated_at = now
    call.save(update_fields=[*changed, "email_key", "updated_at"])
    if "email" in changed:
        _readdress(call, wrong, now)
        return Corrected(tuple(changed), is_told=bool(call.email))
    is_told_anew = call.told_of_calling != told
    # Each is written when it is sent: one that is still to be sent says it.
    if is_told_anew and not _is_on_its_way(call, "bookings.booked", "bookings.corrected"):
        queue_about("bookings.corrected", call, once_per=now.isoformat())
    return Corrected(tuple(changed), is_told=is_told_anew and bool(call.email))


def _readdress(call: Booking, wrong: str, now: datetime) -> None:
    stop_links(call)
    end_wait(call, now)
    readdress(kinds=TO_FAMILY_OF_CALL, about=call.pk, wrong=wrong, right=call.email)
    if not _is_on_its_way(call, "bookings.booked"):
        queue_about("bookings.booked", call, once_per=call.link_version)


def _is_on_its_way(call: Booking, *kinds: str) -> bool:
    waiting = QueuedEmail.objects.filter(status=QueuedEmail.Status.WAITING, to=call.email)
    return waiting.filter(kind__in=kinds, about=call.pk).exists()
