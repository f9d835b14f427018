"""The figures of the supply report as tables: on its page, and as one that Excel can open."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bookings.reports import Report
from bookings.reports.lines import Line
from sendguide.lib.dates import uk_day
from sendguide.lib.figure_tables import Figure, FigureTable, table_for_excel

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


def tables_of(report: Report, today: date) -> list[FigureTable]:
    return [
        _table("By week", "Week", CALLS, report.weeks, today),
        _table("By topic", "Topic", ALL, report.topics, today),
        _table("By nation", "Nation", ALL, report.nations, today),
        _table("By council", "Council", OF_COUNCILS, report.councils, today),
    ]


def _table(title: str, name: str, columns: dict[str, str], lines: Iterable[Line], today: date) -> FigureTable:
    rows = [(line.name, [figure(line, column, today) for column in columns]) for line in lines]
    return FigureTable(title, name, columns, rows)


def outcome_table(outcomes: Sequence[tuple[str, int]]) -> FigureTable:
    """Of calls that were not cancelled."""
    rows = [(name, [number]) for name, number in outcomes]
    return FigureTable("Outcomes", "Outcome", {"booked": "Calls"}, rows, [sum(number for _, number in outcomes)])


def figure(line: Line, column: str, today: date) -> Figure:
    return days_until(line.first_free, today) if column == DAYS else getattr(line, column)


def days_until(first_free: datetime | None, today: date) -> Figure:
    """0 is today."""
    return NONE_FREE if first_free is None else (uk_day(first_free) - today).days


def supply_table_for_excel(report: Report, today: date) -> str:
    return table_for_excel([*tables_of(report, today), outcome_table(report.outcomes)], ALL)
