"""The hours of an adviser, as parts of the adviser's page."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from bookings.forms.hours import ExtraHoursForm, TimeOffForm, WeeklyHoursForm
from bookings.forms.hours_formset import HoursFormSet
from bookings.models import ExtraHours, TimeOff, WeeklyHours
from bookings.rights import may_set_hours


class HoursInline(admin.StackedInline):
    """What is over is not shown; a form that is sent back may hold what was not when it was opened."""

    extra = 1
    formset = HoursFormSet

    def still(self) -> Q:
        """What is not over yet."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # Django's own would give nothing to those who may see only those of one adviser.
        rows = self.model._default_manager.all()
        return rows if request.method == "POST" else rows.filter(self.still())

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_set_hours(request.user, obj) or request.user.has_perm("bookings.view_adviser")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_set_hours(request.user, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_set_hours(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_set_hours(request.user, obj)


class WeeklyHoursInline(HoursInline):
    model = WeeklyHours
    form = WeeklyHoursForm
    fields = (("weekday", "starts", "ends", "from_day", "until_day"),)

    def still(self) -> Q:
        return Q(until_day=None) | Q(until_day__gte=timezone.localdate())


class ExtraHoursInline(HoursInline):
    model = ExtraHours
    form = ExtraHoursForm
    fields = (("day", "starts", "ends"),)
    verbose_name_plural = "Extra hours on single days (also on bank holidays)"

    def still(self) -> Q:
        return Q(day__gte=timezone.localdate())


class TimeOffInline(HoursInline):
    model = TimeOff
    form = TimeOffForm
    fields = (("first_day", "from_time", "last_day", "until_time"),)

    def still(self) -> Q:
        return Q(ends_at__gt=timezone.now())
