"""Editing dates, on their own page and on that of their workshop: always through the actions."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sendguide.lib.dates import date_and_time, full_date_and_time
from workshops.actions import change_capacity, change_date
from workshops.admin.date_pages import too_late
from workshops.forms.dates import DatesFormSet, WorkshopDateForm
from workshops.models import WorkshopDate
from workshops.words import emails, people, places_taken

# What stands side by side belongs together.
FIELDS = (
    ("starts_at", "ends_at", "closes_at"),
    ("capacity", "so_far", "people"),
    ("leader", "joining_link"),
    ("status", "is_example"),
    "opened_at",
)


def save_date(request: HttpRequest, date: WorkshopDate, *, is_new: bool) -> None:
    """Save what was edited, and tell staff who will be e-mailed about it."""
    now = timezone.now()
    before = None if is_new else WorkshopDate.objects.get(pk=date.pk)
    if before is None:
        date.save()
    else:
        _change_date(request, before, date, now)
    if _is_closed_early(date, now) and not (before and _is_closed_early(before, now)):
        messages.warning(request, f"Sign-up for this date is closed from now on: {date}.")
    if date.status == WorkshopDate.Status.OPEN and date.starts_at > now and not date.joining_link:
        once_added = "Once you add one, it is e-mailed to all who have a place."
        messages.warning(request, f"{date} is open and has no link to join. {once_added}")


def _is_closed_early(date: WorkshopDate, now: datetime) -> bool:
    """Whether it is open and to come, and nobody can sign up any more."""
    return date.status == WorkshopDate.Status.OPEN and date.closes_at <= now < date.starts_at


def _change_date(request: HttpRequest, before: WorkshopDate, date: WorkshopDate, now: datetime) -> None:
    # E-mails, not people: by a later start somebody who waits may get a place, and two e-mails.
    if told := change_date(date=date, now=now):
        messages.info(request, f"{emails(told)} about the change will be sent: {date}.")
    if promoted := change_capacity(date=date, capacity=date.capacity, now=now):
        number = people(len(promoted))
        messages.info(request, f"{number} got a place from the waiting list and will be e-mailed: {date}.")
    if before.starts_at != date.starts_at:
        # Of these three times some may have moved along.
        times = f"It ends {date_and_time(date.ends_at)}. Sign-up ends {date_and_time(date.closes_at)}."
        messages.info(request, f"Moved to {full_date_and_time(date.starts_at)}. {times}")


class EditsDates:
    """For a ModelAdmin and an inline alike. Their querysets are to be ``with_waiting``."""

    form: Any = WorkshopDateForm
    fields: Any = FIELDS
    readonly_fields: Any = ("so_far", "people")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields: list[Any] = list(self.fields)
        if not request.user.has_perm("workshops.view_signup"):
            fields[1] = ("capacity", "so_far")
        if obj and not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            fields.remove("opened_at")
        return fields

    @admin.display(description="So far")
    def so_far(self, date: WorkshopDate) -> SafeString | str:
        if not date.pk:
            return "Nobody yet"
        waiting: int = date.waiting  # type: ignore[attr-defined]  # annotated
        counts = f"{places_taken(date.taken, date.capacity)}, {date.free} free, {waiting} waiting."
        if too_late(date) or not date.taken + waiting:
            return counts
        return format_html(
            "{}<br>If you change the start or the end, {} will be e-mailed; a new link to join goes to {}. "
            "You are asked before anything is sent.",
            counts,
            people(date.taken + waiting),
            people(date.taken),
        )

    @admin.display(description="Who comes")
    def people(self, date: WorkshopDate) -> SafeString | str:
        if not date.pk:
            return "Nobody yet"
        address = reverse("admin:workshops_workshopdate_people", args=[date.pk])
        return format_html('<a href="{}">People<span class="visually-hidden"> of {}</span></a>', address, date)


class UpcomingDates(EditsDates, admin.StackedInline):
    model = WorkshopDate
    formset = DatesFormSet
    template = "admin/workshops/upcoming_dates.html"
    extra = 0
    can_delete = False
    show_change_link = True
    verbose_name_plural = "Dates to come"

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkshopDate]:
        """Old and cancelled dates have their list. What is sent back may have become one while it was open."""
        dates = WorkshopDate.objects.with_waiting()
        if request.method == "POST":
            return dates
        return dates.filter(starts_at__gt=timezone.now()).exclude(status=WorkshopDate.Status.CANCELLED)
