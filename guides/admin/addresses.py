"""Pages have addresses that others link to: they stay as they are, and going away is not silent."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from guides.addresses import Addresses, mentions_of
from guides.publishing import dead_mentions

LinkedFrom = list[tuple[Model, str]]
PARTS_OF_DATES = {"year", "iso_year", "month", "day"}


def page_links(found: LinkedFrom) -> SafeString:
    """A list of pages, each a link to where staff edit it, with the address that it links to."""
    rows = ((_desk(page), page_name(page), target) for page, target in found)
    return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a> links to {}</li>', rows))


def page_list(pages: list[Model]) -> SafeString | str:
    """Like ``page_links``, without where they link to; empty for no pages."""
    rows = ((_desk(page), page_name(page)) for page in pages)
    return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', rows)) if pages else ""


def _desk(page: Model) -> str:
    return reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_change", args=[page.pk])


def page_name(page: Model) -> str:
    return f"{capfirst(page._meta.verbose_name)} “{page}”"


def warn_of_dead_links(request: HttpRequest, paths: Iterable[str], addresses: Addresses) -> None:
    if found := [dead for path in paths for dead in dead_mentions(path, addresses)]:
        sentence = "Links on other pages lead nowhere now. Mend them or bring the page or its section back: {}"
        messages.warning(request, format_html(sentence, page_links(found)))


class NoPatterns(admin.ModelAdmin):
    """For every list: no patterns in its address, and no years of more than four digits.

    A broken pattern would be an error of the database, such a year one of Python's calendar.
    """

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        if lookup.endswith("regex") or (len(str(value)) > 4 and not PARTS_OF_DATES.isdisjoint(lookup.split("__"))):
            return False
        return super().lookup_allowed(lookup, value, request)


class AddressStays(NoPatterns):
    """For models with a ``slug``: it is written once. People keep links to it."""

    # The field that a new address is made from while it is typed. (The admin's ``prepopulated_fields`` would also hold
    # for old versions in the history, where the address cannot be written.)
    slug_from = ""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What can be edited in the list has a heading there, but no label."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.list_editable:
            field.widget.attrs["aria-label"] = field.label
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {"slug": (self.slug_from,)} if self.slug_from and not obj else {}


class PageAdmin(AddressStays):
    """For models with a page of their own. Before and after deleting, staff read which links die with it."""

    actions: Any = ("delete_selected",)
    delete_confirmation_template = "admin/guides/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/guides/delete_selected_confirmation.html"

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        page = self.get_object(request, unquote(object_id))
        context = {"linked_from": self._linked_from([page] if page else []), **(extra_context or {})}
        return super().delete_view(request, object_id, context)

    @admin.action(description="Delete selected %(verbose_name_plural)s", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet) -> TemplateResponse | None:
        response = delete_selected(self, request, queryset)
        if response is not None and response.context_data is not None:
            response.context_data["linked_from"] = self._linked_from(queryset)
        return response

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        path = obj.get_absolute_url()
        super().delete_model(request, obj)
        warn_of_dead_links(request, [path], Addresses.from_database())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        paths = [page.get_absolute_url() for page in queryset]
        super().delete_queryset(request, queryset)
        warn_of_dead_links(request, paths, Addresses.from_database())

    def _linked_from(self, pages: Iterable[Any]) -> SafeString | str:
        found = [(mention.page, mention.target) for page in pages for mention in mentions_of(page.get_absolute_url())]
        return page_links(found) if found else ""
