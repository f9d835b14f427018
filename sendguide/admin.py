"""The staff site: its name, and a start page that says what needs doing."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from guides.models import Council, Guide

AHEAD = timedelta(days=30)
SHOWN = 8


class StaffSite(admin.AdminSite):
    site_header = "SEND Guide: staff"
    site_title = "SEND Guide staff"
    index_title = "What needs doing"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**_to_do(request), **(extra_context or {})})


def _to_do(request: HttpRequest) -> dict[str, Any]:
    """Only what this person may see."""
    found: dict[str, Any] = {}
    if request.user.has_perm("guides.view_guide"):
        today = timezone.localdate()
        due = Guide.objects.filter(review_due__lte=today + AHEAD).order_by("review_due")
        waiting = Guide.objects.exclude(status=Guide.Status.PUBLISHED).order_by("-updated_at")
        found |= {"review_due": due[:SHOWN], "not_published": waiting[:SHOWN], "today": today}
    if request.user.has_perm("guides.view_council"):
        unsure = [Council.Confidence.HIGH, Council.Confidence.EVIDENCE_OLD]
        councils = Council.objects.exclude(local_offer_url="").filter(link_checked_on=None)
        found["unchecked_links"] = councils.filter(confidence__in=unsure).count()
    return found
