"""The page of search results, and what is suggested while somebody types."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guides.models import Council, GlossaryTerm, Topic
from guides.places import PlaceAnswer, answer_for
from guides.search.answers import Answer
from guides.search.crisis import is_crisis
from guides.search.find import LONGEST_QUERY, find, suggest
from guides.search.misses import count_miss
from guides.search.postcodes import postcode_in
from guides.views.http import NOT_LISTED, PERSONAL, public, with_headers
from guides.views.places import way_on
from sendguide.lib.postcodes import NotAPostcode, PartOnly


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode was typed, and which council it is cannot be said for certain."""

    happened: str
    next_step: str
    choices: list[tuple[Council, str]]


@require_safe
def search_results(request: HttpRequest) -> HttpResponse:
    """Never kept by anybody in between, and named to no other page: what people look for is their own affair."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    postcode, rest = postcode_in(query)
    if postcode and not isinstance((found := answer_for(postcode)).answer, NotAPostcode):
        response = _place_page(request, found, rest)
    else:
        response = _results_page(request, query)
    return with_headers(response, PERSONAL)


@require_safe
@public
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options of the list below the search box, for what is typed so far; nothing is kept of it."""
    found = suggest(request.GET.get("q", ""))
    return with_headers(render(request, "components/suggestions.html", {"suggestions": found}), NOT_LISTED)


def _place_page(request: HttpRequest, found: PlaceAnswer, rest: str) -> HttpResponse:
    """On to an address without the postcode, which so stays in no list of visited pages; it is shown nowhere."""
    if found.council and not rest:
        return redirect(way_on(found.council, "", found.neighbours))
    if found.council:
        return redirect(f"{reverse('search')}?{urlencode({'q': f'{rest} {found.council.short_name}'})}")
    answer = find(rest) if rest else Answer([])
    return _page(request, rest, answer, _place(found))


def _results_page(request: HttpRequest, query: str) -> HttpResponse:
    answer = find(query, as_typed="exact" in request.GET)
    if query and not answer.results:
        found = answer_for(query)
        if isinstance(found.answer, PartOnly):
            return _page(request, "", answer, _place(found))
        if request.method == "GET":
            count_miss(query, timezone.localdate())
    return _page(request, query, answer)


def _place(found: PlaceAnswer) -> Place:
    choices = [(council, way_on(council, "")) for council in found.candidates]
    return Place(found.message.happened, found.message.next_step, choices)


def _page(request: HttpRequest, query: str, answer: Answer, place: Place | None = None) -> HttpResponse:
    context = {
        "query": query,
        "answer": answer,
        "shown": "" if answer.never_show else answer.instead or query,
        "as_typed": urlencode([("q", query), ("exact", "1")]),
        "is_crisis": is_crisis(query) or is_crisis(answer.instead),
        "place": place,
        "topics": _nearest_first(answer.topics),
        "letters": [] if answer.results else _letters(),
    }
    return render(request, "search.html", context)


def _nearest_first(names: tuple[str, ...]) -> list[Topic]:
    return sorted(Topic.objects.all(), key=lambda topic: names.index(topic.name) if topic.name in names else len(names))


def _letters() -> list[str]:
    return sorted({term[0].upper() for term in GlossaryTerm.objects.values_list("term", flat=True)})
