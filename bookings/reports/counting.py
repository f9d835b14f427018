"""Calls counted in the database by what they have in common.

By nothing that the purge of personal details takes away.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, CharField, Count, ExpressionWrapper, F, Q, QuerySet, Value

from bookings.models import Booking
from bookings.reports.lines import Counts, Key, Kind
from guides.models import Council, Topic
from guides.nations import NATIONS

NO_TOPIC, NO_COUNCIL, NO_NATION = "No topic chosen", "Council not known", "Nation not known"
NO_OUTCOME, TO_COME = "not written down yet", "still to come"
BY_TOPIC, BY_COUNCIL = {"topic": F("topic_id")}, {"council": F("council_id")}


def counted(rows: QuerySet[Booking], now: datetime, by: Mapping[str, Any]) -> dict[str, Counts]:
    """How many of ``rows``, for each name in ``by``, which says what to group by: a whole number, or nothing.

    Out of one query, so that the tables agree whatever happens meanwhile.
    """
    has_begun = ExpressionWrapper(Q(starts_at__lte=now), output_field=BooleanField())
    columns = "counted_by", "key", "status", "outcome", "has_begun", "number"
    groups = [
        rows.order_by()
        .annotate(counted_by=Value(name, output_field=CharField()), key=key, has_begun=has_begun)
        .values(*columns[:-1])
        .annotate(number=Count("pk"))
        .values_list(*columns)
        for name, key in by.items()
    ]
    found: dict[str, defaultdict[Key, Counter[Kind]]] = {name: defaultdict(Counter) for name in by}
    for name, key, status, outcome, begun, number in groups[0].union(*groups[1:], all=True):
        found[name][key][Kind(status, outcome, bool(begun))] += number
    return {**found}


def by_nation(by_council: Counts, councils: Mapping[int, Council]) -> Counts:
    """Families who did not say where they live are under None."""
    found: defaultdict[Key, Counter[Kind]] = defaultdict(Counter)
    for pk, kinds in by_council.items():
        found[councils[int(pk)].nation if pk else None].update(kinds)
    return found


def outcomes_of(calls: Counts) -> list[tuple[str, int]]:
    """Of those that were not cancelled. Calls to come have a line only if there are any."""
    number: Counter[str] = Counter()
    for kinds in calls.values():
        for kind, many in kinds.items():
            if kind.status == Booking.Status.BOOKED:
                number[kind.outcome if kind.outcome or kind.has_begun else TO_COME] += many
    labels = [*Booking.Outcome.choices, ("", NO_OUTCOME), *([(TO_COME, TO_COME)] if number[TO_COME] else [])]
    return [(label, number[value]) for value, label in labels]


def topic_names() -> dict[Key, str]:
    return {**{pk: topic.name for pk, topic in Topic.objects.in_bulk().items()}, None: NO_TOPIC}


def nation_names() -> dict[Key, str]:
    return {**{nation: nation for nation in NATIONS}, None: NO_NATION}


def council_names(councils: Mapping[int, Council]) -> dict[Key, str]:
    return {**{pk: council.name for pk, council in councils.items()}, None: NO_COUNCIL}


def councils_of(pks: Iterable[Key]) -> dict[int, Council]:
    """By name."""
    known = {pk for pk in pks if pk}
    return {each.pk: each for each in Council.objects.filter(pk__in=known).only("name", "nation").order_by("name")}
