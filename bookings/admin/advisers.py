"""Advisers and their hours, for whoever manages them; and for each adviser their own.

Hours that no longer hold what is booked, or held for a family that waits, are saved only on the second press, when
that was shown.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from bookings.actions import offer_free_times, withdraw
from bookings.admin.closed_list import YES_OR_NO, ClosedList
from bookings.admin.hours import ExtraHoursInline, TimeOffInline, WeeklyHoursInline
from bookings.clashes import Clashes, clashes
from bookings.forms.hours import AdviserForm
from bookings.models import Adviser, Booking
from bookings.rights import MANAGE_ADVISERS, SEE_CALLS, may_set_hours, own_adviser
from bookings.words import families
from guides.nations import NATIONS, nations_in_words

# Fields of the page that asks first: the names of what it showed, and the button back.
SHOWN, BACK = "clashes_shown", "_back"
# Each takes about 35 ms on a busy machine. Whoever saves waits for them, and so do those who want the adviser's time
# (they give up after 3 s); the job worker makes the others.
MOST_OFFERS = 20


class NotShownYet(Exception):
    """Saving would leave calls or held times that the adviser cannot keep. Staff have to see them first."""

    def __init__(self, adviser: Adviser, touched: Clashes) -> None:
        super().__init__()
        self.adviser, self.touched = adviser, touched


@admin.register(Adviser)
class AdviserAdmin(ClosedList):
    form = AdviserForm
    change_form_template = "admin/bookings/adviser.html"
    inlines = (WeeklyHoursInline, ExtraHoursInline, TimeOffInline)
    list_display = ("name", "marked", "nation", "knows_law_of", "is_taking_calls", "user")
    list_filter = ("is_taking_calls", "nation")
    looked_up = {"is_taking_calls__exact": YES_OR_NO, "nation__exact": NATIONS}
    list_select_related = ("user",)
    search_fields = ("name__spelt", "email")
    search_help_text = "Searches names and e-mail addresses."
    # Hours, offers and diary hang on an adviser: deleting is for single ones that were never used.
    actions = None
    save_on_top = True

    def has_view_permission(self, request: HttpRequest, obj: Adviser | None = None) -> bool:
        own = obj is not None and may_set_hours(request.user, obj)
        return own or super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Adviser | None = None) -> bool:
        return may_set_hours(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Adviser | None = None) -> bool:
        is_used = obj is not None and (obj.bookings.exists() or obj.offers.exists())
        return super().has_delete_permission(request, obj) and not is_used

    def get_fieldsets(self, request: HttpRequest, obj: Adviser | None = None) -> Any:
        unseen = ["opened_at"] if may_set_hours(request.user, obj) else []
        if request.user.has_perm(MANAGE_ADVISERS) or obj is None:
            return [
                (None, {"fields": ["name", "email", "is_taking_calls", *unseen]}),
                ("What they can help with", {"fields": ["nation", "nations", "topics"]}),
                ("Account", {"fields": ["user", "is_example"]}),
            ]
        return [(None, {"fields": ["name", "nation", "knows_law_of", "helps_with", "is_taking_calls", *unseen]})]

    def get_inlines(self, request: HttpRequest, obj: Adviser | None = None) -> Any:
        """Who sets only their own hours comes mostly for time off."""
        if request.user.has_perm(MANAGE_ADVISERS):
            return self.inlines
        return (TimeOffInline, WeeklyHoursInline, ExtraHoursInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Adviser | None = None) -> Any:
        if request.user.has_perm(MANAGE_ADVISERS) or obj is None:
            return ()
        return (*AdviserForm.Meta.fields, "knows_law_of", "helps_with")

    def get_form(self, request: HttpRequest, obj: Adviser | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        # Shown again as it was typed, and not saved.
        return type(form.__name__, (form,), {"is_valid": lambda self: False}) if BACK in request.POST else form

    def my_hours_view(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(SEE_CALLS):
            raise PermissionDenied
        adviser = own_adviser(request.user)
        title = {"title": "My hours and time off"}
        if adviser is None:
            context = {**self.admin_site.each_context(request), **title}
            return TemplateResponse(request, "admin/bookings/no_adviser.html", context, status=404)
        return self.changeform_view(request, str(adviser.pk), "", title)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except NotShownYet as unseen:
            return self._confirm(request, unseen)
        if isinstance(response, HttpResponseRedirect) and request.method == "POST":
            # Whose time was taken back may get one of another adviser. They are locked one after the other, so not in
            # the transaction that holds this one.
            _say_offered(request, offer_free_times(now=timezone.now(), most=MOST_OFFERS))
        return response

    def save_model(self, request: HttpRequest, obj: Adviser, form: AdviserForm, change: bool) -> None:
        if form.before:
            # Saving writes all columns, as they were when the page was asked for. Whoever made a new address of the
            # calendar between that and the lock must not get the old one back.
            obj.feed_version = form.before.feed_version
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: AdviserForm, formsets: Any, change: bool) -> None:
        """The hours, with all that follows from them. Raises NotShownYet, which undoes it."""
        adviser, now = form.instance, timezone.now()
        before = clashes(form.before, now) if form.before else Clashes()
        super().save_related(request, form, formsets, change)
        touched = clashes(adviser, now).beyond(before)
        if touched.names - set(request.POST.get(SHOWN, "").split(",")):
            raise NotShownYet(adviser, touched)
        if touched.calls:
            messages.warning(request, _stay_booked(touched.calls))
        withdraw(offers=touched.offers, now=now)
        # Those who wait come first: to all others the hours are there once this is committed.
        _say_offered(request, offer_free_times(now=now, adviser=adviser, most=MOST_OFFERS))

    def response_post_save_change(self, request: HttpRequest, obj: Adviser) -> HttpResponseRedirect:
        if request.user.has_perm(MANAGE_ADVISERS):
            return super().response_post_save_change(request, obj)
        return redirect("admin:bookings_my_hours")

    def _confirm(self, request: HttpRequest, unseen: "NotShownYet") -> TemplateResponse:
        typed = [(name, value) for name, values in request.POST.lists() for value in values]
        left_out = {"csrfmiddlewaretoken", SHOWN}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "These calls stay booked" if unseen.touched.calls else "A held time is taken back",
            "adviser": unseen.adviser,
            "touched": unseen.touched,
            "shown": {"name": SHOWN, "value": ",".join(sorted(unseen.touched.names))},
            "back": BACK,
            "typed": [pair for pair in typed if pair[0] not in left_out],
        }
        return TemplateResponse(request, "admin/bookings/confirm_hours.html", context)

    @admin.display(description="example", boolean=True, ordering="is_example")
    def marked(self, adviser: Adviser) -> bool:
        return adviser.is_example

    @admin.display(description="knows the law of")
    def knows_law_of(self, adviser: Adviser) -> str:
        return nations_in_words(adviser.nations)

    @admin.display(description="helps with")
    def helps_with(self, adviser: Adviser) -> str:
        return ", ".join(topic.name for topic in adviser.topics.all()) or "all topics"


def _say_offered(request: HttpRequest, made: int) -> None:
    if made:
        messages.info(request, f"{families(made)} from the waiting list will be e-mailed an offer of a time.")


def _stay_booked(touched: Iterable[Booking]) -> str:
    rows = ((reverse("admin:bookings_booking_change", args=[each.pk]), each) for each in touched)
    links = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
    return format_html("Still booked, outside these hours. Move or cancel yourself:<ul>{}</ul>", links)
