"""Every e-mail about workshops: one function each.

They are called when the e-mail is sent, perhaps long after it was queued: each looks whether it is still true.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sendguide.lib.calendar_files import Method
from sendguide.lib.dates import date_and_time
from sendguide.outbox.registry import Calendar, Email, NotNeeded, email
from sendguide.templatetags.page import absolute
from workshops.calendars import own_calendar
from workshops.links import place_path
from workshops.models import SignUp

Details = dict[str, Any]


@email("workshops.placed", called="Workshop: you have a place")
def placed(about: int, details: Details) -> Email:
    sign_up = _still(about, SignUp.Status.PLACED)
    return Email(
        subject=f"You have a place: {sign_up.date.workshop}",
        template="emails/workshops/placed",
        context=_context(sign_up, will_be_reminded=_will_be_reminded(sign_up)),
        calendar=_entry(sign_up, Method.REQUEST),
        only_to=sign_up.email,
    )


@email("workshops.promoted", called="Workshop: a place came free for you")
def promoted(about: int, details: Details) -> Email:
    sign_up = _still(about, SignUp.Status.PLACED)
    return Email(
        subject=f"A place is yours now: {sign_up.date.workshop}",
        template="emails/workshops/promoted",
        context=_context(sign_up),
        calendar=_entry(sign_up, Method.REQUEST),
        only_to=sign_up.email,
    )


@email("workshops.waiting", called="Workshop: you are on the waiting list")
def waiting(about: int, details: Details) -> Email:
    sign_up = _still(about, SignUp.Status.WAITING)
    return Email(
        subject=f"You are on the waiting list: {sign_up.date.workshop}",
        template="emails/workshops/waiting",
        context=_context(sign_up, position=sign_up.position(), cut_off_hours=settings.WAITING_CUT_OFF_HOURS),
        only_to=sign_up.email,
    )


@email("workshops.already", called="Workshop: you had signed up before")
def already(about: int, details: Details) -> Email:
    sign_up = _still(about, *SignUp.LIVE)
    return Email(
        subject=f"You had signed up before: {sign_up.date.workshop}",
        template="emails/workshops/already",
        context=_context(sign_up),
        only_to=sign_up.email,
    )


@email("workshops.given_back", called="Workshop: you gave your place back")
def given_back(about: int, details: Details) -> Email:
    sign_up = _still(about, SignUp.Status.GIVEN_BACK)
    return Email(
        subject=f"You gave your place back: {sign_up.date.workshop}",
        template="emails/workshops/given_back",
        context=_context(sign_up),
        calendar=_entry(sign_up, Method.CANCEL),
        only_to=sign_up.email,
    )


@email("workshops.date_changed", called="Workshop: new time or link")
def date_changed(about: int, details: Details) -> Email:
    sign_up = _still(about, *SignUp.LIVE)
    if details["sequence"] != sign_up.date.sequence:
        raise NotNeeded("The date was changed again since: a later e-mail says so.")
    was = [datetime.fromisoformat(moment) for moment in details["was"] or ()]
    what = "Your link to join" if details["is_first_link"] else "Changed"
    flags = {name: details[name] for name in ("is_first_link", "has_new_link")}
    return Email(
        subject=f"{what}: {_what_and_when(sign_up)}",
        template="emails/workshops/date_changed",
        context=_context(sign_up, was=was, **flags),
        calendar=_entry(sign_up, Method.REQUEST) if sign_up.is_placed else None,
        only_to=sign_up.email,
    )


@email("workshops.date_cancelled", called="Workshop: cancelled")
def date_cancelled(about: int, details: Details) -> Email:
    sign_up = _sign_up(about)
    return Email(
        subject=f"Cancelled: {_what_and_when(sign_up)}",
        template="emails/workshops/date_cancelled",
        context=_context(sign_up),
        calendar=_entry(sign_up, Method.CANCEL) if sign_up.placed_at else None,
        only_to=sign_up.email,
    )


@email("workshops.list_closed", called="Workshop: no place came free")
def list_closed(about: int, details: Details) -> Email:
    sign_up = _still(about, SignUp.Status.LAPSED)
    return Email(
        subject=f"No place came free: {sign_up.date.workshop}",
        template="emails/workshops/list_closed",
        context=_context(sign_up),
        only_to=sign_up.email,
    )


@email("workshops.reminder", called="Workshop: reminder")
def reminder(about: int, details: Details) -> Email:
    sign_up = _still(about, SignUp.Status.PLACED)
    if details["starts_at"] != sign_up.date.starts_at.isoformat():
        raise NotNeeded("The date was moved since.")
    return Email(
        subject=f"Soon: {_what_and_when(sign_up)}",
        template="emails/workshops/reminder",
        context=_context(sign_up),
        calendar=_entry(sign_up, Method.REQUEST),
        only_to=sign_up.email,
    )


@email("workshops.message", called="Workshop: message from us")
def message(about: int, details: Details) -> Email:
    """From staff to everybody with a place: also afterwards, with the slides."""
    sign_up = _as_it_is(_found(about), SignUp.Status.PLACED)
    has_begun = sign_up.date.starts_at <= timezone.now()
    return Email(
        subject=details["subject"],
        template="emails/workshops/message",
        context=_context(sign_up, text=details["text"], has_begun=has_begun),
        only_to=sign_up.email,
    )


def _sign_up(pk: int) -> SignUp:
    found = _found(pk)
    if found.date.starts_at <= timezone.now():
        raise NotNeeded("The workshop has begun or is over.")
    return found


def _found(pk: int) -> SignUp:
    found = SignUp.objects.select_related("date__workshop", "council").filter(pk=pk).first()
    if found is None or not found.email:
        raise NotNeeded("The sign-up has been deleted.")
    return found


def _still(pk: int, *statuses: str) -> SignUp:
    return _as_it_is(_sign_up(pk), *statuses)


def _as_it_is(found: SignUp, *statuses: str) -> SignUp:
    if found.status not in statuses:
        raise NotNeeded(f"The person {found.get_status_display()} since.")
    return found


def _context(sign_up: SignUp, **more: object) -> dict[str, Any]:
    date, council = sign_up.date, sign_up.council
    return {
        "sign_up": sign_up,
        "date": date,
        "workshop": date.workshop,
        "place_url": absolute(place_path(sign_up)),
        "workshop_url": absolute(date.workshop.get_absolute_url()),
        "workshops_url": absolute(reverse("workshop_list")),
        "local_help_url": absolute(council.get_absolute_url()) if council else "",
        **more,
    }


def _will_be_reminded(sign_up: SignUp) -> bool:
    """Who gets the place on the last day has just read everything."""
    return (sign_up.placed_at or sign_up.created_at) < sign_up.date.starts_at - timedelta(days=1)


def _entry(sign_up: SignUp, method: Method) -> Calendar:
    return Calendar(own_calendar(sign_up, method), method)


def _what_and_when(sign_up: SignUp) -> str:
    return f"{sign_up.date.workshop}, {date_and_time(sign_up.date.starts_at)}"
