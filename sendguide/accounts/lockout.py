"""After too many wrong passwords: how they are counted, and what somebody sees who has to wait.

They are counted in the database (django-axes), so that it holds on every machine. Each try is counted by name and
connection together: who mistypes locks out nobody else, and a stranger who tries out passwords does not lock out the
person whose name it is. Much higher limits stand behind it, for a name from everywhere, and for a connection with all
names.
"""

import math
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sendguide.guard.answers import in_words
from sendguide.guard.rate_limit import visitor_address

# So many times LOGIN_TRIES, with one name from everywhere or with all names from one connection.
WIDER = 10


class Tries(AxesDatabaseHandler):
    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Of the name from this connection; or, if that is more, the part of what came from a wider circle."""
        here: int = super().get_failures(request, credentials)
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        wider = recent.aggregate(
            name=Sum("failures_since_start", filter=Q(username=get_client_username(request, credentials))),
            address=Sum("failures_since_start", filter=Q(ip_address=address_of(request))),
        )
        return max(here, *((count or 0) // WIDER for count in wider.values()))


def address_of(request: HttpRequest) -> str | None:
    """As for every form, what a visitor wrote into X-Forwarded-For is not believed. Of IPv6 the network, as address.

    None where a program logs somebody in and nobody is connected.
    """
    return visitor_address(request).partition("/")[0] if "REMOTE_ADDR" in request.META else None


def nobody_named(*_: Any) -> str:
    """Whom django-axes speaks of in logs: they hold neither names nor addresses. The staff site has both."""
    return "somebody"


def locked_out_page(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """429, with how long it lasts and who can help."""
    name, address = get_client_username(request, credentials), address_of(request)
    tries = AccessAttempt.objects.all()
    wait = _wait(tries.filter(username=name, ip_address=address))
    if not wait:
        wait = _wait(tries.filter(Q(username=name) | Q(ip_address=address))) or settings.AXES_COOLOFF_TIME
    context = {**admin.site.each_context(request), "title": "Too many wrong passwords", "wait": in_words(wait)}
    page = render(request, "admin/accounts/locked_out.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    page.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    page.headers["Cache-Control"] = "no-store"
    return page


def _wait(tries: QuerySet) -> timedelta:
    """Until the last of ``tries`` counts no more; nought if none does."""
    last = tries.aggregate(last=Max("attempt_time"))["last"]
    return max(last + settings.AXES_COOLOFF_TIME - timezone.now(), timedelta()) if last else timedelta()
