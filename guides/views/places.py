"""Finding a council: by its postcode, which is posted so that it stands in no address, or by name.

From here people go on to the council's page, or back to the page that asked where they live.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guides.models import Council
from guides.places import SLUG, answer_for, councils_near
from guides.search.find import LONGEST_QUERY, find
from guides.search.postcodes import postcodes_in
from guides.views.http import UNKEPT, SeeOther, with_headers
from sendguide.lib.postcodes import Message, NotAPostcode

# Pages that may ask where somebody lives, and are told by "?area=hull".
TAKES_AREA = frozenset({"workshop_list", "workshop_date", "support_call", "call_waiting_join"})
COUNCIL = re.compile(r"/guides/the-local-offer/(?P<slug>[a-z0-9-]+)/")
MOST_CALLED = 5
CHOOSE = Message("Choose your council from the list.", "Or type your postcode and we will find it.")
BY_NAME = Message("That is no postcode, but it may name your council.", "Choose it here, or type your postcode.")
NO_SUCH_COUNCIL = Message("We do not know that council.", "Choose yours from the list, or type your postcode.")


# Nothing is changed by it, so nobody can be tricked into anything; and without a token the pages with the form set no
# cookie and can be kept.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find_council(request: HttpRequest) -> HttpResponse:
    return with_headers(_by_postcode(request) if request.method == "POST" else _by_name(request), UNKEPT)


def _by_postcode(request: HttpRequest) -> HttpResponse:
    typed, then = request.POST.get("postcode", "").replace("\0", ""), returning_to(request.POST.get("then", ""))
    found = answer_for(typed)
    page, named = FindPage(then, typed=typed), list[Council]()
    if isinstance(found.answer, NotAPostcode):
        # A long text would take seconds to look through.
        postcodes, _ = postcodes_in(typed[:LONGEST_QUERY])
        if len(postcodes) == 1:
            found = answer_for(postcodes[0])
        else:
            named = councils_called(typed)
    if found.council:
        return SeeOther(way_on(found.council, then, found.neighbours))
    if named:
        return page.asking(request, BY_NAME, named)
    if found.candidates:
        return page.asking(request, found.message, found.candidates)
    return page.refusing(request, found.message, "postcode")


def councils_called(text: str) -> list[Council]:
    """Those that a search for ``text`` finds before any other page: by their names and those of their towns."""
    slugs: list[str] = []
    for result in find(text).results:
        if not (council := COUNCIL.fullmatch(result.address)):
            break
        slugs.append(council["slug"])
    known = {council.slug: council for council in Council.objects.filter(slug__in=slugs[:MOST_CALLED])}
    return [known[slug] for slug in slugs if slug in known]


def _by_name(request: HttpRequest) -> HttpResponse:
    page = FindPage(returning_to(request.GET.get("then", "")))
    slug = request.GET.get("council", "").replace("\0", "")
    if council := Council.objects.filter(slug=slug).first() if slug else None:
        return redirect(way_on(council, page.then))
    if slug:
        return page.refusing(request, NO_SUCH_COUNCIL, "council", HTTPStatus.NOT_FOUND)
    return page.refusing(request, CHOOSE, "council") if "council" in request.GET else page.show(request)


def asked_council(request: HttpRequest) -> Council | None:
    """The council that the address names (``?area=hull``). An unknown one counts as none: the page asks again."""
    slug = request.GET.get("area", "").replace("\0", "")
    return Council.objects.filter(slug=slug).first() if slug else None


def returning_to(path: str) -> str:
    """The path of the page of ours that asked; "" if ``path`` leads anywhere else.

    It is written anew from the name of the page, so that nothing of ``path`` itself is ever redirected to. A topic
    that was chosen there ("?topic=sleep") is kept.
    """
    path, _, query = path.partition("?")
    try:
        page = resolve(path)
    except Resolver404:
        return ""
    if page.view_name not in TAKES_AREA:
        return ""
    there, topic = reverse(page.view_name, args=page.args, kwargs=page.kwargs), QueryDict(query).get("topic", "")
    return f"{there}?topic={topic}" if SLUG.fullmatch(topic) else there


def way_on(council: Council, then: str, neighbours: Sequence[Council] = ()) -> str:
    """``neighbours`` are named to the next page: it says that a new postcode may be in one of them."""
    about = [*([("area", council.slug)] if then else []), *(("near", each.slug) for each in neighbours)]
    there = then or council.get_absolute_url()
    return f"{there}{'&' if '?' in there else '?'}{urlencode(about)}" if about else there


def near(request: HttpRequest, council: Council, then: str = "") -> list[tuple[Council, str]]:
    """The neighbours that the address names, each with the address of the same page for it."""
    named = councils_near(request.GET.getlist("near"))
    return [(each, way_on(each, then)) for each in named if each != council]


@dataclass(frozen=True, slots=True)
class FindPage:
    """The page that asks, with what was typed still there. ``then``: the page to go back to, if one asked."""

    then: str
    typed: str = ""

    def show(self, request: HttpRequest, status: int = HTTPStatus.OK, **more: object) -> HttpResponse:
        context: dict[str, object] = {
            "then": self.then,
            "typed": self.typed,
            "button": "Continue" if self.then else "Find local help",
            "message": Message("", ""),
            "problem_with": "",
            "choices": [],
        }
        return render(request, "guides/find_council.html", context | more, status=status)

    def asking(self, request: HttpRequest, message: Message, councils: Sequence[Council]) -> HttpResponse:
        choices = [(council, way_on(council, self.then)) for council in councils]
        return self.show(request, message=message, choices=choices)

    def refusing(
        self,
        request: HttpRequest,
        message: Message,
        problem_with: str,
        status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
    ) -> HttpResponse:
        """``problem_with``: the name of the field."""
        return self.show(request, status, message=message, problem_with=problem_with)
