"""What every page with a history has in the admin, and what every text with a Markdown editor has."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import TextField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from guides.addresses import Addresses
from guides.admin.addresses import PageAdmin, warn_of_dead_links
from guides.admin.line_diff import line_diff
from guides.forms.fields import LongTextField
from sendguide.lib.dates import date_and_time, long_date

SHORT = 60


class LineDiffHelper(HistoricalRecordContextHelper):
    """Shows what changed in a long text line by line, and short values in words."""

    def format_delta_change(self, change: Any) -> Any:
        formatted = super().format_delta_change(change)
        values = (self.prepare_delta_change_value(change, value) for value in (change.old, change.new))
        old, new = (_in_words(self.model, change.field, value) for value in values)
        if "\n" in f"{old}{new}" or len(old) > SHORT or len(new) > SHORT:
            return replace(formatted, old="", new=line_diff(old, new))
        return replace(formatted, old=old or "(empty)", new=new or "(empty)")


def _in_words(model: Any, field: str, value: Any) -> str:
    """A stored value as staff know it from the form."""
    match value:
        case None:
            words = ""
        case bool():
            words = "Yes" if value else "No"
        case datetime():
            words = date_and_time(value)
        case date():
            words = long_date(value)
        case list():
            words = ", ".join(map(str, value))
        case dict():
            words = "\n".join(f"{key}: {text}" for key, text in value.items())
        case _:
            words = str(dict(model._meta.get_field(field).flatchoices).get(value, value))
    return words


class HistoryAdmin(PageAdmin, SimpleHistoryAdmin):
    """Every edit with who, when, why and what, and a way back. Give subclasses ``fieldsets``."""

    formfield_overrides = {TextField: {"form_class": LongTextField}}
    history_list_per_page = 20
    object_history_template = "admin/guides/history.html"
    object_history_list_template = "admin/guides/history_list.html"
    object_history_form_template = "admin/guides/history_form.html"

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> LineDiffHelper:
        return LineDiffHelper(self.model, historical_record)

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Any, **kwargs: Any) -> None:
        """With the version before the last one on this page, or that one would not say what changed."""
        records = list(historical_records)
        earlier = records[-1].prev_record if records else None
        super().set_history_delta_changes(request, [*records, earlier] if earlier else records, **kwargs)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> Any:
        if request.method != "POST":
            return super().history_form_view(request, object_id, version_id, extra_context)
        # The library asks only for the right to view.
        if not self.has_change_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            return super().history_form_view(request, object_id, version_id, extra_context)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Old versions too can only be read by those who may not change anything."""
        if obj and not self.has_change_permission(request, obj):
            return flatten_fieldsets(self.get_fieldsets(request, obj))
        return super().get_readonly_fields(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        history = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[obj_id])
        offer = format_html(
            'Deleted by mistake? <a href="{}">Bring “{}” back</a>. '
            "Its text comes back; links from other entries and lines of “what changed” do not.",
            history,
            obj_display,
        )
        messages.info(request, offer)
        return response


class TextAdmin(HistoryAdmin):
    """For models with a ``TextForm``."""

    class Media:
        css = {"all": ["css/staff-editor.css"]}
        js = ["js/staff-editor.js"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return [(name, options) for name, options in fieldsets if "note" not in options["fields"]]
        return fieldsets

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_fixed)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        obj._change_reason = form.cleaned_data["note"] or None
        super().save_model(request, obj, form, change)
        for warning in form.warnings:  # type: ignore[attr-defined]
            messages.warning(request, f"Saved as a draft. Before it can be published: {warning}")
        if change:
            warn_of_dead_links(request, [obj.get_absolute_url()], self.addresses_after(obj, form))

    @admin.display(description="last saved", ordering="updated_at")
    def saved(self, text: Any) -> str:
        return date_and_time(text.updated_at)

    def addresses_after(self, obj: Any, form: Any) -> Addresses:
        """Those that exist now that ``obj`` is saved."""
        addresses: Addresses = form.addresses
        return addresses
