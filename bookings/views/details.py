"""The second step of booking a call: whom to call. What is sent books it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions import Caller, Reason, Refused, book
from bookings.actions.callers import SAID
from bookings.availability import free_times
from bookings.forms import DetailsForm
from bookings.links import call_path
from bookings.models import Booking
from bookings.views.asked import Asked
from bookings.views.times import TimesPage
from bookings.weeks import nearest
from guides.views.http import UNKEPT, with_headers
from sendguide.guard.answers import form_for_later
from sendguide.guard.rate_limit import wait_after
from sendguide.lib.dates import uk_day

TEMPLATE = "bookings/details.html"


@require_http_methods(["GET", "HEAD", "POST"])
def call_details(request: HttpRequest) -> HttpResponse:
    return with_headers(_sent(request) if request.method == "POST" else _opened(request), UNKEPT)


@require_safe
def check_your_email(request: HttpRequest) -> HttpResponse:
    """Where a program is led that filled in the form. It learns nothing, and a person who comes here what to do."""
    return with_headers(render(request, "bookings/check_your_email.html"), UNKEPT)


def _opened(request: HttpRequest) -> HttpResponse:
    """The form, if there is a time that is free; else the times once more."""
    page = TimesPage.now(request)
    chosen = page.form(request.GET)
    if not chosen.is_valid():
        return page.show(chosen, HTTPStatus.UNPROCESSABLE_ENTITY)
    start = chosen.cleaned_data["start"]
    if start not in page.free.at_all:
        # The Back button leads here from the call that was booked a moment ago.
        return page.show(status=HTTPStatus.CONFLICT, is_taken=True)
    return Visit(request, page.asked, page.moment).show(DetailsForm(initial={"start": start}), start)


def _sent(request: HttpRequest) -> HttpResponse:
    visit, form = Visit(request, Asked.by(request), timezone.now()), DetailsForm(request.POST)
    if not form.is_valid():
        return visit.show(form, visit.time_of(form), HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_bot:
        return redirect("call_check_your_email")
    now = visit.moment
    if wait := wait_to_book(request, form, now):
        return form_for_later(request, TEMPLATE, visit.context(form, visit.time_of(form)), wait=wait)
    try:
        booking = book(start=form.cleaned_data["start"], caller=visit.caller(form), now=now)
    except Refused as refused:
        if refused.reason == Reason.HAS_A_CALL:
            form.refuse_second_call()
        return visit.show(form, visit.time_of(form), HTTPStatus.CONFLICT)
    return redirect(call_path(booking))


def wait_to_book(request: HttpRequest, form: DetailsForm, now: datetime) -> timedelta:
    """How long to wait before this valid form is taken; nought: not at all."""
    email, an_hour = form.cleaned_data["email"], settings.CALLS_AN_HOUR
    return wait_after("bookings.book", request, email, an_hour=an_hour, now=now)


def _is_theirs(submission_id: UUID | None, start: datetime) -> bool:
    """Whether this form has booked the time before: who goes back to mend something finds it taken by themselves."""
    calls = Booking.objects.upcoming().filter(starts_at=start)
    return submission_id is not None and calls.filter(submission_id=submission_id).exists()


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who fills in the form, which is never kept: it says what is free now."""

    request: HttpRequest
    asked: Asked
    moment: datetime

    def time_of(self, form: DetailsForm) -> datetime | None:
        """The time that ``form`` holds. If that is not free, ``form`` shows others that are."""
        start, submission_id = form.cleaned_data.get("start"), form.cleaned_data.get("submission_id")
        free = free_times(self.asked.wanted, self.moment)
        if start and (start in free.at_all or _is_theirs(submission_id, start)):
            return start
        form.choose_again(nearest(free.at_all, start or self.moment))
        return None

    def show(self, form: DetailsForm, start: datetime | None, status: int = HTTPStatus.OK) -> HttpResponse:
        return render(self.request, TEMPLATE, self.context(form, start), status=status)

    def context(self, form: DetailsForm, start: datetime | None) -> dict[str, object]:
        week = self.asked.in_week(uk_day(start) if start else None)
        return {
            "form": form,
            "asked": self.asked,
            "start": start,
            "times_path": week.path("support_call"),
            "waiting_path": self.asked.in_week(None).path("call_waiting_join"),
            "kept_days": settings.CALL_KEPT_DAYS,
        }

    def caller(self, form: DetailsForm) -> Caller:
        said = {name: form.cleaned_data[name] for name in (*SAID, "submission_id")}
        return Caller(wanted=self.asked.wanted, **said)
