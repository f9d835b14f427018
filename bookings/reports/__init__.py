"""What managers ask: how many calls are offered and booked, what became of them, and who waits. Numbers only.

A fixed number of queries, however many calls there are, and of nothing that the purge of personal details takes away.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from bookings.models import Adviser, Booking, WaitingEntry
from bookings.reports.lines import Call, Counting, Key, Line, Wait
from bookings.reports.supply import DAY, WEEK, Supply
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
    advisers = list(Adviser.objects.prefetch_related("topics"))
    calls, waits = _calls(first, end), _waits(first)
    supply = Supply.of(advisers, calls, first, end, now)
    this_week = midnight(monday)
    past = Counting([call for call in calls if call.start < this_week], waits, now)
    past_supply, councils = supply.before(monday), _councils([*past.calls, *waits])
    return Report(
        first_day=first,
        last_day=monday - DAY,
        weeks=_weeks(supply, calls, first, now),
        topics=_topics(past, past_supply),
        councils=_by_council(past, supply, councils),
        nations=_nations(past, past_supply, councils),
        outcomes=_outcomes(past.calls),
        waiting=_waiting(waits, now),
        first_free=supply.first_free_with(advisers),
    )


def _calls(first: date, end: date) -> list[Call]:
    rows = Booking.objects.filter(starts_at__gte=midnight(first), starts_at__lt=midnight(end))
    names = "adviser_id", "starts_at", "status", "outcome", "topic_id", "council_id"
    return [Call._make(row) for row in rows.values_list(*names).iterator(chunk_size=5_000)]


def _waits(first: date) -> list[Wait]:
    """Who waits now, and whose waiting has ended since ``first``. Not who never said yes to the list."""
    rows = WaitingEntry.objects.waiting() | WaitingEntry.objects.filter(ended_at__gte=midnight(first))
    rows = rows.filter(confirmed_at__isnull=False)
    names = "topic_id", "council_id", "status", "created_at"
    return [Wait(*row) for row in rows.values_list(*names).iterator(chunk_size=5_000)]


def _councils(concerned: Iterable[Call | Wait]) -> dict[int, Council]:
    """By name."""
    pks = {each.council for each in concerned if each.council}
    return {each.pk: each for each in Council.objects.filter(pk__in=pks).only("name", "nation").order_by("name")}


def _weeks(supply: Supply, calls: Iterable[Call], first: date, now: datetime) -> list[Line]:
    mondays = [first + number * WEEK for number in range(WEEKS_BACK + WEEKS_AHEAD)]
    lines = [Line(long_date(monday), offered=supply.in_week(monday)) for monday in mondays]
    begins = [midnight(monday) for monday in mondays]
    for call in calls:
        lines[bisect_right(begins, call.start) - 1].add(call, now)
    return lines


# Below, families who did not say (None) can talk to every adviser.


def _topics(counting: Counting, supply: Supply) -> list[Line]:
    names: dict[Key, str] = {pk: topic.name for pk, topic in Topic.objects.in_bulk().items()}
    lines = counting.by(lambda each: each.topic, {**names, None: NO_TOPIC})
    topics = [(each, {topic.pk for topic in each.topics.all()}) for each in supply.advisers]
    for pk, line in lines.items():
        supply.fill(line, [each for each, known in topics if not pk or not known or pk in known])
    return list(lines.values())


def _nations(counting: Counting, supply: Supply, councils: dict[int, Council]) -> list[Line]:
    names: dict[Key, str] = {nation: nation for nation in NATIONS}

    def nation_of(each: Call | Wait) -> str | None:
        return councils[each.council].nation if each.council else None

    lines = counting.by(nation_of, {**names, None: NO_NATION})
    for nation, line in lines.items():
        supply.fill(line, [each for each in supply.advisers if not nation or nation in each.nations])
    return list(lines.values())


def _by_council(counting: Counting, supply: Supply, councils: dict[int, Council]) -> list[Line]:
    """What was offered there is said by nation."""
    names: dict[Key, str] = {pk: council.name for pk, council in councils.items()}
    lines = counting.by(lambda each: each.council, {**names, None: NO_COUNCIL})
    nations: dict[Key, str] = {pk: council.nation for pk, council in councils.items()}
    for pk, line in lines.items():
        able = [each for each in supply.advisers if not pk or nations[pk] in each.nations]
        line.first_free = supply.first_free_with(able)
    return list(lines.values())


def _outcomes(calls: Iterable[Call]) -> list[tuple[str, int]]:
    number = Counter(call.outcome for call in calls if call.status == Booking.Status.BOOKED)
    return [(label, number[value]) for value, label in [*Booking.Outcome.choices, ("", NO_OUTCOME)]]


def _waiting(waits: Collection[Wait], now: datetime) -> Waiting:
    still = WaitingEntry.Status.WAITING
    days = [(uk_day(now) - uk_day(wait.since)).days for wait in waits if wait.status == still]
    number = Counter(wait.status for wait in waits)
    ended = [(label, number[value]) for value, label in WaitingEntry.Status.choices if value != still]
    return Waiting(len(days), median(days) if days else None, max(days, default=None), ended)
