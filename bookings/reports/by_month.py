"""How many calls there were in a period of months, and what became of them: for the report to funders. Numbers only."""

from dataclasses import dataclass
from datetime import datetime

from bookings.models import Booking
from bookings.reports.counting import (
    BY_COUNCIL,
    BY_TOPIC,
    by_nation,
    council_names,
    councils_of,
    counted,
    nation_names,
    outcomes_of,
    topic_names,
)
from bookings.reports.lines import Key, Line, lines_by, sum_of
from sendguide.by_month.counting import number_of_month
from sendguide.lib.dates import month
from sendguide.lib.months import Period, month_number


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """``months`` has a line for each of the period, in their order; all else is about the whole of it."""

    months: list[Line]
    topics: list[Line]
    councils: list[Line]
    nations: list[Line]
    outcomes: list[tuple[str, int]]
    total: Line


def calls_by_month(period: Period, now: datetime) -> MonthlyReport:
    """A call counts in the month of its time, cancelled or not. Three queries, however many calls there are."""
    rows = Booking.objects.filter(starts_at__gte=period.begins, starts_at__lt=period.ends)
    calls = counted(rows, now, {"month": number_of_month("starts_at", period), **BY_TOPIC, **BY_COUNCIL})
    councils = councils_of(calls["council"])
    month_names: dict[Key, str] = {month_number(first): month(first) for first in period.months}
    months = lines_by(calls["month"], (), month_names)
    return MonthlyReport(
        months=list(months.values()),
        topics=list(lines_by(calls["topic"], (), topic_names()).values()),
        councils=list(lines_by(calls["council"], (), council_names(councils)).values()),
        nations=list(lines_by(by_nation(calls["council"], councils), (), nation_names()).values()),
        outcomes=outcomes_of(calls["month"]),
        total=sum_of(months.values(), period.in_words),
    )
