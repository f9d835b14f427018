"""All that can happen to one family, with the canary in everything that is known of it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model

from bookings.actions import Caller, Reason, Refused, Wish, book, cancel, confirm, decline, join, move
from bookings.actions.clock import end_begun_calls, queue_reminders
from bookings.actions.outcomes import record_outcome
from bookings.availability import Wanted
from bookings.models import Booking, Offer
from sendguide.lib.phones import Phone
from sendguide.outbox.sending import send_round
from tests import factories
from tests.factories import CALL_TIME

BEGINS = datetime(2026, 12, 1, 9, tzinfo=UTC)
CANARY = "Canary7"
EMAIL = f"{CANARY}@example.org"
DAY = timedelta(days=1)
# When the call is that takes place, after a move.
MOVED_TO = CALL_TIME + timedelta(hours=1)


def lived_through() -> Booking:
    """They wait, are offered a time, decline it, book, book again in vain, move, are called; then book and cancel."""
    with time_machine.travel(BEGINS, tick=False) as clock:
        factories.adviser(name="Amira", email="amira@staff.example")
        entry = join(wish=Wish(email=EMAIL, submission_id=uuid4()), now=BEGINS)
        send_all()
        confirm(entry=entry, now=BEGINS)
        send_all()
        decline(offer=Offer.objects.get(), now=BEGINS)
        call = book(start=CALL_TIME, caller=caller(), now=BEGINS)
        refused_again(BEGINS)
        move(booking=call, start=MOVED_TO, now=BEGINS)
        send_all()
        for before in (DAY, DAY / 24):
            clock.move_to(MOVED_TO - before)
            queue_reminders(now=MOVED_TO - before)
            send_all()
        clock.move_to(MOVED_TO)
        end_begun_calls(now=MOVED_TO)
        called(call)
        send_all()
        other = book(start=MOVED_TO + DAY, caller=caller(), now=MOVED_TO)
        cancel(booking=other, now=MOVED_TO)
        for row in (call, other, entry):
            changed_by_staff(row)
        browsed()
    Booking.objects.update(phone=CANARY, access_needs=[CANARY], summary=CANARY)
    return call


def caller() -> Caller:
    return Caller(
        name=CANARY,
        phone=Phone(number="+447700900777", prefix="18001"),
        email=EMAIL,
        access_needs=["bsl"],
        access_details=CANARY,
        word=CANARY,
        about=CANARY,
        wanted=Wanted(council=factories.council()),
        submission_id=uuid4(),
    )


def refused_again(now: datetime) -> None:
    try:
        book(start=CALL_TIME + DAY, caller=caller(), now=now)
    except Refused as refused:
        assert refused.reason == Reason.HAS_A_CALL  # noqa: PT017 - part of the story, not what is tested


def called(call: Booking) -> None:
    written = {"outcome": Booking.Outcome.HELPED, "summary": f"About {CANARY}", "guides": [factories.guide()]}
    booking = Booking.objects.get(pk=call.pk)
    record_outcome(booking=booking, **written, e_mail=True, seen=booking.updated_at, now=MOVED_TO)


def changed_by_staff(row: Model) -> None:
    LogEntry.objects.create(
        user=factories.staff(),
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row),
        action_flag=CHANGE,
        change_message=f"Called {CANARY}",
    )


def browsed() -> None:
    """Nothing of a family is put into a session; this is for the day when something is."""
    session = SessionStore()
    session["typed"] = CANARY
    session.save()


def send_all() -> None:
    while send_round():
        pass
