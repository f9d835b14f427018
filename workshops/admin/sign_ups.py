from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from guides.admin.addresses import NoPatterns
from sendguide.lib.dates import date_and_time
from workshops.actions import give_back, renew_link
from workshops.admin.date_pages import CHANGE
from workshops.forms.row_numbers import row_numbers
from workshops.models import SignUp, WorkshopDate
from workshops.words import people

DATES_OFFERED = 50
# Whom to give back for stands in one address, and servers refuse one of more than 4,000 characters.
MOST_AT_ONCE = 100


class DateFilter(admin.SimpleListFilter):
    """The newest dates for which somebody has signed up."""

    title = "date"
    parameter_name = "date"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        dates = WorkshopDate.objects.filter(pk__in=SignUp.objects.values("date")).with_workshop()
        newest = dates.order_by("-starts_at", "-pk")[:DATES_OFFERED]
        return [(str(date.pk), str(date)) for date in newest]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = row_numbers([self.value() or ""])
        return queryset.filter(date__in=chosen) if chosen else queryset


@admin.register(SignUp)
class SignUpAdmin(NoPatterns):
    """To look at. People sign up by themselves; staff can give a place back or make a new link for them."""

    list_display = ("name", "email", "date_in_words", "status", "council_in_words", "signed_up")
    list_filter = (DateFilter, "status", ("council", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("date__workshop", "council")
    search_fields = ("name__spelt", "email")
    search_help_text = "Searches names and e-mail addresses."
    ordering = ("-pk",)
    fields = ("name", "email", "date", "status", "council", "access_needs", "signed_up", "placed", "ended")
    readonly_fields = ("signed_up", "placed", "ended")
    actions = ("give_back_selected", "renew_link_selected")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SignUp | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SignUp | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: SignUp | None = None) -> bool:
        return request.user.has_perm("workshops.view_signup")

    def has_act_for_them_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and request.user.has_perm(CHANGE)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.give_back_view)
        return [path("give-back/", view, name="workshops_signup_give_back"), *super().get_urls()]

    @admin.action(description="Give back the places (asks first)", permissions=["act_for_them"])
    def give_back_selected(self, request: HttpRequest, queryset: QuerySet[SignUp]) -> HttpResponse | None:
        return None if _too_many(request, queryset) else redirect(give_back_path(queryset))

    @admin.action(description="New link (the old one stops)", permissions=["act_for_them"])
    def renew_link_selected(self, request: HttpRequest, queryset: QuerySet[SignUp]) -> None:
        if _too_many(request, queryset):
            return
        chosen, now = list(queryset), timezone.now()
        renewed = [sign_up for sign_up in chosen if renew_link(sign_up=sign_up, now=now)]
        for sign_up in renewed:
            self.log_change(request, sign_up, "Made a new link.")
        if renewed:
            messages.success(request, f"{people(len(renewed))} will be e-mailed a new link. The old one has stopped.")
        if left := len(chosen) - len(renewed):
            why = "no place, and not waiting for one, any more; or the workshop has begun."
            messages.warning(request, f"No new link for {people(left)}: {why}")

    def give_back_view(self, request: HttpRequest) -> HttpResponse:
        """Shows whom the address names (``?who=1&who=2``), and gives their places back when asked to."""
        if not self.has_act_for_them_permission(request):
            raise PermissionDenied
        who = row_numbers(request.GET.getlist("who"))
        sign_ups = SignUp.objects.live().filter(pk__in=who).select_related("date__workshop")
        if request.method == "POST":
            return self._give_back(request, list(sign_ups))
        context = {"opts": self.opts, "title": "Give back places", "sign_ups": sign_ups}
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/workshops/give_back.html", context)

    def _give_back(self, request: HttpRequest, sign_ups: list[SignUp]) -> HttpResponse:
        now, given = timezone.now(), 0
        for sign_up in sign_ups:
            if give_back(sign_up=sign_up, now=now):
                given += 1
                self.log_change(request, sign_up, "Gave the place back for them.")
        if given:
            messages.success(
                request, f"Done for {people(given)}. Free places went to those who wait, who are e-mailed."
            )
        if left := len(sign_ups) - given:
            messages.warning(request, f"{people(left)} had nothing to give back any more.")
        dates = {sign_up.date_id for sign_up in sign_ups}
        if len(dates) == 1:
            return redirect("admin:workshops_workshopdate_people", dates.pop())
        return redirect("admin:workshops_signup_changelist")

    @admin.display(description="date", ordering="date__starts_at")
    def date_in_words(self, sign_up: SignUp) -> str:
        return str(sign_up.date)

    @admin.display(description="council", ordering="council__name")
    def council_in_words(self, sign_up: SignUp) -> str | None:
        return sign_up.council.short_name if sign_up.council else None

    @admin.display(description="signed up", ordering="created_at")
    def signed_up(self, sign_up: SignUp) -> str:
        return date_and_time(sign_up.created_at)

    @admin.display(description="got a place")
    def placed(self, sign_up: SignUp) -> str:
        return date_and_time(sign_up.placed_at) if sign_up.placed_at else "–"

    @admin.display(description="ended")
    def ended(self, sign_up: SignUp) -> str:
        return date_and_time(sign_up.ended_at) if sign_up.ended_at else "–"


def _too_many(request: HttpRequest, chosen: QuerySet[SignUp]) -> bool:
    number = chosen.count()
    if number > MOST_AT_ONCE:
        sentence = f"This works for at most {MOST_AT_ONCE} at once, and nothing was done."
        messages.error(request, f"You chose {people(number)}. {sentence} Narrow the list, to one date for instance.")
    return number > MOST_AT_ONCE


def give_back_path(sign_ups: QuerySet[SignUp]) -> str:
    who = urlencode([("who", sign_up.pk) for sign_up in sign_ups])
    return f"{reverse('admin:workshops_signup_give_back')}?{who}"
