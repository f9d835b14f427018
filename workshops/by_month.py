"""How many dates were held in a period of months, and who came: for the report to funders. Numbers only.

A fixed number of queries, however many dates and people there are, and of nothing that the purge of personal details
takes away. The tables agree whatever happens meanwhile: of a date that has begun no place is given or taken any more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from guides.models import Council, Topic
from sendguide.by_month.counting import number_of_month
from sendguide.lib.dates import month
from sendguide.lib.months import Period, month_number
from workshops.models import SignUp, Workshop, WorkshopDate

NO_COUNCIL = "Council not known"
# Who waits still when a date begins has waited in vain, too.
WAITED = [SignUp.Status.WAITING, SignUp.Status.LAPSED, SignUp.Status.LEFT]
PEOPLE = {
    "placed": Count("pk", filter=Q(status=SignUp.Status.PLACED)),
    "given_back": Count("pk", filter=Q(status=SignUp.Status.GIVEN_BACK)),
    "waited": Count("pk", filter=Q(status__in=WAITED)),
}
HELD, CANCELLED = WorkshopDate.Status.OPEN, WorkshopDate.Status.CANCELLED
DATES = {
    "held": Count("pk", filter=Q(status=HELD)),
    "cancelled": Count("pk", filter=Q(status=CANCELLED)),
}
# Enough to name workshops: their texts are long.
NAMES = "title", "topic"
# How many there are, by the names above.
Numbers = Counter[str]
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class WorkshopLine:
    """The numbers of what is called ``name``: dates that were ``held`` or ``cancelled``; and of those held, people who
    had a place (``placed``), who gave it back (``given_back``), who ``waited`` and got none.
    """

    name: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """``months`` has a line for each of the period; all else is about the whole of it, and has lines only where there
    is something to count. ``councils`` are those of the people.
    """

    months: list[WorkshopLine]
    workshops: list[WorkshopLine]
    topics: list[WorkshopLine]
    councils: list[WorkshopLine]
    total: WorkshopLine


def workshops_by_month(period: Period, now: datetime) -> MonthlyReport:
    """A date counts in the month of its time, once it has begun or been cancelled. Not drafts and made-up examples."""
    numbers, of_councils = _numbers(period, now), _numbers_of_councils(period, now)
    workshops = {each.pk: each for each in Workshop.objects.filter(pk__in={pk for _, pk in numbers}).only(*NAMES)}
    topics = Topic.objects.filter(pk__in={each.topic_id for each in workshops.values()})
    councils = Council.objects.filter(pk__in={pk for pk in of_councils if pk}).order_by("name")
    by_month = _added((number, each) for (number, _), each in numbers.items())
    by_workshop = _added((pk, each) for (_, pk), each in numbers.items())
    by_topic = _added((workshops[pk].topic_id, each) for pk, each in by_workshop.items())
    return MonthlyReport(
        months=_lines(by_month, {month_number(first): month(first) for first in period.months}),
        workshops=_lines(by_workshop, {pk: each.title for pk, each in workshops.items()}),
        topics=_lines(by_topic, dict(topics.values_list("pk", "name"))),
        councils=_lines(
            of_councils,
            {**dict(councils.values_list("pk", "name")), **({None: NO_COUNCIL} if None in of_councils else {})},
        ),
        total=WorkshopLine(period.in_words, sum(by_month.values(), Numbers())),
    )


def _numbers(period: Period, now: datetime) -> dict[tuple[int, int], Numbers]:
    """For the number of a month and the key of a workshop."""
    dates = WorkshopDate.objects.filter(starts_at__gte=period.begins, starts_at__lt=period.ends, is_example=False)
    dates = dates.filter(Q(status=CANCELLED) | Q(status=HELD, starts_at__lte=now)).order_by()
    of_dates = dates.annotate(in_month=number_of_month("starts_at", period)).values_list("in_month", "workshop")
    people = _people(period, now).annotate(in_month=number_of_month("date__starts_at", period))
    of_people = people.values_list("in_month", "date__workshop")
    return _added(
        ((number, workshop), Numbers(dict(zip(names, figures, strict=True))))
        for names, groups in ((DATES, of_dates.annotate(**DATES)), (PEOPLE, of_people.annotate(**PEOPLE)))
        for number, workshop, *figures in groups
    )


def _numbers_of_councils(period: Period, now: datetime) -> dict[int | None, Numbers]:
    groups = _people(period, now).values_list("council").annotate(**PEOPLE)
    return {council: Numbers(dict(zip(PEOPLE, figures, strict=True))) for council, *figures in groups}


def _people(period: Period, now: datetime) -> QuerySet[SignUp]:
    """Of the dates that were held."""
    in_period = SignUp.objects.filter(date__starts_at__gte=period.begins, date__starts_at__lt=period.ends)
    return in_period.filter(date__status=HELD, date__starts_at__lte=now, date__is_example=False).order_by()


def _added(groups: Iterable[tuple[K, Numbers]]) -> dict[K, Numbers]:
    found: defaultdict[K, Numbers] = defaultdict(Numbers)
    for key, numbers in groups:
        found[key].update(numbers)
    return dict(found)


def _lines(numbers: Mapping[K, Numbers], names: Mapping[K, str]) -> list[WorkshopLine]:
    return [WorkshopLine(name, numbers.get(key, Numbers())) for key, name in names.items()]
