"""Answers for machines: health, robots.txt, site map, security.txt."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides.models import GlossaryTerm, Guide, Role, SitePage, Topic
from guides.views.http import public
from sendguide.readiness import NOT_READY, readiness
from sendguide.templatetags.page import absolute
from workshops.models import Workshop

UNKEPT = {"Cache-Control": "no-store"}
LISTS = ("home", "guide_list", "workshop_list", "past_workshops")
ENTRIES: dict[str, type[Model]] = {"topic": Topic, "term": GlossaryTerm, "role": Role}
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
PLACEHOLDER = "the-slug"


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while this process answers, whatever else is wrong: to start it again would help against nothing else."""
    return JsonResponse({"status": "ok"}, headers=UNKEPT)


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 while this process can do its work, with what ``readiness`` found; else 503."""
    found = readiness(timezone.now())
    return JsonResponse(found, status=503 if found["status"] == NOT_READY else 200, headers=UNKEPT)


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read except the staff site, searches and previews."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/", "Disallow: /guides/preview/"]
    lines += ["Disallow: /workshops/place/", "Disallow: /support-call/call/"]
    return _text([*lines, f"Sitemap: {absolute(reverse('sitemap'))}"])


@require_safe
@public
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. "Expires" is always about half a year ahead; it changes once a month."""
    expires = (datetime.now(UTC).replace(day=1) + timedelta(days=183)).strftime("%Y-%m-%dT00:00:00Z")
    page = absolute(reverse("site_page", args=["contact"]))
    canonical = f"Canonical: {absolute(reverse('security'))}"
    return _text([f"Contact: mailto:{settings.CONTACT_EMAIL}", f"Contact: {page}", f"Expires: {expires}",
                  "Preferred-Languages: en", canonical])  # fmt: skip


@require_safe
@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page for search engines. Councils are left out: a search engine sends people to the wrong one."""
    urls = [f"<url><loc>{absolute(reverse(name))}</loc></url>" for name in LISTS]
    urls += _urls("guide", Guide.objects.published().values_list("slug", "updated_at"))
    urls += _urls("site_page", SitePage.objects.values_list("slug", "updated_at"))
    urls += _urls("workshop", Workshop.objects.published().values_list("slug"))
    for name, model in ENTRIES.items():
        urls += _urls(name, model._default_manager.values_list("slug"))
    text = "\n  ".join([f'<urlset xmlns="{SITEMAP}">', *urls]) + "\n</urlset>\n"
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', content_type="application/xml")


def _urls(name: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """``rows``: the slug of each page, and when it changed, if it is known. A template would take ten times as long."""
    before, _, after = absolute(reverse(name, args=[PLACEHOLDER])).partition(PLACEHOLDER)
    for slug, *changed in rows:
        when = "".join(f"<lastmod>{moment.isoformat()}</lastmod>" for moment in changed)
        yield f"<url><loc>{before}{slug}{after}</loc>{when}</url>"


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
