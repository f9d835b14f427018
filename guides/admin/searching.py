"""Staff's words for search, and what people looked for in vain."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.admin.addresses import NoPatterns
from guides.forms.searching import SearchSynonymForm
from guides.models import SearchMiss, SearchSynonym


@admin.register(SearchSynonym)
class SearchSynonymAdmin(NoPatterns):
    form = SearchSynonymForm
    list_display = ("typed", "official", "leads_to", "kind")
    list_filter = ("kind", "whole_query_only", "never_show")
    list_per_page = 50
    search_fields = ("typed__spelt", "official__spelt", "targets")
    search_help_text = "Searches what people type, our terms and pages."

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Written out, as the form has fields for the pages that the model does not have."""
        pages = ("page_1", "page_2", "page_3", "page_4") if self._may_save(request, obj) else ("leads_to",)
        return [
            (None, {"fields": ("typed", "kind", "official")}),
            ("Where it leads", {"fields": pages}),
            ("Limits", {"fields": ("whole_query_only", "only_with", "never_show", "note")}),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The pages are no fields of the model: Django would look for them there."""
        return super().get_form(request, obj, change, **kwargs | {"fields": SearchSynonymForm.Meta.fields})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if self._may_save(request, obj) else ("leads_to",)

    def _may_save(self, request: HttpRequest, obj: Any) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    @admin.display(description="leads to")
    def leads_to(self, synonym: SearchSynonym) -> str:
        return ", ".join(synonym.targets)


@admin.register(SearchMiss)
class SearchMissAdmin(NoPatterns):
    """To be read, and to be cleared away."""

    list_display = ("looked_for", "in_month", "count", "mend")
    list_filter = ("month",)
    search_fields = ("words__spelt",)
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="words", ordering="words")
    def looked_for(self, miss: SearchMiss) -> str:
        return str(miss)

    @admin.display(description="month", ordering="month")
    def in_month(self, miss: SearchMiss) -> str:
        return date_format(miss.month, "F Y")

    @admin.display(description="mend it")
    def mend(self, miss: SearchMiss) -> SafeString | None:
        if not miss.words:
            return None
        address = f"{reverse('admin:guides_searchsynonym_add')}?{urlencode({'typed': miss.words})}"
        return format_html('<a href="{}">Add a search synonym for “{}”</a>', address, miss.words)
