"""The programme: upcoming dates, past ones, one workshop."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guides.models import Council, Topic
from guides.views.http import public_reading
from guides.views.places import asked_council, near
from workshops.models import Workshop, WorkshopDate
from workshops.structured_data import event_data
from workshops.upcoming import Programme, by_month

DATES_A_PAGE = 40
# Of one workshop; the programme has them all.
DATES_OF_ONE = 60


@require_safe
@public_reading("topic", "area", "page", never_with=["near"])
def workshop_list(request: HttpRequest) -> HttpResponse:
    programme, council = Programme.from_database(), asked_council(request)
    topics = programme.topics()
    topic = next((topic for topic in topics if topic.slug == request.GET.get("topic")), None)
    chosen = programme.narrowed(topic=topic.slug if topic else "", council=council)
    dates_of = chosen.number_of_dates()
    pages = Paginator(chosen.upcoming(), DATES_A_PAGE)
    pages.count = sum(dates_of.values())  # which it would ask the database for
    page = pages.get_page(request.GET.get("page"))
    without_dates = [workshop for pk, workshop in chosen.workshops.items() if pk not in dates_of]
    context = {
        "topics": topics,
        "topic": topic,
        "council": council,
        "near": near(request, council, _path(topic)) if council else [],
        "page": page,
        "months": by_month(chosen.with_workshops(page.object_list)),
        # What has no date yet is shown all the same, on the last page.
        "without_dates": [] if page.has_next() else without_dates,
        "closed_here": _closed_here(programme.narrowed(topic=topic.slug if topic else ""), council),
    }
    return render(request, "workshops/workshop_list.html", context)


def _path(topic: Topic | None) -> str:
    return f"{reverse('workshop_list')}?topic={topic.slug}" if topic else reverse("workshop_list")


def _closed_here(programme: Programme, council: Council | None) -> list[Workshop]:
    """Workshops that are not for ``council``: said openly, rather than left out without a word."""
    if council is None:
        return []
    return [workshop for workshop in programme.workshops.values() if not workshop.is_open_to(council)]


@require_safe
@public_reading("page")
def past(request: HttpRequest) -> HttpResponse:
    page = Paginator(WorkshopDate.objects.past().for_cards(), DATES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "workshops/past.html", {"page": page, "months": by_month(page)})


@require_safe
@public_reading("area")
def workshop(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Workshop.objects.published().with_area(), slug=slug)
    dates = list(found.dates.upcoming()[:DATES_OF_ONE])
    for date in dates:
        date.workshop = found
    council = asked_council(request)
    context = {
        "workshop": found,
        "dates": dates,
        "council": council,
        "is_open_here": council is None or found.is_open_to(council),
        "events": [event_data(date) for date in dates if not date.is_example],
    }
    return render(request, "workshops/workshop.html", context)
