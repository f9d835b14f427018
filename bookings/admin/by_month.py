"""Calls by month, for the report to funders: for those who may see all calls."""

from collections.abc import Iterable
from datetime import datetime

from bookings.admin.supply_tables import CALLS, outcome_table
from bookings.reports.by_month import calls_by_month
from bookings.reports.lines import Line
from bookings.rights import SEE_ALL_CALLS
from sendguide.by_month.pages import ByMonth
from sendguide.lib.figure_tables import FigureTable
from sendguide.lib.months import Period

# What was offered in the past is known only as far as the hours still stand that advisers had then.
COUNTED = {name: words for name, words in CALLS.items() if name != "offered"}


def call_tables(period: Period, now: datetime) -> list[FigureTable]:
    report = calls_by_month(period, now)

    def table(name: str, lines: Iterable[Line]) -> FigureTable:
        rows = [(line.name, _figures(line)) for line in lines]
        return FigureTable(f"By {name.lower()}", name, COUNTED, rows, _figures(report.total))

    return [
        table("Month", report.months),
        table("Topic", report.topics),
        table("Council", report.councils),
        table("Nation", report.nations),
        outcome_table(report.outcomes),
    ]


def _figures(line: Line) -> list[int]:
    return [getattr(line, column) for column in COUNTED]


calls_by_month_pages = ByMonth(
    app="bookings",
    title="Calls by month",
    template="admin/bookings/by_month.html",
    rights=[SEE_ALL_CALLS],
    tables=call_tables,
).pages
