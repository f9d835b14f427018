"""What every text with a Markdown editor and a history has in the admin."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from guides.admin.line_diff import line_diff


class LineDiffHelper(HistoricalRecordContextHelper):
    """Shows what changed in a long text line by line; short values keep the library's form."""

    def format_delta_change(self, change: Any) -> Any:
        formatted = super().format_delta_change(change)
        if isinstance(change.old, str) and "\n" in f"{change.old}{change.new}":
            formatted.old, formatted.new = "", line_diff(change.old, str(change.new))
        return formatted


class HistoryAdmin(SimpleHistoryAdmin):
    """Every edit with who, when, why and what, and a way back."""

    history_list_per_page = 20
    object_history_list_template = "admin/guides/history_list.html"

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> LineDiffHelper:
        return LineDiffHelper(self.model, historical_record)


class TextAdmin(HistoryAdmin):
    """For models with a ``TextForm``."""

    class Media:
        css = {"all": ["css/staff-editor.css"]}
        js = ["js/staff-editor.js"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        # An address that changes breaks the links and bookmarks of parents.
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        obj._change_reason = form.cleaned_data["note"] or None
        super().save_model(request, obj, form, change)
        for warning in getattr(form, "warnings", []):
            messages.warning(request, f"Saved as a draft. Before it can be published: {warning}")
