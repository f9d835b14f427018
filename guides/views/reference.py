"""The glossary, the who's who and the Local Offer: their lists follow the text of a guide, each entry has a page."""

from itertools import groupby
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guides.models import Council, GlossaryTerm, Guide, OutsideLink, Role
from guides.models.explained import Explained
from guides.outside.listing import COUNCIL_LINKS
from guides.places import councils_by_region
from guides.reading_on import read_on
from guides.views.http import public, public_reading
from guides.views.places import near

MOST_GUIDES = 24


@require_safe
@public
def term(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(GlossaryTerm, slug=slug)
    context = {
        "term": found,
        "read_on": read_on(found.read_on, found.nations),
        "see_also": found.see_also.all(),
        "roles": found.roles.all(),
    }
    return render(request, "guides/term.html", context)


@require_safe
@public
def role(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Role.objects.select_related("glossary"), slug=slug)
    colleagues = Role.objects.filter(sector=found.sector).exclude(pk=found.pk)
    context = {"role": found, "read_on": read_on(found.read_on, found.nations), "colleagues": colleagues}
    return render(request, "guides/role.html", context)


@require_safe
@public_reading(never_with=["near"])
def council(request: HttpRequest, slug: str) -> HttpResponse:
    """One council. Not for search engines, which send people to the wrong one."""
    found = get_object_or_404(Council, slug=slug)
    guides = Guide.objects.published().for_cards().about(found.nation)[:MOST_GUIDES]
    context = {"council": found, "guides": guides, "near": near(request, found), "unreached": _unreached(found)}
    response = render(request, "guides/council.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _unreached(council: Council) -> dict[str, OutsideLink | None]:
    """By the name of its field, each link of ``council`` that could not be reached for some nights."""
    addresses = {name: getattr(council, name).partition("#")[0] for name in COUNCIL_LINKS}
    found = {link.address: link for link in OutsideLink.objects.unreached().filter(address__in=addresses.values())}
    return {name: found.get(address) for name, address in addresses.items()}


def glossary_lists() -> dict:
    """``letters``: (letter, terms) pairs, A to Z; ``alphabet``: (letter, has terms) pairs."""
    terms = sorted(
        GlossaryTerm.objects.defer("law", "law_html", "editor_note", *Explained.MARKS), key=lambda t: t.term.casefold()
    )
    letters = [(letter, list(group)) for letter, group in groupby(terms, key=attrgetter("letter"))]
    used = {letter for letter, _ in letters}
    return {"letters": letters, "alphabet": [(letter, letter in used) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]}


def role_lists() -> dict:
    """``sectors``: (sector, roles) pairs in the order of Role.Sector."""
    roles = list(Role.objects.only("slug", "title", "abbreviation", "sector", "what_they_do", "nations", "order"))
    pairs = [(sector, [role for role in roles if role.sector == sector]) for sector in Role.Sector]
    return {"sectors": [(sector, found) for sector, found in pairs if found]}


def council_lists() -> dict:
    """``nations``: (nation, regions) pairs; regions are (region, councils) pairs, A to Z."""
    return {"nations": councils_by_region()}


# Guides that open their own structured pages: address → template and what its lists are made by.
STRUCTURED = {
    "send-glossary": ("guides/glossary.html", glossary_lists),
    "whos-who-in-send": ("guides/whos_who.html", role_lists),
    "the-local-offer": ("guides/local_offer.html", council_lists),
}
