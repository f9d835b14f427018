"""The address at which an adviser's own calendar program finds their calls."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from bookings.actions.advisers import reset_feed
from bookings.links import feed_path
from bookings.models import Adviser
from bookings.rights import MANAGE_ADVISERS, SEE_CALLS, own_adviser


def my_calendar_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(SEE_CALLS):
        raise PermissionDenied
    adviser = own_adviser(request.user)
    context = {**admin.site.each_context(request), "title": "My calendar"}
    if adviser is None:
        return TemplateResponse(request, "admin/bookings/no_adviser.html", context, status=404)
    if request.method == "POST":
        _reset(request, adviser)
        messages.success(request, "Your calendar has a new address. The old one has stopped: subscribe to this one.")
        return redirect("admin:bookings_my_calendar")
    path = feed_path(adviser)
    # What calendar programs know as “subscribe to this”.
    context["subscribe"] = f"webcal://{urlsplit(settings.SITE_URL).netloc}{path}"
    context["address"] = f"{settings.SITE_URL}{path}"
    return TemplateResponse(request, "admin/bookings/my_calendar.html", context)


def new_calendar_view(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever manages advisers: a phone was lost, say. Only the adviser learns the new address."""
    if not request.user.has_perm(MANAGE_ADVISERS):
        raise PermissionDenied
    adviser = get_object_or_404(Adviser, pk=pk)
    if request.method == "POST":
        _reset(request, adviser)
        messages.success(request, f"The calendar address of {adviser} has stopped. “My calendar” shows them a new one.")
    return redirect("admin:bookings_adviser_change", pk)


def _reset(request: HttpRequest, adviser: Adviser) -> None:
    reset_feed(adviser=adviser)
    admin.site.get_model_admin(Adviser).log_change(request, adviser, "Made a new address for the calendar.")
