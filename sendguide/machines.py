"""Answers for machines: health, robots.txt, site map, security.txt."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
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
    pages: list[tuple[str, datetime | None]] = [(reverse(name), None) for name in LISTS]
    for texts in (Guide.objects.published(), SitePage.objects.all()):
        pages += [(text.get_absolute_url(), text.updated_at) for text in texts.only("slug", "updated_at")]
    pages += [(workshop.get_absolute_url(), None) for workshop in Workshop.objects.published().only("slug")]
    for model in (Topic, GlossaryTerm, Role):
        pages += [(row.get_absolute_url(), None) for row in model._default_manager.only("slug")]
    return render(request, "sitemap.xml", {"pages": pages}, content_type="application/xml")


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
