"""Workshops by month, for the report to funders: for those who may see all dates and who signed up for them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sendguide.by_month.pages import ByMonth
from sendguide.lib.figure_tables import FigureTable
from sendguide.lib.months import Period
from workshops.admin.date_pages import SEE_PEOPLE
from workshops.by_month import WorkshopLine, workshops_by_month

SEE_DATES = "workshops.view_workshopdate"
PEOPLE = {"placed": "Places taken", "given_back": "Places given back", "waited": "Waited, got no place"}
ALL = {"held": "Dates held", **PEOPLE, "cancelled": "Dates cancelled"}


def workshop_tables(period: Period, now: datetime) -> list[FigureTable]:
    report = workshops_by_month(period, now)

    def table(name: str, lines: Iterable[WorkshopLine], columns: Mapping[str, str] = ALL) -> FigureTable:
        rows = [(line.name, _figures(line, columns)) for line in lines]
        return FigureTable(f"By {name.lower()}", name, columns, rows, _figures(report.total, columns))

    return [
        table("Month", report.months),
        table("Workshop", report.workshops),
        table("Topic", report.topics),
        table("Council", report.councils, PEOPLE),
    ]


def _figures(line: WorkshopLine, columns: Iterable[str]) -> list[int]:
    return [line.numbers[column] for column in columns]


workshops_by_month_pages = ByMonth(
    app="workshops",
    title="Workshops by month",
    template="admin/workshops/by_month.html",
    rights=[SEE_DATES, SEE_PEOPLE],
    tables=workshop_tables,
).pages
