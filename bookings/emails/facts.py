"""What the e-mails say of a call, as it is when they are sent, and whether it can still be said."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from bookings.calendars import own_calendar
from bookings.links import call_path
from bookings.models import Booking, WaitingEntry
from bookings.promises import TRIES
from sendguide.lib.calendar_files import Method
from sendguide.lib.dates import full_date_and_time
from sendguide.outbox.registry import Calendar, NotNeeded
from sendguide.templatetags.page import absolute

Details = dict[str, Any]


def call(pk: int) -> Booking:
    """The call, to come or past. Raises NotNeeded if it was deleted."""
    found = Booking.objects.with_details().filter(pk=pk).first()
    if found is None:
        raise NotNeeded("The call has been deleted.")
    return found


def family_call(pk: int) -> Booking:
    """The same, for its family. Raises NotNeeded also if their details were removed."""
    found = call(pk)
    if not found.email:
        raise NotNeeded("The family's details have been removed.")
    return found


def to_come(booking: Booking) -> Booking:
    """``booking`` if it is still to take place; else raises NotNeeded."""
    if booking.is_cancelled:
        raise NotNeeded("The call was cancelled since.")
    return not_begun(booking)


def not_begun(booking: Booking) -> Booking:
    if booking.starts_at <= timezone.now():
        raise NotNeeded("The time of the call has come or is over.")
    return booking


def cancelled(booking: Booking) -> Booking:
    if not booking.is_cancelled:
        raise NotNeeded("The call is not cancelled.")
    return booking


def latest_move(booking: Booking, details: Details) -> Booking:
    """``booking`` if it has not been moved again."""
    if details["sequence"] != booking.sequence:
        raise NotNeeded("The call was moved again since: a later e-mail says so.")
    return booking


def context(booking: Booking, **more: object) -> dict[str, Any]:
    return {
        "booking": booking,
        "calls_come_from": settings.CALLS_COME_FROM,
        "tries": TRIES,
        "call_url": absolute(call_path(booking)),
        **public_pages(booking),
        **more,
    }


def public_pages(about: Booking | WaitingEntry) -> dict[str, str]:
    """Addresses of pages for everybody. Those to book and to wait on know the family's topic and area."""
    said = {"topic": about.topic and about.topic.slug, "area": about.council and about.council.slug}
    known = {name: slug for name, slug in said.items() if slug}
    query = f"?{urlencode(known)}" if known else ""
    return {
        "book_url": absolute(reverse("support_call")) + query,
        "join_url": absolute(reverse("call_waiting_join")) + query,
        "help_now_url": absolute(reverse("site_page", args=["help-now"])),
        "contact_url": absolute(reverse("site_page", args=["contact"])),
    }


def entry(booking: Booking, method: Method) -> Calendar:
    return Calendar(own_calendar(booking, method), method)


def when(booking: Booking) -> str:
    """The same words in every subject, text and page."""
    return full_date_and_time(booking.starts_at)
