"""Links to other sites that could not be reached: where they stand, since when, and what can be done."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guides.admin.addresses import NoPatterns
from guides.models import OutsideLink
from guides.models.outside import TRUSTED


class HowItIs(admin.SimpleListFilter):
    """Opens with what needs an editor."""

    title = "how it is"
    parameter_name = "is"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("unsure", "Failed once or twice"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "Could not be reached",
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        if self.value() == "unsure":
            return queryset.filter(failing_since__isnull=False).exclude(pk__in=OutsideLink.objects.unreached())
        return queryset.filter(pk__in=OutsideLink.objects.unreached())


@admin.register(OutsideLink)
class OutsideLinkAdmin(NoPatterns):
    """To be read; a link is changed on the page where it stands."""

    list_display = ("opens", "stands_on", "problem", "failing_since", "checked_on")
    list_display_links = None
    list_filter = (HowItIs,)
    list_per_page = 50
    search_fields = ("address",)
    actions = ("look_again", "it_is_fine")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [field.name for field in OutsideLink._meta.fields]

    @admin.display(description="link", ordering="address")
    def opens(self, link: OutsideLink) -> SafeString:
        return format_html('<a href="{}" rel="noreferrer">{}</a>', link.address, link.address)

    @admin.display(description="where it stands")
    def stands_on(self, link: OutsideLink) -> SafeString:
        return format_html_join(", ", '<a href="{1}">{0}</a>', link.used_by)

    @admin.action(description="Look again", permissions=["change"])
    def look_again(self, request: HttpRequest, links: QuerySet) -> None:
        number = links.update(look_again=True)
        self.message_user(request, f"We look again at {number} in the next minutes. Open this list again then.")

    @admin.action(description="It is fine: I have opened it", permissions=["change"])
    def it_is_fine(self, request: HttpRequest, links: QuerySet) -> None:
        today = timezone.localdate()
        values = {"nights": 0, "failing_since": None, "problem": "", "reached_on": today, "look_again": False}
        number = links.update(**values, trusted_until=today + TRUSTED)
        self.message_user(request, f"Thank you. We leave {number} alone for {TRUSTED.days} days, then look again.")
