"""Guides, topics and site pages."""

from dataclasses import dataclass

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides import preview as previews
from guides.models import Guide, SitePage, Testimonial, Topic
from guides.search.find import find
from guides.views import reference
from guides.views.http import UNKEPT, public, public_reading, with_headers
from sendguide.freshness.kept import kept

GUIDES_A_PAGE = 60
OTHER_GUIDES = 24
SECTIONS_OF_OTHERS = 2
KEPT = "guides.page:"


@dataclass(frozen=True, slots=True)
class Words:
    """A testimonial as it is shown."""

    quote: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What follows every guide."""

    testimonial: Words | None
    other_guides: list[Guide]


def with_testimonial(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """``guides`` with what a parent said, of the same topic if there is something: no query more."""
    said = Testimonial.objects.filter(published=True).order_by("slug")
    same_topic = said.filter(topic=OuterRef("topic"))
    parts = {
        f"said_{name}": Coalesce(Subquery(same_topic.values(name)[:1]), Subquery(said.values(name)[:1]))
        for name in ("quote", "attribution")
    }
    return guides.annotate(**parts)


def afterwards(guide: Guide) -> Afterwards:
    """``guide`` comes from ``with_testimonial``. One query, however many guides there are: the same topic's first."""
    first = Case(When(topic=guide.topic_id, then=Value(0)), default=Value(1))
    others = Guide.objects.published().exclude(pk=guide.pk).for_cards().order_by(first, "order", "title")
    quote, attribution = guide.said_quote, guide.said_attribution  # type: ignore[attr-defined]  # annotated
    return Afterwards(Words(quote, attribution) if quote else None, list(others[:OTHER_GUIDES]))


@require_safe
@public_reading("page")
def guide_list(request: HttpRequest) -> HttpResponse:
    guides = Guide.objects.published().for_cards()
    page = Paginator(guides, GUIDES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "guides/guide_list.html", {"page": page, "topics": Topic.objects.all()})


@require_safe
@public_reading("page")
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    guides = Guide.objects.published().for_cards().filter(topic=found)
    page = Paginator(guides, GUIDES_A_PAGE).get_page(request.GET.get("page"))
    # Without a guide of its own a topic may be spoken of in others.
    sections = [] if page.object_list else [each for each in find(found.name).results if each.guide]
    context = {"topic": found, "page": page, "sections": sections[:SECTIONS_OF_OTHERS]}
    return render(request, "guides/topic.html", context)


@require_safe
@public
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """The long pages are kept, also for those whom the page cache passes by: who filled in a form has a cookie."""
    return HttpResponse(kept(f"{KEPT}{slug}", lambda: _published(request, slug).content))


def _published(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(with_testimonial(Guide.objects.published().select_related("topic")), slug=slug)
    return _guide_page(request, found)


@require_safe
@public
def guide_changes(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Guide.objects.published().select_related("topic"), slug=slug)
    return render(request, "guides/changes.html", {"guide": found, "changes": found.changes.all()})


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A guide as it would look when published, for anybody who was given its link."""
    try:
        found = previews.guide_for(token, with_testimonial(Guide.objects.all()))
    except (signing.BadSignature, Guide.DoesNotExist) as nothing:
        raise Http404 from nothing
    return with_headers(_guide_page(request, found, is_preview=True), {**UNKEPT, "Referrer-Policy": "no-referrer"})


@require_safe
@public
def site_page(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "guides/site_page.html", {"page": get_object_or_404(SitePage, slug=slug)})


def _guide_page(request: HttpRequest, found: Guide, *, is_preview: bool = False) -> HttpResponse:
    template, extra = reference.STRUCTURED.get(found.slug, ("guides/guide.html", dict))
    context = {
        "guide": found,
        "afterwards": afterwards(found),
        "is_preview": is_preview,
        "review_is_due": found.is_review_due(timezone.localdate()),
        **extra(),
    }
    return render(request, template, context)
