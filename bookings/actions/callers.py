"""Whom to call, and what they have already."""

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from bookings.actions.letters import queue_about
from bookings.availability import Wanted
from bookings.models import Booking, WaitingEntry
from sendguide.lib.dates import uk_day
from sendguide.lib.email_addresses import email_key
from sendguide.lib.phones import Phone


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
        said = {name: getattr(self, name) for name in SAID}
        phone = {"phone": self.phone.number, "phone_prefix": self.phone.prefix}
        return said | phone | {"access_needs": list(self.access_needs)}


# What the forms ask of a caller, by the names of their fields, beside what they want to talk about.
SAID = [each.name for each in fields(Caller) if each.name not in {"submission_id", "wanted"}]


def sent_before(caller: Caller) -> Booking | None:
    """What this very form booked when it was sent for the first time."""
    return Booking.objects.select_related("adviser").filter(submission_id=caller.submission_id).first()


def known_call(caller: Caller, now: datetime) -> Booking | None:
    """The call to come of this e-mail address or phone number, other than what this form booked."""
    same = Q(phone=caller.phone.number)
    if caller.email:
        same |= Q(email_key=email_key(caller.email))
    theirs = Booking.objects.upcoming().filter(same).exclude(submission_id=caller.submission_id)
    # A call that has begun stands in nobody's way, also if no worker has noticed yet.
    theirs.filter(starts_at__lte=now).update(is_upcoming=False)
    return theirs.first()


def end_wait(booking: Booking, now: datetime) -> None:
    """Who has a call waits for none. What was held for them is given back by the job worker."""
    waiting = WaitingEntry.objects.waiting().filter(email_key=booking.email_key).exclude(email_key="")
    waiting.update(status=WaitingEntry.Status.BOOKED, ended_at=now)


def remind_of_call(caller: Caller, now: datetime) -> None:
    """To the address of the call, which need not be the one that was typed: only its owner learns of it."""
    with transaction.atomic():
        if known := known_call(caller, now):
            tell_of_call(known, now)


def tell_of_call(call: Booking, now: datetime) -> None:
    """Once a day: nobody's letter box is filled by somebody else. Once more if its address was corrected since."""
    queue_about("bookings.already", call, once_per=f"{uk_day(now)}:{call.link_version}")
