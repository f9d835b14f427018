from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.addresses import Addresses
from guides.admin.texts import TextAdmin
from sendguide.lib.dates import date_and_time
from workshops.admin.editing import UpcomingDates, save_date
from workshops.admin.sure import AsksFirst
from workshops.forms.workshops import WorkshopForm
from workshops.models import SignUp, Workshop, WorkshopDate
from workshops.words import people


@admin.register(Workshop)
class WorkshopAdmin(AsksFirst, TextAdmin):
    form = WorkshopForm
    inlines = (UpcomingDates,)
    list_display = ("title", "topic", "for_whom", "next_date", "published")
    list_filter = ("published", "topic", "reach")
    list_select_related = ("topic",)
    search_fields = ("title__spelt", "summary__spelt", "body__spelt")
    search_help_text = "Searches titles, summaries and texts."
    ordering = ("order", "title")
    slug_from = "title"
    save_on_top = True
    readonly_fields = ("parents_read", "all_dates")
    fieldsets = (
        (None, {"fields": ("title", "slug", "topic", "summary")}),
        ("Text", {"fields": ("body",)}),
        ("Drawing", {"fields": ("illustration", "illustration_alt")}),
        ("For whom", {"fields": ("reach", "nations", "regions", "councils", "own_words", "parents_read")}),
        ("Publishing", {"fields": ("published", "order", "all_dates")}),
        ("History", {"fields": ("note", "opened_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Workshop]:
        workshops = super().get_queryset(request)
        if request.resolver_match is None or request.resolver_match.url_name != "workshops_workshop_changelist":
            return workshops
        to_come = Q(dates__status=WorkshopDate.Status.OPEN, dates__starts_at__gt=timezone.now())
        listed = workshops.defer(*Workshop.LONG).prefetch_related("councils")
        return listed.annotate(next_start=Min("dates__starts_at", filter=to_come))

    def view_on_site(self, obj: Workshop) -> str | None:
        return obj.get_absolute_url() if obj.published else None

    def addresses_after(self, obj: Workshop, form: Any) -> Addresses:
        addresses = super().addresses_after(obj, form)
        if not obj.published:
            addresses.sections.pop(obj.get_absolute_url(), None)
        return addresses

    def save_model(self, request: HttpRequest, obj: Workshop, form: Any, change: bool) -> None:
        if change:
            # Before the row, and without entries of their own: so one entry of the history holds all that changed.
            obj.skip_history_when_saving = True  # type: ignore[attr-defined]
            obj.councils.set(form.cleaned_data["councils"])
            del obj.skip_history_when_saving  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        workshop: Workshop = form.instance
        if form.area_changed() or "own_words" in form.changed_data:
            messages.info(request, f"Parents will read: “{workshop.for_whom}”")
        if form.area_changed() and workshop.own_words and "own_words" not in form.changed_data:
            messages.warning(request, "These are your own words. Are they still right, now that the places changed?")
        if form.area_changed():
            self._warn_of_people_outside(request, workshop)
        if "published" in form.changed_data and not workshop.published:
            self._warn_of_people_left(request, workshop)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for date in formset.save(commit=False):
            save_date(request, date, is_new=date.pk is None)
        formset.save_m2m()

    @admin.display(description="for whom")
    def for_whom(self, workshop: Workshop) -> str:
        return workshop.for_whom

    @admin.display(description="next date", ordering="next_start")
    def next_date(self, workshop: Any) -> str | None:
        next_start: datetime | None = workshop.next_start
        return date_and_time(next_start) if next_start else None

    @admin.display(description="Parents read")
    def parents_read(self, workshop: Workshop) -> str:
        """As saved, whatever stands in the form."""
        saved = Workshop.objects.with_area().filter(pk=workshop.pk).first()
        return f"“{saved.for_whom}”" if saved else "You will see it here when you have saved."

    @admin.display(description="dates")
    def all_dates(self, workshop: Workshop) -> SafeString | str:
        if not workshop.pk:
            return "They stand below."
        return format_html(
            '<a href="{}?when=all&amp;workshop__id__exact={}">All dates, also old and cancelled ones</a>',
            reverse("admin:workshops_workshopdate_changelist"),
            workshop.pk,
        )

    def _warn_of_people_outside(self, request: HttpRequest, workshop: Workshop) -> None:
        """Those who signed up while it was open to their council."""
        saved = Workshop.objects.with_area().get(pk=workshop.pk)
        live = SignUp.objects.live().filter(date__workshop=workshop, date__starts_at__gt=timezone.now())
        outside = [
            each for each in live.select_related("council") if each.council and not saved.is_open_to(each.council)
        ]
        placed = sum(each.is_placed for each in outside)
        if placed:
            have = "has a place and keeps it" if placed == 1 else "have places and keep them"
            messages.warning(
                request, f"{people(placed)} from where it is not open any more {have}. They were not told."
            )
        if waiting := len(outside) - placed:
            wait = "waits and gets" if waiting == 1 else "wait and get"
            messages.warning(request, f"{people(waiting)} from where it is not open any more {wait} no place.")

    def _warn_of_people_left(self, request: HttpRequest, workshop: Workshop) -> None:
        to_come = SignUp.objects.live().filter(date__workshop=workshop, date__starts_at__gt=timezone.now())
        if left := to_come.count():
            sentence = "If a date does not take place, open it and choose “Cancel this date”."
            messages.warning(request, f"Signed up for its dates, and not told anything: {people(left)}. {sentence}")
