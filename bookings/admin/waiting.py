from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from bookings.actions import leave
from bookings.admin.closed_list import ReadOnlyList, is_number
from bookings.models import Offer, WaitingEntry
from bookings.rights import CHANGE_WAITING, SEE_WAITING
from bookings.wishes import in_words
from bookings.words import families
from sendguide.lib.dates import date_and_time, full_date_and_time


class StatusFilter(admin.SimpleListFilter):
    """Staff look for who waits, so that is what they see first."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        others = [
            (value, label) for value, label in WaitingEntry.Status.choices if value != WaitingEntry.Status.WAITING
        ]
        return [*others, ("all", "all")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield first | {"display": "waiting"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "all":
                return queryset
            case value:
                return queryset.filter(status=value or WaitingEntry.Status.WAITING)


@admin.register(WaitingEntry)
class WaitingEntryAdmin(ReadOnlyList):
    """To look at. Families join and leave by themselves; staff can take one off the list that asks for it."""

    list_display = ("place", "email", "wish", "status", "offers_in_words", "joined")
    list_display_links = ("email",)
    list_filter = (StatusFilter, "topic")
    looked_up = {
        "status": {*WaitingEntry.Status.values, "all"},
        "topic__id__exact": is_number,
        "topic__isnull": {"True"},
    }
    list_select_related = ("topic", "council")
    search_fields = ("email",)
    search_help_text = "Searches e-mail addresses."
    fields = ("email", "place", "wish", "status", "offers_in_words", "missed", "joined")
    readonly_fields = ("place", "wish", "offers_in_words", "joined")
    actions = ("take_off",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[WaitingEntry]:
        earlier = Q(queued_at__lt=OuterRef("queued_at")) | Q(queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk"))
        ahead = WaitingEntry.objects.confirmed().filter(earlier).order_by().values("status")
        places = Subquery(ahead.annotate(number=Count("pk")).values("number"))
        return super().get_queryset(request).annotate(place=places).prefetch_related("offers__adviser")

    def has_view_permission(self, request: HttpRequest, obj: WaitingEntry | None = None) -> bool:
        return request.user.has_perm(SEE_WAITING)

    def has_take_off_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms([SEE_WAITING, CHANGE_WAITING])

    @admin.action(description="Take off the list (asks first)", permissions=["take_off"])
    def take_off(self, request: HttpRequest, queryset: QuerySet[WaitingEntry]) -> HttpResponse | None:
        chosen = list(queryset)
        if "yes" in request.POST:
            self._take_off(request, chosen)
            return None
        waiting = [each for each in chosen if each.is_waiting]
        context = {"opts": self.opts, "title": "Take off the waiting list", "waiting": waiting}
        return TemplateResponse(
            request, "admin/bookings/take_off.html", {**self.admin_site.each_context(request), **context}
        )

    def _take_off(self, request: HttpRequest, chosen: list[WaitingEntry]) -> None:
        left = [each for each in chosen if leave(entry=each, now=timezone.now())]
        for each in left:
            self.log_change(request, each, "Taken off the list.")
        if left:
            messages.success(request, f"{families(len(left))} taken off the list. They are not e-mailed about it.")
        if stayed := len(chosen) - len(left):
            messages.warning(request, f"{families(stayed)} did not wait any more.")

    @admin.display(description="place", ordering="queued_at")
    def place(self, entry: Any) -> int | str | None:
        if entry.is_waiting and not entry.confirmed_at:
            return "has not said yes yet"
        return entry.place if entry.is_waiting else None

    @admin.display(description="what would suit them")
    def wish(self, entry: WaitingEntry) -> str:
        about = f". Topic: {entry.topic.name}" if entry.topic else ""
        where = f". Council: {entry.council.name}" if entry.council else ""
        return f"{in_words(weekdays=entry.weekdays, parts=entry.parts)}{about}{where}"

    @admin.display(description="offers")
    def offers_in_words(self, entry: WaitingEntry) -> SafeString | str:
        offers = [(_in_words(each),) for each in entry.offers.all()]
        return format_html_join("", "<div>{}</div>", offers) or "none yet"

    @admin.display(description="joined", ordering="created_at")
    def joined(self, entry: WaitingEntry) -> str:
        return date_and_time(entry.created_at)


def _in_words(offer: Offer) -> str:
    what = f"{full_date_and_time(offer.starts_at)}, {offer.adviser.name}: {offer.get_status_display()}"
    return f"{what} until {date_and_time(offer.held_until)}" if offer.is_open else what
