"""How many calls are offered and booked, what became of them, and who waits: for those who may see all calls."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from bookings.admin.charts import Chart, bar_chart
from bookings.admin.supply_tables import days_until, outcome_table, supply_table_for_excel, tables_of
from bookings.reports import WEEKS_BACK, Report, supply_report
from bookings.reports.lines import Line
from bookings.reports.supply import WEEK
from bookings.rights import SEE_ALL_CALLS


def supply_pages(site: AdminSite) -> list[Any]:
    """To stand before the lists among the addresses of ``site``."""
    return [
        path("bookings/supply/", site.admin_view(supply_view), name="bookings_supply"),
        path("bookings/supply.csv", site.admin_view(supply_table_view), name="bookings_supply_table"),
    ]


def supply_view(request: HttpRequest) -> HttpResponse:
    report, today = _report(request), timezone.localdate()
    past = report.weeks[:WEEKS_BACK]
    context = {
        "title": "Calls: offered, booked and waited for",
        "report": report,
        "this_week": report.weeks[WEEKS_BACK].name,
        "weeks_back": WEEKS_BACK,
        "tables": tables_of(report, today),
        "outcomes": outcome_table(report.outcomes),
        "days": days_until(report.first_free, today),
        "offered_chart": _offered_chart(report),
        "reached_chart": _reached_chart(report),
        "offered_summary": _in_all(
            "booked", sum(line.booked for line in past), sum(line.offered or 0 for line in past)
        ),
        "reached_summary": _in_all("reached", sum(line.reached for line in past), sum(line.booked for line in past)),
    }
    return TemplateResponse(request, "admin/bookings/supply.html", {**admin.site.each_context(request), **context})


def supply_table_view(request: HttpRequest) -> HttpResponse:
    table, today = supply_table_for_excel(_report(request), timezone.localdate()), timezone.localdate()
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="calls-{today.isoformat()}.csv"'
    return response


def _report(request: HttpRequest) -> Report:
    if not request.user.has_perm(SEE_ALL_CALLS):
        raise PermissionDenied
    return supply_report(timezone.now())


def _in_all(what: str, number: int, of: int) -> str:
    """For who cannot see a chart."""
    return (
        f"In the {WEEKS_BACK} weeks before this one: {number} {what} of {of}. The table has the figures of each week."
    )


def _offered_chart(report: Report) -> Chart:
    rows = []
    for week, line in _short_weeks(report):
        offered = line.offered or 0
        rows.append((week, f"{line.booked} of {offered}", {"booked": line.booked, "free": offered - line.booked}))
    return bar_chart(rows)


def _reached_chart(report: Report) -> Chart:
    """Of the weeks that have begun."""
    rows = []
    for week, line in _short_weeks(report)[: WEEKS_BACK + 1]:
        parts = {"reached": line.reached, "missed": line.missed, "unknown": line.unknown}
        rows.append((week, f"{line.reached} of {sum(parts.values())}", parts))
    return bar_chart(rows)


def _short_weeks(report: Report) -> list[tuple[str, Line]]:
    """With names that leave room for the bars: 30 Nov"""
    mondays = [report.first_day + number * WEEK for number in range(len(report.weeks))]
    return [(f"{day.day} {day:%b}", line) for day, line in zip(mondays, report.weeks, strict=True)]
