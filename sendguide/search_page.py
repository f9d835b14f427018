"""The page of search results, and what is suggested while somebody types."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guides.models import Council, GlossaryTerm, Topic
from guides.places import PlaceAnswer, answer_for
from guides.search.answers import Answer
from guides.search.crisis import is_crisis
from guides.search.find import LONGEST_QUERY, find, suggest, suggest_from_memory
from guides.search.misses import count_miss
from guides.search.postcodes import districts_in, postcodes_in
from guides.search.suggesting import Suggestion
from guides.search.words import words_of
from guides.views.http import PERSONAL, answered_from_memory, with_headers
from guides.views.places import way_on
from sendguide.lib.postcodes import PartOnly

# Each costs a query.
MOST_POSTCODES = 3


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
    postcodes, rest = postcodes_in(query)
    response = _place_page(request, postcodes, rest) if postcodes else _results_page(request, query)
    return with_headers(response, PERSONAL)


def _options(suggestions: list[Suggestion]) -> str:
    return "".join(map(_option, suggestions))


@lru_cache(maxsize=5_000)
def _option(suggestion: Suggestion) -> str:
    """Kept, as rendering takes ten times as long as finding."""
    return render_to_string("components/suggestion.html", {"suggestion": suggestion})


@require_safe
@answered_from_memory("q", by=lambda q="": _options(suggest_from_memory(q)))
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options of the list below the search box, for what is typed so far; nothing says who typed it."""
    return with_headers(HttpResponse(_options(suggest(request.GET.get("q", "")))), PERSONAL)


def _place_page(request: HttpRequest, postcodes: list[str], rest: str) -> HttpResponse:
    """On to an address without the postcode, which so stays in no list of visited pages; it is shown nowhere."""
    places = [answer_for(postcode) for postcode in postcodes[:MOST_POSTCODES]]
    councils = {place.council for place in places}
    if unsure := next((place for place in places if not place.council), None):
        return _page(request, rest, find(rest) if rest else Answer([]), _place(unsure))
    if len(councils) == 1 and not rest:
        return redirect(_way_on(places[0]))
    return redirect(f"{reverse('search')}?{urlencode({'q': _with_names(rest, filter(None, councils))})}")


def _with_names(rest: str, councils: Iterable[Council]) -> str:
    """``rest`` and the names of those councils that it does not name already."""
    for name in sorted(council.short_name for council in councils):
        if f" {' '.join(words_of(name))} " not in f" {' '.join(words_of(rest))} ":
            rest = f"{rest} {name}".strip()
    return rest


def _way_on(place: PlaceAnswer) -> str:
    return way_on(place.candidates[0], "", place.neighbours)


def _results_page(request: HttpRequest, query: str) -> HttpResponse:
    districts, rest = districts_in(query)
    if rest and districts and (district := answer_for(districts[0])).candidates:
        return _page(request, rest, find(rest), _place(district))
    as_typed = "exact" in request.GET
    answer = find(query, as_typed=as_typed)
    if query and not answer.results:
        found = answer_for(query)
        if found.council:
            return redirect(_way_on(found))
        if isinstance(found.answer, PartOnly):
            return _page(request, "", answer, _place(found))
    # Who refuses what we put right was not understood either.
    if query and request.method == "GET" and (as_typed or not answer.results):
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
