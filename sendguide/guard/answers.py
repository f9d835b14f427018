"""What somebody sees who did a thing too often: when to go on, and everything that was typed."""

import math
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

AGAIN = (
    "We have had too many tries from your internet connection, or with this e-mail address. "
    "Wait {}, then press the button again. Everything you typed is still here. "
    'Does that not help? <a href="{}">Write to us, and we will do it for you</a>'
)


def form_for_later(request: HttpRequest, template: str, context: dict[str, Any], *, wait: timedelta) -> HttpResponse:
    """The page with ``context["form"]``, which was sent, as after any other error. 429."""
    contact = reverse("site_page", args=["contact"])
    context["form"].add_error(None, format_html(AGAIN, in_words(wait), contact))
    headers = {"Retry-After": str(math.ceil(wait.total_seconds())), "Cache-Control": "no-store"}
    response = render(request, template, context, status=HTTPStatus.TOO_MANY_REQUESTS)
    for name, value in headers.items():
        response.headers[name] = value
    return response


def in_words(wait: timedelta) -> str:
    """Rounded up, so that nobody is refused once more: 61 seconds → 2 minutes, 61 minutes → 2 hours."""
    minutes = max(1, math.ceil(wait / timedelta(minutes=1)))
    number, unit = (minutes, "minute") if minutes <= 60 else (math.ceil(minutes / 60), "hour")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
