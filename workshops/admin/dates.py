from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sendguide.lib.dates import full_date_and_time
from workshops.admin.date_pages import DatePages, too_late
from workshops.admin.editing import EditsDates, save_date
from workshops.admin.sure import AsksFirst
from workshops.models import WorkshopDate
from workshops.upcoming import lacks_link
from workshops.words import places_taken


class WhenFilter(admin.SimpleListFilter):
    """Staff look for what is to come, so that is what they see first."""

    title = "when"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("past", "Past"), ("all", "All")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield first | {"display": "To come"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = timezone.now()
        match self.value():
            case "all":
                return queryset
            case "past":
                return queryset.filter(starts_at__lte=now).order_by("-starts_at", "-pk")
            case _:
                return queryset.filter(starts_at__gt=now)


@admin.register(WorkshopDate)
class WorkshopDateAdmin(AsksFirst, EditsDates, DatePages):
    list_display: Any = ("workshop", "start", "status_in_words", "taken_in_words", "waiting_number", "free", "people")
    list_filter = (WhenFilter, "status", "workshop")
    list_per_page = 50
    date_hierarchy = "starts_at"
    search_fields = ("workshop__title__spelt", "leader__spelt")
    search_help_text = "Searches titles and who leads."
    change_form_template = "admin/workshops/date_form.html"
    change_list_template = "admin/workshops/date_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkshopDate]:
        return WorkshopDate.objects.with_waiting()

    def get_list_display(self, request: HttpRequest) -> Any:
        may_see = request.user.has_perm("workshops.view_signup")
        return self.list_display if may_see else [name for name in self.list_display if name != "people"]

    def get_fields(self, request: HttpRequest, obj: WorkshopDate | None = None) -> Any:
        because = ["cancelled_because"] if obj and obj.is_cancelled else []
        return ["workshop", *because, *super().get_fields(request, obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: WorkshopDate | None = None) -> Any:
        """People signed up for this workshop: the date stays one of it."""
        return [*super().get_readonly_fields(request, obj), *(["workshop", "cancelled_because"] if obj else [])]

    def has_change_permission(self, request: HttpRequest, obj: WorkshopDate | None = None) -> bool:
        """Everybody has been told of a cancelled date: it stays as it is."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_cancelled)

    def has_delete_permission(self, request: HttpRequest, obj: WorkshopDate | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.sign_ups.exists())

    def save_model(self, request: HttpRequest, obj: WorkshopDate, form: Any, change: bool) -> None:
        save_date(request, obj, is_new=not change)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        date = kwargs.get("obj")
        context["too_late"] = too_late(date) if date else None
        context["can_be_written_to"] = date is not None and date.can_be_written_to()
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, obj: WorkshopDate) -> str | None:
        return obj.get_absolute_url() if obj.is_public else None

    @admin.display(description="start (UK time)", ordering="starts_at")
    def start(self, date: WorkshopDate) -> str:
        return full_date_and_time(date.starts_at)

    @admin.display(description="status", ordering="status")
    def status_in_words(self, date: WorkshopDate) -> SafeString | str:
        status = f"{date.status}, made-up example" if date.is_example else date.status
        return format_html("{}. <strong>No link to join yet</strong>", status) if lacks_link(date) else status

    @admin.display(description="places", ordering="taken")
    def taken_in_words(self, date: WorkshopDate) -> str:
        return places_taken(date.taken, date.capacity)

    @admin.display(description="waiting", ordering="waiting")
    def waiting_number(self, date: WorkshopDate) -> int:
        return date.waiting  # type: ignore[attr-defined]  # annotated

    @admin.display(description="free")
    def free(self, date: WorkshopDate) -> int:
        return date.free
