"""What managers ask: how many calls are offered and booked, what became of them, and who waits. Numbers only.

A fixed number of queries, however many calls there are, and of nothing that the purge of personal details takes away.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from statistics import median

from bookings.models import Adviser, Booking, WaitingEntry
from bookings.models.functions import CellOf, Numbers
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
from bookings.reports.lines import Counts, Key, Kind, Line, Wait, lines_by
from bookings.reports.supply import DAY, WEEK, Supply
from bookings.slots import cell_of
from guides.models import Council
from sendguide.lib.dates import long_date, midnight, monday_of, uk_day

# Before this week; and from this one on.
WEEKS_BACK, WEEKS_AHEAD = 12, 4


@dataclass(frozen=True, slots=True)
class Waiting:
    """Families who wait now, and for how many days. ``ended``: how it ended for others, and for how many of them."""

    number: int
    median_days: float | None
    longest_days: int | None
    ended: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Report:
    """``weeks``: the twelve before this one, this one, and three more. ``topics``, ``councils``, ``nations`` and
    ``outcomes`` count calls of the twelve weeks before this one, from ``first_day`` to ``last_day``.
    """

    first_day: date
    last_day: date
    weeks: list[Line]
    topics: list[Line]
    councils: list[Line]
    nations: list[Line]
    outcomes: list[tuple[str, int]]
    waiting: Waiting
    first_free: datetime | None


def supply_report(now: datetime) -> Report:
    monday = monday_of(now)
    first, end = monday - WEEKS_BACK * WEEK, monday + WEEKS_AHEAD * WEEK
    advisers, starts, waits = list(Adviser.objects.prefetch_related("topics")), _starts(first, end), _waits(first)
    supply = Supply.of(advisers, _taken(starts), first, end, now)
    past = Booking.objects.filter(starts_at__gte=midnight(first), starts_at__lt=midnight(monday))
    numbers = counted(past, now, BY_TOPIC | BY_COUNCIL)
    by_topic, by_council = numbers["topic"], numbers["council"]
    past_supply, councils = supply.before(monday), councils_of([*by_council, *(wait.council for wait in waits)])
    return Report(
        first_day=first,
        last_day=monday - DAY,
        weeks=_weeks(supply, starts, first, now),
        topics=_topics(by_topic, waits, past_supply),
        councils=_by_council(by_council, waits, supply, councils),
        nations=_nations(by_council, waits, past_supply, councils),
        outcomes=outcomes_of(by_topic),
        waiting=_waiting(waits, now),
        first_free=supply.first_free_with(advisers),
    )


# For an adviser and a kind of bookings the cells at which they begin.
Starts = Mapping[tuple[int, Kind], Sequence[int]]


def _starts(first: date, end: date) -> Starts:
    rows = Booking.objects.filter(starts_at__gte=midnight(first), starts_at__lt=midnight(end))
    groups = (
        rows.order_by().values_list("adviser_id", "status", "outcome").annotate(begins=Numbers(CellOf("starts_at")))
    )
    return {(adviser, Kind(status, outcome)): cells for adviser, status, outcome, cells in groups}


def _taken(starts: Starts) -> dict[int, list[int]]:
    """Of each adviser where the calls begin that were not cancelled."""
    taken: defaultdict[int, list[int]] = defaultdict(list)
    for (adviser, kind), cells in starts.items():
        if kind.status == Booking.Status.BOOKED:
            taken[adviser] += cells
    return taken


def _waits(first: date) -> list[Wait]:
    """Who waits now, and whose waiting has ended since ``first``. Not who never said yes to the list."""
    rows = WaitingEntry.objects.waiting() | WaitingEntry.objects.filter(ended_at__gte=midnight(first))
    rows = rows.filter(confirmed_at__isnull=False)
    names = "topic_id", "council_id", "status", "created_at"
    return [Wait(*row) for row in rows.values_list(*names).iterator(chunk_size=5_000)]


def _weeks(supply: Supply, starts: Starts, first: date, now: datetime) -> list[Line]:
    mondays = [first + number * WEEK for number in range(WEEKS_BACK + WEEKS_AHEAD)]
    lines = [Line(long_date(monday), offered=supply.in_week(monday)) for monday in mondays]
    begins = [cell_of(midnight(monday)) for monday in [*mondays, mondays[-1] + WEEK]]
    of_kind: defaultdict[Kind, list[int]] = defaultdict(list)
    for (_, kind), cells in starts.items():
        of_kind[kind] += cells
    for kind, cells in of_kind.items():
        cells.sort()
        places, begun = [bisect_left(cells, begin) for begin in begins], bisect_right(cells, cell_of(now))
        for line, (since, until) in zip(lines, pairwise(places), strict=True):
            line.add(kind, until - since, begun=min(max(begun, since), until) - since)
    return lines


def _still(waits: Iterable[Wait]) -> list[Wait]:
    return [wait for wait in waits if wait.status == WaitingEntry.Status.WAITING]


# Below, families who did not say (None) can talk to every adviser.


def _topics(by_topic: Counts, waits: Iterable[Wait], supply: Supply) -> list[Line]:
    lines = lines_by(by_topic, [wait.topic for wait in _still(waits)], topic_names())
    topics = [(each, {topic.pk for topic in each.topics.all()}) for each in supply.advisers]
    for pk, line in lines.items():
        supply.fill(line, [each for each, known in topics if not pk or not known or pk in known])
    return list(lines.values())


def _nations(by_council: Counts, waits: Iterable[Wait], supply: Supply, councils: Mapping[int, Council]) -> list[Line]:
    waiting = [councils[wait.council].nation if wait.council else None for wait in _still(waits)]
    lines = lines_by(by_nation(by_council, councils), waiting, nation_names())
    for nation, line in lines.items():
        supply.fill(line, [each for each in supply.advisers if not nation or nation in each.nations])
    return list(lines.values())


def _by_council(
    by_council: Counts, waits: Iterable[Wait], supply: Supply, councils: Mapping[int, Council]
) -> list[Line]:
    """What was offered there is said by nation."""
    lines = lines_by(by_council, [wait.council for wait in _still(waits)], council_names(councils))
    nations: dict[Key, str] = {pk: council.nation for pk, council in councils.items()}
    first_in = {
        nation: supply.first_free_with([each for each in supply.advisers if nation in each.nations])
        for nation in set(nations.values())
    }
    for pk, line in lines.items():
        line.first_free = first_in[nations[pk]] if pk else supply.first_free_with(supply.advisers)
    return list(lines.values())


def _waiting(waits: Collection[Wait], now: datetime) -> Waiting:
    still = WaitingEntry.Status.WAITING
    days = [(uk_day(now) - uk_day(wait.since)).days for wait in _still(waits)]
    number = Counter(wait.status for wait in waits)
    ended = [(label, number[value]) for value, label in WaitingEntry.Status.choices if value != still]
    return Waiting(len(days), median(days) if days else None, max(days, default=None), ended)
