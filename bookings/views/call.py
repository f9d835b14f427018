"""Somebody's own call: opened by the link in their e-mail, without an account."""

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions import cancel
from bookings.calendars import own_calendar
from bookings.links import booking_for, call_path
from bookings.models import Booking
from bookings.promises import TRIES
from bookings.views.personal import personal
from sendguide.lib.calendar_files import Method


@require_safe
@personal
def call(request: HttpRequest, token: str) -> HttpResponse:
    """What is booked, and how it stands. Looking changes nothing: mail scanners follow links."""
    booking, now = booking_for(token), timezone.now()
    context = {
        "booking": booking,
        "can_change": booking.is_to_come(now),
        "is_now": booking.starts_at <= now < booking.ends_at and not booking.outcome,
        "was_reached": booking.outcome != Booking.Outcome.NOT_REACHED,
        "calls_come_from": settings.CALLS_COME_FROM,
        "tries": apnumber(TRIES),
        **{f"{name}_path": call_path(booking, f"call_{name}") for name in ("move", "cancel", "calendar")},
    }
    return render(request, "bookings/call.html", context)


@require_safe
@personal
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Also of a cancelled call: the file takes it out of a calendar that has it."""
    content = own_calendar(booking_for(token), Method.PUBLISH)
    headers = {"Content-Disposition": 'attachment; filename="call.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def call_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once. What is over, or was cancelled before, explains itself on its own page."""
    booking, now = booking_for(token), timezone.now()
    if request.method == "POST":
        cancel(booking=booking, now=now)
    elif booking.is_to_come(now):
        paths = {"call_path": call_path(booking), "move_path": call_path(booking, "call_move")}
        return render(request, "bookings/cancel.html", {"booking": booking, **paths})
    return redirect(call_path(booking))
