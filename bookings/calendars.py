"""Calls as calendar entries: a family's own call, and an adviser's diary to subscribe to."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from bookings.models import Adviser, Booking
from sendguide.lib.calendar_files import Entry, Method, calendar_file

# Neutral on purpose: calendars are seen by colleagues and families.
SUMMARY = "Phone call (SEND Guide)"
DESCRIPTION = "We call you. The e-mail about it has a link to move or cancel the call."


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def own_calendar(booking: Booking, method: Method) -> bytes:
    """A family's call. It keeps its UID for life; taking it out has a higher sequence than putting it in."""
    entry = Entry(
        uid=f"call-{booking.pk}@{host()}",
        sequence=booking.sequence,
        stamp=booking.updated_at,
        starts=booking.starts_at,
        ends=booking.ends_at,
        summary=SUMMARY,
        description="" if booking.is_cancelled else DESCRIPTION,
        organiser="" if method == Method.PUBLISH else settings.CONTACT_EMAIL,
        attendee="" if method == Method.PUBLISH else booking.email,
        is_cancelled=booking.is_cancelled,
        reminder=None if booking.is_cancelled else timedelta(minutes=15),
    )
    return calendar_file([entry], method=method)


def adviser_calendar(adviser: Adviser, bookings: Iterable[Booking]) -> bytes:
    """An adviser's calls, with nothing personal in it: what they need to know stands in their diary."""
    entries = (
        Entry(
            uid=f"adviser-call-{booking.pk}@{host()}",
            sequence=booking.sequence,
            stamp=booking.updated_at,
            starts=booking.starts_at,
            ends=booking.ends_at,
            summary=f"Support call {booking.reference}",
            is_cancelled=booking.is_cancelled,
        )
        for booking in bookings
    )
    return calendar_file(entries, name=f"Support calls: {adviser}")
