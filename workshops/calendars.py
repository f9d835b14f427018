"""Workshops as calendar entries: dates for everybody, and somebody's own place."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

from sendguide.lib.calendar_files import Entry, Method, calendar_file
from sendguide.templatetags.page import absolute
from workshops.models import SignUp, Workshop, WorkshopDate

# Neutral on purpose: calendars are seen by colleagues and families.
OWN_SUMMARY = "Online workshop (SEND Guide)"
OWN_DESCRIPTION = "The link to join comes by e-mail."
PUBLIC_NAME = "SEND Guide: online workshops"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def public_calendar(dates: Iterable[WorkshopDate], name: str = PUBLIC_NAME) -> bytes:
    """To subscribe to. Cancelled dates stay in it, so that calendars take them out."""
    # What entries say of their workshop is put into words once for each workshop: there may be hundreds of dates.
    about = cache(_about)
    return calendar_file((_public_entry(date, *about(date.workshop)) for date in dates), name=name)


def _about(workshop: Workshop) -> tuple[str, str]:
    """What it is about and for whom, and its address."""
    return f"{workshop.summary} {workshop.for_whom}.", absolute(workshop.get_absolute_url())


def own_calendar(sign_up: SignUp, method: Method) -> bytes:
    """Somebody's place. It keeps its UID for life; taking it out needs a higher sequence than putting it in."""
    date, is_cancel = sign_up.date, method == Method.CANCEL
    entry = Entry(
        uid=f"workshop-place-{sign_up.pk}@{host()}",
        sequence=date.sequence + is_cancel,
        stamp=date.updated_at,
        starts=date.starts_at,
        ends=date.ends_at,
        summary=f"Example: {OWN_SUMMARY}" if date.is_example else OWN_SUMMARY,
        description="" if is_cancel else OWN_DESCRIPTION,
        organiser="" if method == Method.PUBLISH else settings.CONTACT_EMAIL,
        attendee="" if method == Method.PUBLISH else sign_up.email,
        reminder=timedelta(minutes=30),
    )
    return calendar_file([entry], method=method)


def _public_entry(date: WorkshopDate, description: str, url: str) -> Entry:
    title = date.workshop.title
    return Entry(
        uid=f"workshop-date-{date.pk}@{host()}",
        sequence=date.sequence,
        stamp=date.updated_at,
        starts=date.starts_at,
        ends=date.ends_at,
        summary=f"Example: {title}" if date.is_example else title,
        description=description,
        url=url,
        is_cancelled=date.is_cancelled,
    )
