"""Booking a call for somebody: a page that keeps all that was typed until a time is found."""

from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from bookings.actions import Reason, Refused, book
from bookings.forms.free_times import TAKEN
from bookings.forms.staff import THEY_HAVE_A_CALL, StaffBookingForm
from bookings.models import Booking
from bookings.rights import CHANGE_CALLS, SEE_CALLS, calls_for
from sendguide.lib.dates import full_date_and_time

# Of a page that was sent once more, after Back.
ENDED = (
    "This page has booked a call before, and that call {}. Nothing is booked now. To book another one with what stands "
    "here, look at the time and press “Book this call” again."
)
REFUSALS = {
    Reason.TAKEN: TAKEN,
    Reason.HAS_A_CALL: THEY_HAVE_A_CALL,
    Reason.CANCELLED: ENDED.format("has been cancelled"),
    Reason.BEGUN: ENDED.format("has begun, or is over"),
}
WHO_AND_HOW = [
    ("Who it is", {"fields": ["name", "phone", "email", "word"]}),
    ("How to call", {"fields": ["may_say_who", "may_leave_message", "access_needs", "access_details"]}),
]
# Time, topic and council have a part of the page of their own.
FIELDSETS = [*WHO_AND_HOW, ("What about", {"fields": ["about"]})]


def book_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perms([SEE_CALLS, CHANGE_CALLS]):
        raise PermissionDenied
    now, problem = timezone.now(), ""
    form = StaffBookingForm(request.POST or None, now=now)
    if form.is_valid():
        try:
            booking = _book(request, form, now)
        except Refused as refused:
            problem = REFUSALS[refused.reason]
            typed = request.POST.copy()
            if refused.reason in {Reason.CANCELLED, Reason.BEGUN}:
                typed["submission_id"] = str(uuid4())
            form = StaffBookingForm(typed, now=now)
        else:
            return _booked(request, booking, now)
    desk = admin.site.get_model_admin(Booking)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem or form.errors else HTTPStatus.OK
    context = {
        **admin.site.each_context(request),
        "title": "Book a call for somebody",
        "form": form,
        "adminform": AdminForm(form, FIELDSETS, {}, model_admin=desk),  # type: ignore[arg-type]  # any form will do
        "problem": problem,
        "calls_come_from": settings.CALLS_COME_FROM,
    }
    return TemplateResponse(request, "admin/bookings/book_for.html", context, status=status)


def _book(request: HttpRequest, form: StaffBookingForm, now: datetime) -> Booking:
    """Raises Refused, also if what this page has booked before was cancelled or has begun."""
    booking = book(start=form.start_at, caller=form.caller(), now=now, by=request.user)  # type: ignore[arg-type]  # staff are logged in
    if _is_new(booking, now) or booking.is_to_come(now):
        return booking
    raise Refused(Reason.CANCELLED if booking.is_cancelled else Reason.BEGUN)


def _is_new(booking: Booking, now: datetime) -> bool:
    """Not by the same page sent before."""
    return booking.created_at == now


def _booked(request: HttpRequest, booking: Booking, now: datetime) -> HttpResponse:
    when = f"{full_date_and_time(booking.starts_at)}, with {booking.adviser.name}"
    told = "They will be e-mailed." if booking.email else "Tell them: there is no e-mail address."
    if _is_new(booking, now):
        admin.site.get_model_admin(Booking).log_addition(request, booking, "Booked for somebody.")
    messages.success(request, f"The call is booked: {when}. Its reference is {booking.reference}. {told}")
    if calls_for(request.user).filter(pk=booking.pk).exists():
        return redirect("admin:bookings_booking_change", booking.pk)
    return redirect("admin:bookings_diary")
