"""Somebody's own place: opened by the link in their e-mail, without an account."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guides.views.http import PERSONAL, dead_link, with_headers
from sendguide.lib.calendar_files import Method
from workshops.actions import give_back
from workshops.calendars import own_calendar
from workshops.links import place_path, sign_up_for
from workshops.models import SignUp


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, token: str) -> HttpResponse:
    """What they have, and a button to give it back. Looking changes nothing: mail scanners follow links."""
    sign_up = _sign_up(token)
    if sign_up is None:
        return _dead_link(request)
    if request.method == "POST":
        give_back(sign_up=sign_up, now=timezone.now())
        return with_headers(redirect(place_path(sign_up)), PERSONAL)
    now = timezone.now()
    context = {
        "sign_up": sign_up,
        "date": sign_up.date,
        "workshop": sign_up.date.workshop,
        "position": sign_up.position() if sign_up.is_waiting else None,
        "waiting": sign_up.date.sign_ups.waiting().count(),
        "cut_off_hours": settings.WAITING_CUT_OFF_HOURS,
        "is_over": sign_up.date.starts_at <= now,
        "can_sign_up_again": not sign_up.is_live and sign_up.date.is_public and not sign_up.date.closed_because(now),
        "calendar_path": place_path(sign_up, "place_calendar"),
    }
    return with_headers(render(request, "workshops/place.html", context), PERSONAL)


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    sign_up = _sign_up(token)
    if sign_up is None or not sign_up.is_placed:
        return _dead_link(request)
    content = own_calendar(sign_up, Method.PUBLISH)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    return with_headers(response, {**PERSONAL, "Content-Disposition": 'attachment; filename="workshop.ics"'})


def _sign_up(token: str) -> SignUp | None:
    """None for a forged, a revoked and an unknown link alike."""
    try:
        return sign_up_for(token)
    except (signing.BadSignature, SignUp.DoesNotExist, ValueError, TypeError):
        return None


def _dead_link(request: HttpRequest) -> HttpResponse:
    return dead_link(request, "workshops/dead_link.html")
