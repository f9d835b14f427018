"""The figures of the supply report as tables: on its page, and as one that Excel can open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bookings.reports import Report
from bookings.reports.lines import Line
from sendguide.lib.csv_tables import csv_table
from sendguide.lib.dates import uk_day

CALLS = {
    "offered": "Offered",
    "booked": "Booked",
    "reached": "Reached",
    "missed": "Not reached",
    "unknown": "Not written down",
    "cancelled": "Cancelled",
}
DAYS = "days"
ALL = CALLS | {"waiting": "Families waiting now", DAYS: "Days to the first free call"}
# What is offered to a council is what is offered to its nation.
OF_COUNCILS = {name: words for name, words in ALL.items() if name != "offered"}
NONE_FREE = "none free"
Figure = int | str


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` says what a row is. Each row begins with its own name."""

    title: str
    name: str
    columns: dict[str, str]
    lines: Sequence[Line]
    today: date

    @property
    def slug(self) -> str:
        return self.name.lower()

    @property
    def rows(self) -> list[tuple[str, list[Figure]]]:
        return [(line.name, [figure(line, column, self.today) for column in self.columns]) for line in self.lines]


def figure(line: Line, column: str, today: date) -> Figure:
    return days_until(line.first_free, today) if column == DAYS else getattr(line, column)


def days_until(first_free: datetime | None, today: date) -> Figure:
    """0 is today."""
    return NONE_FREE if first_free is None else (uk_day(first_free) - today).days


def tables_of(report: Report, today: date) -> list[Table]:
    return [
        Table("By week", "Week", CALLS, report.weeks, today),
        Table("By topic", "Topic", ALL, report.topics, today),
        Table("By nation", "Nation", ALL, report.nations, today),
        Table("By council", "Council", OF_COUNCILS, report.councils, today),
    ]


def table_for_excel(report: Report, today: date) -> str:
    """All tables as one, so that it can be filtered. What a table does not have is empty."""
    rows: list[list[Figure]] = [["By", "Name", *ALL.values()]]
    for table in tables_of(report, today):
        for name, figures in table.rows:
            known = dict(zip(table.columns, figures, strict=True))
            rows.append([table.name, name, *(known.get(column, "") for column in ALL)])
    booked = list(ALL).index("booked")
    for name, number in report.outcomes:
        rows.append(["Outcome", name, *(number if place == booked else "" for place in range(len(ALL)))])
    return csv_table(rows)
