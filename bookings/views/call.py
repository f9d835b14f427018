"""Somebody's own call: opened by the link in their e-mail, without an account."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions import cancel
from bookings.calendars import own_calendar
from bookings.links import booking_for, call_path
from bookings.models import Booking
from guides.views.http import UNKEPT, with_headers
from sendguide.lib.calendar_files import Method

# Nobody learns the link from us. With "no-referrer" browsers would send "Origin: null" with the button, which Django
# has to refuse.
HEADERS = {**UNKEPT, "Referrer-Policy": "strict-origin"}


@require_safe
def call(request: HttpRequest, token: str) -> HttpResponse:
    """What is booked, and how it stands. Looking changes nothing: mail scanners follow links."""
    booking, now = booking_or_404(token), timezone.now()
    context = {
        "booking": booking,
        "can_change": can_change(booking, now),
        "is_now": booking.starts_at <= now < booking.ends_at,
        "was_reached": booking.outcome != Booking.Outcome.NOT_REACHED,
        "calls_come_from": settings.CALLS_COME_FROM,
        **{f"{name}_path": call_path(booking, f"call_{name}") for name in ("move", "cancel", "calendar")},
    }
    return with_headers(render(request, "bookings/call.html", context), HEADERS)


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    booking = booking_or_404(token)
    if booking.is_cancelled:
        raise Http404
    content = own_calendar(booking, Method.PUBLISH)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    return with_headers(response, {**HEADERS, "Content-Disposition": 'attachment; filename="call.ics"'})


@require_http_methods(["GET", "HEAD", "POST"])
def call_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once. What is over, or was cancelled before, explains itself on its own page."""
    booking, now = booking_or_404(token), timezone.now()
    if request.method == "POST":
        cancel(booking=booking, now=now)
    elif can_change(booking, now):
        paths = {"call_path": call_path(booking), "move_path": call_path(booking, "call_move")}
        page = render(request, "bookings/cancel.html", {"booking": booking, **paths})
        return with_headers(page, HEADERS)
    return with_headers(redirect(call_path(booking)), HEADERS)


def can_change(booking: Booking, now: datetime) -> bool:
    return not booking.is_cancelled and booking.starts_at > now


def booking_or_404(token: str) -> Booking:
    """Raises Http404, the same for a forged, a revoked and an unknown link."""
    try:
        return booking_for(token)
    except (signing.BadSignature, Booking.DoesNotExist, ValueError, TypeError) as nothing:
        raise Http404 from nothing
