"""What staff did: the staff site's own log, to be read. It is written by Django, and by our pages for their acts."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from bookings.admin.closed_list import ReadOnlyList, is_number
from sendguide.lib.dates import date_and_time

FLAGS = {str(flag) for flag in (ADDITION, CHANGE, DELETION)}


def is_moment(value: str) -> bool:
    """Near the ends of the calendar a moment cannot be told in every time zone."""
    return value.startswith("20")


class Titled(admin.FieldListFilter):
    """For a filter; stands before Django's among the bases. Its title is made of the field's name else."""

    words: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = self.words


class WhenFilter(Titled, admin.DateFieldListFilter):
    words = "when"


class PersonFilter(Titled, admin.RelatedOnlyFieldListFilter):
    words = "who"


class ActFilter(Titled, admin.ChoicesFieldListFilter):
    words = "what"


class KindFilter(Titled, admin.RelatedOnlyFieldListFilter):
    words = "kind"

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        """Without the names of our apps, which say nothing to staff."""
        kinds = field.remote_field.model.objects.filter(logentry__isnull=False).distinct()
        return sorted(((kind.pk, capfirst(kind.name)) for kind in kinds), key=lambda each: each[1])


@admin.register(LogEntry)
class ActivityAdmin(ReadOnlyList):
    list_display = ("when", "user", "kind", "about", "what")
    list_display_links = None
    list_filter = (
        ("action_time", WhenFilter),
        ("user", PersonFilter),
        ("content_type", KindFilter),
        ("action_flag", ActFilter),
    )
    looked_up = {
        "action_time__gte": is_moment,
        "action_time__lt": is_moment,
        "user__id__exact": is_number,
        "content_type__id__exact": is_number,
        "content_type__isnull": {"True"},
        "action_flag__exact": FLAGS,
    }
    list_select_related = ("user", "content_type")
    list_per_page = 50
    search_fields = ("user__username", "object_repr__spelt", "change_message")
    search_help_text = "Searches names of accounts, of what was changed, and what was noted about it."
    ordering = ("-action_time", "-pk")
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "What staff did", **(extra_context or {})})

    @admin.display(description="when", ordering="action_time")
    def when(self, entry: LogEntry) -> str:
        return date_and_time(entry.action_time)

    @admin.display(description="kind", ordering="content_type")
    def kind(self, entry: LogEntry) -> str | None:
        return capfirst(entry.content_type.name) if entry.content_type else None

    @admin.display(description="about")
    def about(self, entry: LogEntry) -> SafeString | str:
        address = None if entry.is_deletion() else entry.get_admin_url()
        return format_html('<a href="{}">{}</a>', address, entry.object_repr) if address else entry.object_repr

    @admin.display(description="what")
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message() or entry.get_action_flag_display()
