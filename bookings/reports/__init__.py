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

from django.db.models import Count, QuerySet

from bookings.models import Adviser, Booking, WaitingEntry
from bookings.models.functions import CellOf, Numbers
from bookings.reports.lines import Counts, Key, Kind, Line, Wait, lines_by
from bookings.reports.supply import DAY, WEEK, Supply
from bookings.slots import cell_of
from guides.models import Council, Topic
from guides.nations import NATIONS
from sendguide.lib.dates import long_date, midnight, monday_of, uk_day

# Before this week; and from this one on.
WEEKS_BACK, WEEKS_AHEAD = 12, 4
NO_TOPIC, NO_COUNCIL, NO_NATION = "No topic chosen", "Council not known", "Nation not known"
NO_OUTCOME = "not written down yet"


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
    by_topic, by_council = _numbers(past)
    past_supply, councils = supply.before(monday), _councils([*by_council, *(wait.council for wait in waits)])
    return Report(
        first_day=first,
        last_day=monday - DAY,
        weeks=_weeks(supply, starts, first, now),
        topics=_topics(by_topic, waits, past_supply),
        councils=_by_council(by_council, waits, supply, councils),
        nations=_nations(by_council, waits, past_supply, councils),
        outcomes=_outcomes(by_topic),
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


def _numbers(rows: QuerySet[Booking]) -> tuple[Counts, Counts]:
    """By topic and by council: out of one query, so that the tables agree whatever happens meanwhile."""
    by_topic: defaultdict[Key, Counter[Kind]] = defaultdict(Counter)
    by_council: defaultdict[Key, Counter[Kind]] = defaultdict(Counter)
    groups = rows.order_by().values_list("topic_id", "council_id", "status", "outcome").annotate(Count("pk"))
    for topic, council, status, outcome, number in groups:
        by_topic[topic][Kind(status, outcome)] += number
        by_council[council][Kind(status, outcome)] += number
    return by_topic, by_council


def _waits(first: date) -> list[Wait]:
    """Who waits now, and whose waiting has ended since ``first``. Not who never said yes to the list."""
    rows = WaitingEntry.objects.waiting() | WaitingEntry.objects.filter(ended_at__gte=midnight(first))
    rows = rows.filter(confirmed_at__isnull=False)
    names = "topic_id", "council_id", "status", "created_at"
    return [Wait(*row) for row in rows.values_list(*names).iterator(chunk_size=5_000)]


def _councils(pks: Iterable[Key]) -> dict[int, Council]:
    """By name."""
    known = {pk for pk in pks if pk}
    return {each.pk: each for each in Council.objects.filter(pk__in=known).only("name", "nation").order_by("name")}


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
    names: dict[Key, str] = {pk: topic.name for pk, topic in Topic.objects.in_bulk().items()}
    lines = lines_by(by_topic, [wait.topic for wait in _still(waits)], {**names, None: NO_TOPIC})
    topics = [(each, {topic.pk for topic in each.topics.all()}) for each in supply.advisers]
    for pk, line in lines.items():
        supply.fill(line, [each for each, known in topics if not pk or not known or pk in known])
    return list(lines.values())


def _nations(by_council: Counts, waits: Iterable[Wait], supply: Supply, councils: Mapping[int, Council]) -> list[Line]:
    names: dict[Key, str] = {nation: nation for nation in NATIONS}
    nation_of: dict[Key, str | None] = {pk: council.nation for pk, council in councils.items()} | {None: None}
    by_nation: defaultdict[Key, Counter[Kind]] = defaultdict(Counter)
    for pk, kinds in by_council.items():
        by_nation[nation_of[pk]].update(kinds)
    lines = lines_by(by_nation, [nation_of[wait.council] for wait in _still(waits)], {**names, None: NO_NATION})
    for nation, line in lines.items():
        supply.fill(line, [each for each in supply.advisers if not nation or nation in each.nations])
    return list(lines.values())


def _by_council(
    by_council: Counts, waits: Iterable[Wait], supply: Supply, councils: Mapping[int, Council]
) -> list[Line]:
    """What was offered there is said by nation."""
    names: dict[Key, str] = {pk: council.name for pk, council in councils.items()}
    lines = lines_by(by_council, [wait.council for wait in _still(waits)], {**names, None: NO_COUNCIL})
    nations: dict[Key, str] = {pk: council.nation for pk, council in councils.items()}
    first_in = {
        nation: supply.first_free_with([each for each in supply.advisers if nation in each.nations])
        for nation in set(nations.values())
    }
    for pk, line in lines.items():
        line.first_free = first_in[nations[pk]] if pk else supply.first_free_with(supply.advisers)
    return list(lines.values())


def _outcomes(by_topic: Counts) -> list[tuple[str, int]]:
    number: Counter[str] = Counter()
    for kinds in by_topic.values():
        number.update({kind.outcome: many for kind, many in kinds.items() if kind.status == Booking.Status.BOOKED})
    return [(label, number[value]) for value, label in [*Booking.Outcome.choices, ("", NO_OUTCOME)]]


def _waiting(waits: Collection[Wait], now: datetime) -> Waiting:
    still = WaitingEntry.Status.WAITING
    days = [(uk_day(now) - uk_day(wait.since)).days for wait in _still(waits)]
    number = Counter(wait.status for wait in waits)
    ended = [(label, number[value]) for value, label in WaitingEntry.Status.choices if value != still]
    return Waiting(len(days), median(days) if days else None, max(days, default=None), ended)
