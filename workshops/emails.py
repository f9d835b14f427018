"""Every e-mail about workshops: one function each.

They are called when the e-mail is sent, perhaps long after it was queued: each looks whether it is still true.
"""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from guides.models import Council
from sendguide.lib.calendar_files import Method
from sendguide.lib.dates import date_and_time
from sendguide.outbox.registry import Calendar, Email, NotNeeded, email
from sendguide.templatetags.page import absolute
from workshops.calendars import own_calendar
from workshops.links import place_path
from workshops.models import SignUp

Details = dict[str, Any]


@email("workshops.placed")
def placed(about: int, details: Details) -> Email:
    return _with_entry("emails/workshops/placed", "You have a place: {title}", _still(about, SignUp.Status.PLACED))


@email("workshops.promoted")
def promoted(about: int, details: Details) -> Email:
    return _with_entry(
        "emails/workshops/promoted", "A place is yours now: {title}", _still(about, SignUp.Status.PLACED)
    )


@email("workshops.waiting")
def waiting(about: int, details: Details) -> Email:
    sign_up = _still(about, SignUp.Status.WAITING)
    return _plain(
        "emails/workshops/waiting", "You are on the waiting list: {title}", sign_up, position=sign_up.position()
    )


@email("workshops.already")
def already(about: int, details: Details) -> Email:
    sign_up = _still(about, *SignUp.LIVE)
    return _plain("emails/workshops/already", "You had signed up before: {title}", sign_up)


@email("workshops.given_back")
def given_back(about: int, details: Details) -> Email:
    sign_up = _still(about, SignUp.Status.GIVEN_BACK)
    return _plain("emails/workshops/given_back", "You gave your place back: {title}", sign_up, calendar=Method.CANCEL)


@email("workshops.date_changed")
def date_changed(about: int, details: Details) -> Email:
    sign_up = _still(about, *SignUp.LIVE)
    method = Method.REQUEST if sign_up.is_placed else None
    return _plain("emails/workshops/date_changed", "Changed: {title}, {when}", sign_up, calendar=method)


@email("workshops.date_cancelled")
def date_cancelled(about: int, details: Details) -> Email:
    sign_up = _sign_up(about)
    method = Method.CANCEL if sign_up.placed_at else None
    return _plain("emails/workshops/date_cancelled", "Cancelled: {title}, {when}", sign_up, calendar=method)


@email("workshops.list_closed")
def list_closed(about: int, details: Details) -> Email:
    return _plain("emails/workshops/list_closed", "No place came free: {title}", _still(about, SignUp.Status.LAPSED))


@email("workshops.reminder")
def reminder(about: int, details: Details) -> Email:
    return _plain("emails/workshops/reminder", "Soon: {title}, {when}", _still(about, SignUp.Status.PLACED))


@email("workshops.message")
def message(about: int, details: Details) -> Email:
    """From staff to everybody with a place."""
    return _plain(
        "emails/workshops/message", details["subject"], _still(about, SignUp.Status.PLACED), text=details["text"]
    )


def _sign_up(pk: int) -> SignUp:
    found = SignUp.objects.select_related("date__workshop", "council").filter(pk=pk).first()
    if found is None or not found.email:
        raise NotNeeded("The sign-up has been deleted.")
    if found.date.starts_at <= timezone.now():
        raise NotNeeded("The workshop has begun or is over.")
    return found


def _still(pk: int, *statuses: str) -> SignUp:
    found = _sign_up(pk)
    if found.status not in statuses:
        raise NotNeeded(f"The person {found.get_status_display()} since.")
    return found


def _with_entry(template: str, subject: str, sign_up: SignUp) -> Email:
    return _plain(template, subject, sign_up, calendar=Method.REQUEST)


def _plain(template: str, subject: str, sign_up: SignUp, *, calendar: Method | None = None, **more: object) -> Email:
    date = sign_up.date
    context = {
        "sign_up": sign_up,
        "date": date,
        "workshop": date.workshop,
        "place_url": absolute(place_path(sign_up)),
        "workshop_url": absolute(date.workshop.get_absolute_url()),
        "workshops_url": absolute(reverse("workshop_list")),
        "local_help_url": _local_help(sign_up.council),
        **more,
    }
    subject = subject.replace("{title}", date.workshop.title).replace("{when}", date_and_time(date.starts_at))
    part = Calendar(own_calendar(sign_up, calendar), calendar) if calendar else None
    return Email(subject=subject, template=template, context=context, calendar=part)


def _local_help(council: Council | None) -> str:
    return absolute(council.get_absolute_url()) if council else ""
