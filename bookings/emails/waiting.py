"""To somebody on the waiting list for calls."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from bookings.emails.facts import Details, public_pages
from bookings.links import offer_path, waiting_path
from bookings.models import Offer, WaitingEntry
from bookings.promises import DAYS_TO_CONFIRM, MOST_MISSED
from bookings.wishes import in_words
from sendguide.lib.dates import full_date_and_time
from sendguide.outbox.registry import Email, NotNeeded, email
from sendguide.templatetags.page import absolute


@email("bookings.waiting", called="Call: say yes to the waiting list")
def waiting(about: int, details: Details) -> Email:
    """To an address that anybody may have typed: it asks for their yes."""
    entry = _still_waiting(_entry(about))
    if entry.is_confirmed:
        raise NotNeeded("They have said yes already.")
    return Email(
        subject="Do you want to wait for a call? Please say yes",
        template="emails/bookings/waiting",
        context=_context(entry, position=entry.position()),
        only_to=entry.email,
    )


@email("bookings.already_waiting", called="Call: you are on the waiting list already")
def already_waiting(about: int, details: Details) -> Email:
    """To who waits, when somebody entered their address once more."""
    entry = _still_waiting(_entry(about))
    return Email(
        subject="You are on the waiting list for a call already",
        template="emails/bookings/already_waiting",
        context=_context(entry, position=entry.position()),
        only_to=entry.email,
    )


@email("bookings.offer", called="Call: a time is held for you")
def offer(about: int, details: Details) -> Email:
    found = Offer.objects.select_related("entry", "adviser").filter(pk=about).first()
    if found is None:
        raise NotNeeded("The offer has been deleted.")
    entry = _still_waiting(_entry(found.entry_id))
    if not found.is_open or found.held_until <= timezone.now():
        raise NotNeeded("The offer has ended.")
    return Email(
        subject=f"A call is free for you: {full_date_and_time(found.starts_at)}",
        template="emails/bookings/offer",
        context=_context(entry, offer=found, offer_url=absolute(offer_path(found))),
        only_to=entry.email,
    )


@email("bookings.waiting_ended", called="Call: your wait has ended")
def waiting_ended(about: int, details: Details) -> Email:
    """Because they did not answer, or because no time was found for so long."""
    entry = _entry(about)
    if entry.status not in {WaitingEntry.Status.LAPSED, WaitingEntry.Status.TOO_LONG}:
        raise NotNeeded(f"It did not end like this: {entry.get_status_display()}.")
    if WaitingEntry.objects.waiting().filter(email_key=entry.email_key).exists():
        raise NotNeeded("They have joined the list again.")
    return Email(
        subject="You are no longer on the waiting list for a call",
        template="emails/bookings/waiting_ended",
        context={
            "was_too_long": entry.status == WaitingEntry.Status.TOO_LONG,
            "kept_days": settings.CALL_KEPT_DAYS,
            "most_missed": MOST_MISSED,
            **public_pages(entry),
        },
        only_to=entry.email,
    )


def _entry(pk: int) -> WaitingEntry:
    found = WaitingEntry.objects.filter(pk=pk).first()
    if found is None:
        raise NotNeeded("The entry on the waiting list has been deleted.")
    if not found.email:
        raise NotNeeded("The family's details have been removed.")
    return found


def _still_waiting(entry: WaitingEntry) -> WaitingEntry:
    if not entry.is_waiting:
        raise NotNeeded(f"They do not wait any more: {entry.get_status_display()}.")
    return entry


def _context(entry: WaitingEntry, **more: object) -> dict[str, Any]:
    return {
        "wish": in_words(weekdays=entry.weekdays, parts=entry.parts),
        "offer_hours": settings.CALL_OFFER_HOURS,
        "kept_days": settings.CALL_KEPT_DAYS,
        "most_missed": MOST_MISSED,
        "days_to_confirm": DAYS_TO_CONFIRM,
        "leave_url": absolute(waiting_path(entry)),
        **public_pages(entry),
        **more,
    }
