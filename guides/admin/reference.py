from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from guides.admin.texts import HistoryAdmin
from guides.forms.reference import CouncilForm, GlossaryTermForm, RoleForm
from guides.models import Council, GlossaryTerm, Role


class SlugStays(HistoryAdmin):
    """Addresses stay as they are once they exist: people keep links to them."""

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: object = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(SlugStays):
    form = GlossaryTermForm
    list_display = ("term", "abbreviation", "category", "where", "law_check", "status")
    list_filter = ("category", "status", "law_check")
    search_fields = ("term", "abbreviation", "aliases", "definition")
    autocomplete_fields = ("see_also",)
    prepopulated_fields = {"slug": ("term",)}
    list_per_page = 50


@admin.register(Role)
class RoleAdmin(SlugStays):
    form = RoleForm
    list_display = ("title", "abbreviation", "sector", "where", "law_check", "order")
    list_filter = ("sector", "law_check")
    search_fields = ("title", "abbreviation", "also_known_as", "what_they_do")
    autocomplete_fields = ("glossary",)
    prepopulated_fields = {"slug": ("title",)}


@admin.register(Council)
class CouncilAdmin(SlugStays):
    form = CouncilForm
    list_display = ("name", "nation", "region", "confidence", "link_checked_on", "has_sendiass")
    list_filter = ("nation", "region", "confidence", ("link_checked_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "short_names", "code")
    actions = ("mark_links_checked",)
    list_per_page = 50

    @admin.display(description="SENDIASS", boolean=True)
    def has_sendiass(self, council: Council) -> bool:
        return bool(council.sendiass_url)

    @admin.action(description="I opened these Local Offer links today and they are right", permissions=["change"])
    def mark_links_checked(self, request: HttpRequest, queryset: QuerySet[Council]) -> None:
        checked = list(queryset.exclude(local_offer_url=""))
        for council in checked:
            council._history_user = request.user  # type: ignore[attr-defined]
            council.mark_link_checked()
        messages.success(request, f"{len(checked)} marked as checked today.")
