from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from guides.admin.texts import HistoryAdmin
from guides.explaining import Progress, progress
from guides.forms.reference import CouncilForm, GlossaryTermForm, RoleForm
from guides.models import Council, GlossaryTerm, Role


def in_words(pages: Progress) -> str:
    if pages.is_done:
        return f"All {pages.total} pages are up to date with the glossary."
    return (
        f"{pages.done} of {pages.total} pages are up to date with the glossary. The others follow by themselves, "
        "usually within a minute. Load this page again to see how far it is."
    )


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(HistoryAdmin):
    """A change shows on its own page at once, and a little later wherever the word is used: see guides.explaining."""

    form = GlossaryTermForm
    change_list_template = "admin/guides/glossary_list.html"
    list_display = ("term", "abbreviation", "category", "where", "law_check", "status")
    list_filter = ("category", "status", "law_check")
    search_fields = ("term__spelt", "abbreviation", "aliases__spelt", "definition__spelt")
    search_help_text = "Searches terms, abbreviations, other forms and definitions."
    slug_from = "term"
    list_per_page = 50
    readonly_fields = ("pages",)
    fieldsets = (
        (None, {"fields": ("term", "abbreviation", "slug", "nations", "category", "status")}),
        ("For parents", {"fields": ("definition", "read_on", "detail")}),
        ("Found by", {"fields": ("aliases", "no_autolink", "see_also", "pages")}),
        ("Law", {"fields": ("law", "law_check")}),
        ("For staff", {"fields": ("editor_note",)}),
    )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"in_step": in_words(progress()), **(extra_context or {})})

    @admin.display(description="in texts")
    def pages(self, term: GlossaryTerm) -> str:
        return in_words(progress())


@admin.register(Role)
class RoleAdmin(HistoryAdmin):
    form = RoleForm
    list_display = ("title", "abbreviation", "sector", "where", "law_check", "order")
    list_filter = ("sector", "law_check")
    search_fields = ("title__spelt", "abbreviation", "also_known_as__spelt", "what_they_do__spelt")
    search_help_text = "Searches titles, other names and what they do."
    slug_from = "title"
    fieldsets = (
        (None, {"fields": ("title", "abbreviation", "slug", "sector", "also_known_as", "nations", "order")}),
        (
            "For parents",
            {"fields": ("what_they_do", "read_on", "questions_to_ask", "works_where", "when_you_meet_them")},
        ),
        ("More", {"fields": ("glossary", "regulator")}),
        ("Law", {"fields": ("law", "law_check")}),
    )


@admin.register(Council)
class CouncilAdmin(HistoryAdmin):
    form = CouncilForm
    list_display = ("name", "nation", "region", "confidence", "link_checked_on", "has_sendiass")
    list_filter = ("nation", "region", "confidence", ("link_checked_on", admin.EmptyFieldListFilter))
    search_fields = ("name__spelt", "short_names__spelt", "code")
    search_help_text = "Searches names, short names and codes."
    actions = ("mark_links_checked", "delete_selected")
    slug_from = "name"
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("name", "short_names", "slug", "code", "nation", "region")}),
        ("Local Offer", {"fields": ("local_offer_url", "local_offer_title", "confidence", "link_checked_on")}),
        ("Other help", {"fields": ("sendiass_name", "sendiass_url", "council_url")}),
        ("For staff", {"fields": ("source",)}),
    )

    @admin.display(description="SENDIASS", boolean=True)
    def has_sendiass(self, council: Council) -> bool:
        return bool(council.sendiass_url)

    @admin.action(description="I opened these Local Offer links today and they are right", permissions=["change"])
    def mark_links_checked(self, request: HttpRequest, queryset: QuerySet[Council]) -> None:
        checked = list(queryset.exclude(local_offer_url=""))
        for council in checked:
            council._history_user = request.user  # type: ignore[attr-defined]
            council.mark_link_checked()
            self.log_change(request, council, "Opened the Local Offer link: it is right.")
        without = queryset.filter(local_offer_url="").count()
        messages.success(request, f"{len(checked)} marked as checked today.")
        if without:
            messages.warning(request, f"{without} of those ticked have no Local Offer link yet.")
