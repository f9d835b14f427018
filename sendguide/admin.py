"""The staff site: its name, and a start page that says what needs doing."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from bookings.diary import on_days
from bookings.rights import SEE_CALLS, calls_for, own_adviser
from guides.models import Council, Guide, OutsideLink
from sendguide.accounts import urls as account_pages
from sendguide.accounts.middleware import who_knows_the_password
from sendguide.outbox.models import SILENT_AFTER, JobRun, QueuedEmail
from sendguide.troubles.models import lately
from workshops.models import WorkshopDate
from workshops.upcoming import without_link

AHEAD = timedelta(days=30)
SHOWN = 8
# What one adviser can have in a day, and more; the diary has them all.
MOST_CALLS = 40
LONGEST_NUMBER = 18  # digits that a database takes as the number of a row
# What staff use most comes first; what is not named here follows by name.
FIRST = [
    *("Guide", "Picture", "SitePage", "Topic", "Situation", "Testimonial", "GlossaryTerm", "Role", "Council"),
    *("Workshop", "WorkshopDate", "SignUp"),
    *("Booking", "WaitingEntry", "Adviser"),
]
LAST_APPS = ["outbox", "accounts", "auth", "admin", "troubles"]
# Django's own words say little to who does not program.
LIST_NAMES = {"User": "Accounts", "Group": "Roles", "LogEntry": "What staff did"}


def rows_by_number(view: Callable[..., Any]) -> Callable[..., Any]:
    """Rows ticked in a list that are no numbers are passed over: with one Django's lists are an error of the site."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if ACTION_CHECKBOX_NAME in request.POST:
            sent = request.POST.copy()
            ticked = (each for each in sent.getlist(ACTION_CHECKBOX_NAME) if each.isascii() and each.isdecimal())
            sent.setlist(ACTION_CHECKBOX_NAME, [each for each in ticked if len(each) <= LONGEST_NUMBER])
            request.POST = sent  # type: ignore[assignment]  # what Django itself does where it corrects a form
        return view(request, *args, **kwargs)

    return checked


class StaffSite(admin.AdminSite):
    site_header = "SEND Guide: staff"
    site_title = "SEND Guide staff"
    index_title = "What needs doing"
    empty_value_display = "–"
    # The start page lists everything; beside it there would be too little room for text and preview.
    enable_nav_sidebar = False

    def get_urls(self) -> list[Any]:
        # Only now: importing it registers its lists with this very site.
        from bookings.admin.urls import own_pages
        from workshops.admin.by_month import workshops_by_month_pages

        own = [*own_pages(self), *workshops_by_month_pages(self), *account_pages.own_pages(self)]
        return [*own, *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Who has given their password goes on to the second step."""
        is_half_in = who_knows_the_password(request).is_staff and not request.user.is_authenticated
        if request.method == "GET" and is_half_in:
            wanted = {name: request.GET[name] for name in [REDIRECT_FIELD_NAME] if name in request.GET}
            return redirect(f"{reverse('admin:second_step')}?{urlencode(wanted)}")
        return super().login(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "has_second_step": settings.STAFF_TWO_FACTOR}

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return super().admin_view(rows_by_number(view), cacheable)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**_to_do(request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _rank(model["object_name"]))
            for model in app["models"]:
                model["name"] = LIST_NAMES.get(model["object_name"], model["name"])
        return sorted(apps, key=lambda app: app["app_label"] in LAST_APPS and LAST_APPS.index(app["app_label"]) + 1)


def _rank(name: str) -> int:
    return FIRST.index(name) if name in FIRST else len(FIRST)


def _to_do(request: HttpRequest) -> dict[str, Any]:
    """Only what this person may see."""
    found: dict[str, Any] = {}
    if request.user.has_perm(SEE_CALLS):
        calls = list(on_days(calls_for(request.user), timezone.localdate(), timezone.localdate())[: MOST_CALLS + 1])
        found |= {"calls_today": calls[:MOST_CALLS], "more_calls_today": len(calls) > MOST_CALLS}
        with_needs = calls_for(request.user).upcoming().with_needs().select_related("adviser")
        found["to_arrange"] = [call for call in with_needs if call.needs_arranging][:SHOWN]
        found["is_adviser"] = own_adviser(request.user) is not None
    if request.user.has_perm("guides.view_guide"):
        today = timezone.localdate()
        due = Guide.objects.filter(review_due__lte=today + AHEAD).order_by("review_due")
        public = Guide.objects.published().values("pk")
        waiting = Guide.objects.exclude(pk__in=public).order_by("-updated_at")
        found |= {"review_due": due[:SHOWN], "not_published": waiting[:SHOWN], "today": today}
    if request.user.has_perm("guides.view_council"):
        unsure = [Council.Confidence.HIGH, Council.Confidence.EVIDENCE_OLD]
        councils = Council.objects.exclude(local_offer_url="").filter(link_checked_on=None)
        found["unchecked_links"] = councils.filter(confidence__in=unsure).count()
    if request.user.has_perm("guides.view_outsidelink"):
        found["unreached_links"] = OutsideLink.objects.unreached().count()
    if request.user.has_perm("outbox.view_queuedemail"):
        found |= _mail()
    if request.user.has_perm("troubles.view_trouble"):
        found["troubles"] = lately(timezone.now())
    if request.user.has_perm("workshops.view_workshopdate"):
        to_come = WorkshopDate.objects.upcoming().filter(status=WorkshopDate.Status.OPEN)
        found["next_dates"] = to_come.with_waiting()[:SHOWN]
        found["without_link"] = without_link().with_workshop()[:SHOWN]
    return found


def _mail() -> dict[str, Any]:
    now = timezone.now()
    last = JobRun.last_sign_of_life()
    return {
        "stuck_emails": QueuedEmail.objects.stuck(now).count(),
        "failed_job": JobRun.objects.exclude(problem="").order_by("-started_at").first(),
        "worker_is_silent": last is None or now - last > SILENT_AFTER,
        "worker_last": last,
    }
