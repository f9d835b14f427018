"""Booking a call for somebody: a page that keeps all that was typed until a time is found."""

from http import HTTPStatus

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

REFUSALS = {Reason.TAKEN: TAKEN, Reason.HAS_A_CALL: THEY_HAVE_A_CALL}
# The time has a part of the page of its own.
FIELDSETS = [
    ("Who it is", {"fields": ["name", "phone", "email", "word"]}),
    ("How to call", {"fields": ["may_say_who", "may_leave_message", "access_needs", "access_details"]}),
    ("What about", {"fields": ["about"]}),
]


def book_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perms([SEE_CALLS, CHANGE_CALLS]):
        raise PermissionDenied
    now, problem = timezone.now(), ""
    form = StaffBookingForm(request.POST or None, now=now)
    if form.is_valid():
        try:
            booking = book(start=form.start_at, caller=form.caller(), now=now, by=request.user)  # type: ignore[arg-type]  # staff are logged in
        except Refused as refused:
            problem = REFUSALS[refused.reason]
            form = StaffBookingForm(request.POST, now=now)
        else:
            return _booked(request, booking)
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


def _booked(request: HttpRequest, booking: Booking) -> HttpResponse:
    when = f"{full_date_and_time(booking.starts_at)}, with {booking.adviser.name}"
    told = "They will be e-mailed." if booking.email else "Tell them: there is no e-mail address."
    admin.site.get_model_admin(Booking).log_addition(request, booking, "Booked for somebody.")
    messages.success(request, f"The call is booked: {when}. Its reference is {booking.reference}. {told}")
    if calls_for(request.user).filter(pk=booking.pk).exists():
        return redirect("admin:bookings_booking_change", booking.pk)
    return redirect("admin:bookings_diary")
