"""Calendars to subscribe to. Programs ask for them every few hours: what has not changed is not written again."""

from typing import Any

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import condition, require_safe

from guides.views.http import public
from workshops.calendars import PUBLIC_NAME, public_calendar
from workshops.models import Workshop, WorkshopDate
from workshops.models.dates import WorkshopDateQuerySet
from workshops.upcoming import Programme

TYPE = "text/calendar; charset=utf-8"
# Some forty weeks with two dates on each working day.
MOST = 400


def _dates(slug: str = "") -> WorkshopDateQuerySet:
    dates = WorkshopDate.objects.not_over()
    return dates.filter(workshop__slug=slug) if slug else dates


def _etag(request: HttpRequest, slug: str = "") -> str:
    """Changes with every date that is saved, comes or goes, and with every workshop that is saved."""
    changes: dict[str, Any] = _dates(slug).aggregate(
        dates=Count("pk"), last=Max("updated_at"), texts=Max("workshop__updated_at")
    )
    return f'"{changes["dates"]} {changes["last"]} {changes["texts"]}"'


def _with_area(dates: WorkshopDateQuerySet) -> list[WorkshopDate]:
    """With their workshops, which dates share: each is read once, with its councils. Three queries."""
    found = list(dates[:MOST])
    workshops = Workshop.objects.with_area().defer(*Workshop.LONG).in_bulk({date.workshop_id for date in found})
    return Programme(workshops).with_workshops(found)


@require_safe
@public
@condition(etag_func=_etag)
def all_dates(request: HttpRequest) -> HttpResponse:
    return HttpResponse(public_calendar(_with_area(_dates())), content_type=TYPE)


@require_safe
@public
@condition(etag_func=_etag)
def one_workshop(request: HttpRequest, slug: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.published(), slug=slug)
    return HttpResponse(
        public_calendar(_with_area(_dates(slug)), f"{PUBLIC_NAME}: {workshop.title}"), content_type=TYPE
    )
