"""Calendars to subscribe to. They change with every save, and are asked about each time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from guides.views.http import public
from workshops.calendars import PUBLIC_NAME, public_calendar
from workshops.models import Workshop, WorkshopDate

TYPE = "text/calendar; charset=utf-8"


@require_safe
@public
def all_dates(request: HttpRequest) -> HttpResponse:
    dates = WorkshopDate.objects.upcoming().for_cards()
    return HttpResponse(public_calendar(dates), content_type=TYPE)


@require_safe
@public
def one_workshop(request: HttpRequest, slug: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.published(), slug=slug)
    dates = WorkshopDate.objects.upcoming().filter(workshop=workshop).for_cards()
    return HttpResponse(public_calendar(dates, f"{PUBLIC_NAME}: {workshop.title}"), content_type=TYPE)
