"""Made-up advisers, so that whoever tries the site can book a call at once. Their names say so to families too."""

from datetime import datetime, time
from typing import NamedTuple

from bookings.models import Adviser, WeeklyHours
from guides.models import Topic
from sendguide.lib.dates import uk_day

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


class Example(NamedTuple):
    """``topics`` are slugs; none means all. ``hours``: days of the week, from, until."""

    name: str
    nation: str
    nations: list[str]
    topics: tuple[str, ...]
    hours: tuple[tuple[tuple[int, ...], time, time], ...]


EXAMPLES = (
    Example(
        "Amira (example)",
        "England",
        ["England", "Wales", "Northern Ireland"],
        (),
        (((MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY), time(9, 30), time(12, 30)),),
    ),
    Example(
        "Ben (example)",
        "England",
        ["England"],
        ("send-in-education", "autism", "adhd", "anxiety"),
        (((TUESDAY, THURSDAY), time(13), time(16)), ((WEDNESDAY,), time(17), time(19, 30))),
    ),
    Example(
        "Chloe (example)",
        "Scotland",
        ["Scotland"],
        (),
        (((MONDAY, WEDNESDAY, FRIDAY), time(10), time(14)),),
    ),
)


def create_example_advisers(*, now: datetime) -> int:
    """Make three advisers with weekly hours from today on, unless there is any adviser at all. Gives their number."""
    if Adviser.objects.exists():
        return 0
    for example in EXAMPLES:
        adviser = Adviser.objects.create(
            name=example.name, nation=example.nation, nations=example.nations, is_example=True
        )
        adviser.topics.set(Topic.objects.filter(slug__in=example.topics))
        WeeklyHours.objects.bulk_create(
            WeeklyHours(adviser=adviser, weekday=weekday, starts=starts, ends=ends, from_day=uk_day(now))
            for weekdays, starts, ends in example.hours
            for weekday in weekdays
        )
    return len(EXAMPLES)
