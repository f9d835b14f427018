"""The same form sent once more: a double click, or somebody went back and mended what they had typed."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError

from bookings.actions.callers import Caller, known_call
from bookings.actions.cells import locked_call
from bookings.actions.letters import queue_about
from bookings.actions.moving import move
from bookings.actions.refused import Reason, Refused
from bookings.models import Booking
from sendguide.outbox.actions import readdress


def correct(*, first: Booking, caller: Caller, start: datetime, now: datetime, by: User | None = None) -> Booking:
    """``first``, which this form booked, with what was mended since: the time too, unless it was moved otherwise.

    What is cancelled or has begun stays as it is. Raises Refused: HAS_A_CALL if a mended address or number has another
    call, TAKEN if the other time is not free.
    """
    try:
        with locked_call(first) as call:
            if call.is_cancelled or call.starts_at <= now:
                return call
            _mend(call, caller, now)
    except IntegrityError:
        # Another call of this address or number was booked at the same moment.
        raise Refused(Reason.HAS_A_CALL) from None
    if call.sequence == 0 and call.starts_at != start:
        return move(booking=call, start=start, now=now, by=by)
    return call


def _mend(call: Booking, caller: Caller, now: datetime) -> None:
    changed = {name: value for name, value in caller.details().items() if value != getattr(call, name)}
    if not changed:
        return
    if known_call(caller, now):
        raise Refused(Reason.HAS_A_CALL)
    wrong, is_readdressed = call.email, "email" in changed
    for name, value in changed.items():
        setattr(call, name, value)
    call.updated_at = now
    # Whoever has a wrong address loses the link.
    call.link_version += is_readdressed
    call.save(update_fields=[*changed, "email_key", "link_version", "updated_at"])
    if is_readdressed and not readdress(app="bookings", about=call.pk, wrong=wrong, right=call.email):
        queue_about("bookings.booked", call, once_per=call.link_version)
