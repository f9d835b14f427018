"""Errors and slow pages, counted by hour: to be read, by whoever looks after the site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bookings.admin.closed_list import ReadOnlyList
from sendguide.lib.dates import date_and_time
from sendguide.troubles.models import Trouble


@admin.register(Trouble)
class TroubleAdmin(ReadOnlyList):
    list_display = ("since", "where", "kind", "times", "longest")
    list_display_links = None
    list_filter = ("kind",)
    looked_up = {"kind__exact": set(Trouble.Kind.values)}
    list_per_page = 50
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": "Errors and slow pages", **(extra_context or {})})

    @admin.display(description="in the hour from", ordering="hour")
    def since(self, trouble: Trouble) -> str:
        return date_and_time(trouble.hour)

    @admin.display(description="longest query")
    def longest(self, trouble: Trouble) -> str | None:
        return f"{trouble.longest_ms / 1000:.1f} seconds" if trouble.longest_ms else None
