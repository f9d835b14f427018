"""The list of calls. It shows nobody's details: those stand in the diary and on the page of each call."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from bookings.admin.closed_list import is_number
from bookings.admin.correct import CorrectPages
from bookings.models import Booking
from bookings.models.bookings import REFERENCE_LETTERS
from bookings.rights import SEE_ALL_CALLS, SEE_CALLS, calls_for
from sendguide.lib.dates import full_date_and_time
from sendguide.lib.phones import NotAPhone, uk_phone

# Without the 0 at its beginning: what is kept begins with +44.
PART_OF_A_NUMBER = re.compile(r"(?:\+44|0)?((?:[\s().-]*[0-9]){4,})")
REFERENCE = re.compile(f"(?:REF(?:ERENCE)?)?([{REFERENCE_LETTERS}]{{6}})")


class WhenFilter(admin.SimpleListFilter):
    """Staff look for what is to come, so that is what they see first. Who searches looks through all."""

    title = "when"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.is_searching = bool(request.GET.get("q"))
        return [("past", "Past"), ("all", "All")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield first | {"display": "To come, and past ones found" if self.is_searching else "To come"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = timezone.now()
        if self.value() == "past":
            return queryset.filter(starts_at__lte=now)
        return queryset if self.value() == "all" or self.is_searching else queryset.filter(starts_at__gt=now)


@admin.register(Booking)
class BookingAdmin(CorrectPages):
    list_display = ("start", "adviser", "reference", "topic", "status", "tries", "outcome_in_words")
    list_select_related = ("adviser", "topic")
    list_per_page = 50
    looked_up = {
        "when": {"past", "all"},
        "adviser__id__exact": is_number,
        "status__exact": Booking.Status.values,
        "outcome__exact": Booking.Outcome.values,
        "topic__id__exact": is_number,
        "topic__isnull": {"True"},
    }
    search_fields = ("name__spelt", "email")
    search_help_text = (
        "Searches names, e-mail addresses, phone numbers (four digits or more of them) and whole references, also of "
        "past calls. "
        "Calls without details any longer are found by their reference."
    )
    # Counting all calls there ever were takes as long as finding one.
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Booking]:
        return calls_for(request.user)

    def get_ordering(self, request: HttpRequest) -> Any:
        """What is nearest to now first."""
        return ["-starts_at", "-pk"] if request.GET.get("when") == "past" else ["starts_at", "pk"]

    def get_list_filter(self, request: HttpRequest) -> Any:
        adviser = ["adviser"] if request.user.has_perm(SEE_ALL_CALLS) else []
        return [WhenFilter, *adviser, "status", "outcome", "topic"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """However a phone number or a reference is spelt. Only calls that still have details are read."""
        readable = queryset.not_blanked()
        try:
            return readable.filter(phone=uk_phone(search_term).number), False
        except NotAPhone:
            pass
        if number := PART_OF_A_NUMBER.fullmatch(search_term.strip("( ).-")):
            digits = "".join(each for each in number[1] if each.isdecimal())
            found, may_repeat = readable.filter(phone__contains=digits), False
        else:
            found, may_repeat = super().get_search_results(request, readable, search_term)
        letters = "".join(each for each in search_term.upper() if each.isalnum())
        if known := REFERENCE.fullmatch(letters):
            # Looked for apart: "this, or a name", in one query, would read all calls.
            numbers = list(queryset.filter(reference=f"{known[1][:3]}-{known[1][3:]}").values_list("pk", flat=True))
            found = found | queryset.filter(pk__in=numbers) if numbers else found
        return found, may_repeat

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Booking | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Booking | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Booking | None = None) -> bool:
        return request.user.has_perm(SEE_CALLS)

    @admin.display(description="time (UK)", ordering="starts_at")
    def start(self, booking: Booking) -> str:
        return full_date_and_time(booking.starts_at)

    @admin.display(description="outcome", ordering="outcome")
    def outcome_in_words(self, booking: Booking) -> str | None:
        return booking.get_outcome_display() or None
