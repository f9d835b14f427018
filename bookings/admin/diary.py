"""The diary: whom to call today or this week, and what to know before one dials. Made to be printed, too."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from bookings.diary import diary_days
from bookings.forms.diary import DiaryForm
from bookings.rights import CHANGE_CALLS, SEE_CALLS, advisers_for_diary
from sendguide.lib.dates import full_date, long_date, midnight, monday_of

# Of more nobody reads a page. A week holds five times as many calls as a day.
ADVISERS_A_PAGE, ADVISERS_A_PAGE_OF_A_WEEK = 40, 10
NOT_UNDERSTOOD = "We could not find that page of the diary. Here is the nearest one."


def diary_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(SEE_CALLS):
        raise PermissionDenied
    advisers, now = advisers_for_diary(request.user), timezone.now()
    form = DiaryForm(request.GET, advisers=advisers)
    is_understood, asked = form.is_valid(), form.cleaned_data
    day, is_week, chosen = (
        asked.get("day") or timezone.localdate(now),
        asked.get("view") == "week",
        asked.get("adviser"),
    )
    days = _week_of(day) if is_week else [day]
    wanted = [each for each in advisers if chosen in (None, each.pk)]
    page = Paginator(wanted, ADVISERS_A_PAGE_OF_A_WEEK if is_week else ADVISERS_A_PAGE).get_page(
        request.GET.get("page")
    )
    shown = list(page)
    step = timedelta(days=7 if is_week else 1)
    context = {
        "title": f"Diary: {long_date(days[0])} to {long_date(days[-1])}" if is_week else f"Diary: {full_date(day)}",
        "problem": "" if is_understood else NOT_UNDERSTOOD,
        "days": diary_days(shown, days, now),
        "today": timezone.localdate(now),
        "day": day,
        "is_week": is_week,
        "advisers": advisers,
        "chosen": chosen,
        "page": page,
        "names_are_shown": len(wanted) > 1,
        "may_book": request.user.has_perm(CHANGE_CALLS),
        "before": _address(day - step, is_week, chosen, page.number),
        "after": _address(day + step, is_week, chosen, page.number),
        "now": _address(None, is_week, chosen, page.number),
        "as_day": _address(day, False, chosen),
        "as_week": _address(day, True, chosen),
    }
    status = HTTPStatus.OK if is_understood else HTTPStatus.BAD_REQUEST
    return TemplateResponse(
        request, "admin/bookings/diary.html", {**admin.site.each_context(request), **context}, status=status
    )


def _week_of(day: date) -> list[date]:
    """From Monday to Sunday."""
    monday = monday_of(midnight(day))
    return [monday + timedelta(days=number) for number in range(7)]


def _address(day: date | None, is_week: bool, adviser: int | None, page: int = 1) -> str:
    said: dict[str, Any] = {"day": day, "view": "week" if is_week else None, "adviser": adviser}
    said["page"] = page if page > 1 else None
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{reverse('admin:bookings_diary')}?{query}"
