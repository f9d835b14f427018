"""Which times can be booked: reads what decides them, in five queries however many advisers there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from bookings.models import Adviser, BookedCell, Booking, ExtraHours, TimeOff, WeeklyHours
from bookings.models.functions import Numbers
from bookings.slots import Diary, ExtraSpan, Span, Terms, Times, WeeklyRule, cell_of, is_offered, offered
from guides.models import Council, Topic
from sendguide.lib.bank_holidays import bank_holidays
from sendguide.lib.dates import midnight, uk_day

NO_NOTICE = timedelta(0)
DAY = timedelta(days=1)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a family wants to talk about and where they live, as far as they have said."""

    topic: Topic | None = None
    council: Council | None = None


@dataclass(frozen=True)
class FreeTimes:
    """``of``: for the number of each adviser who can help the times at which a call can begin."""

    of: dict[int, Times]

    def __bool__(self) -> bool:
        return bool(self.at_all.bits)

    @cached_property
    def at_all(self) -> Times:
        """When at least one adviser is free."""
        bits = 0
        for times in self.of.values():
            bits |= times.bits
        return Times(next((times.base for times in self.of.values()), 0), bits)

    @property
    def first(self) -> datetime | None:
        return next(iter(self.at_all), None)

    @cached_property
    def advisers_at(self) -> dict[datetime, list[int]]:
        """Each time, in order, with the numbers of the advisers who are free. ``at_all`` is quicker."""
        return {start: [pk for pk, times in self.of.items() if start in times] for start in self.at_all}

    def by_day(self) -> dict[date, list[datetime]]:
        """UK days that have times, each with its times, in order."""
        days = defaultdict(list)
        for start in self.at_all:
            days[uk_day(start)].append(start)
        return dict(days)

    def number_until(self, last_day: date) -> int:
        """How many calls can still be booked up to and with ``last_day``: two advisers at one time are two calls."""
        end = midnight(last_day + timedelta(days=1))
        return sum(len(times.until(end)) for times in self.of.values())


def terms(*, notice: timedelta | None = None) -> Terms:
    """What holds for all advisers. Staff who have a caller on the line need no ``notice``."""
    return Terms(
        gap=timedelta(minutes=settings.CALL_GAP_MINUTES),
        notice=timedelta(hours=settings.CALL_NOTICE_HOURS) if notice is None else notice,
        horizon_days=settings.CALL_HORIZON_DAYS,
    )


def advisers_for(wanted: Wanted) -> list[Adviser]:
    """Those who take calls and can help with it. One query."""
    advisers = Adviser.objects.filter(is_taking_calls=True)
    if wanted.topic:
        advisers = advisers.filter(Q(topics=wanted.topic) | Q(topics=None)).distinct()
    # JSON lists cannot be searched on SQLite.
    return [each for each in advisers if wanted.council is None or wanted.council.nation in each.nations]


def can_help(nations: Collection[str], topics: Collection[int], wanted: Wanted) -> bool:
    """Whether an adviser for ``nations`` can, with their ``known_topics``. Whether they take calls is not asked."""
    knows_topic = not topics or wanted.topic is None or wanted.topic.pk in topics
    return knows_topic and (wanted.council is None or wanted.council.nation in nations)


def known_topics(adviser: Adviser) -> set[int]:
    """The numbers of those that ``adviser`` knows; none means all."""
    return set(adviser.topics.values_list("pk", flat=True))


def free_by_load(wanted: Wanted, start: datetime, now: datetime, *, notice: timedelta | None = None) -> list[int]:
    """Those who can help and look free at ``start``; with fewest calls in the days around it first, to share the work.

    Whether one is free ``is_free`` says once they are locked: that asks much, and not of hundreds who do not work then.
    """
    day, conditions = uk_day(start), terms(notice=notice)
    known = diaries(advisers_for(wanted), day, day).items()
    free = [pk for pk, diary in known if is_offered(diary, conditions, start, now)]
    days = timedelta(days=3)
    around = Booking.objects.upcoming().filter(starts_at__range=(start - days, start + days), adviser=OuterRef("pk"))
    # Counted for each of them: a join would group all calls there ever were.
    load = around.order_by().values("adviser").annotate(number=Count("pk")).values("number")
    by_number = Adviser.objects.filter(pk__in=free).annotate(load=Coalesce(Subquery(load), 0)).order_by("load", "pk")
    return list(by_number.values_list("pk", flat=True))


def free_times(wanted: Wanted, now: datetime, *, notice: timedelta | None = None) -> FreeTimes:
    """All times that can be booked from ``now`` on, until the horizon."""
    return free_times_of(advisers_for(wanted), now, notice=notice)


def free_times_of(advisers: Sequence[Adviser], now: datetime, *, notice: timedelta | None = None) -> FreeTimes:
    conditions = terms(notice=notice)
    last = uk_day(now) + timedelta(days=conditions.horizon_days)
    of = diaries(advisers, uk_day(now), last).items()
    return FreeTimes({pk: offered(diary, conditions, now) for pk, diary in of})


def is_free(adviser: Adviser, start: datetime, now: datetime, *, notice: timedelta | None = None) -> bool:
    """Whether ``adviser`` can be booked at ``start``: the check that counts, to be made once the adviser is locked."""
    if not adviser.is_taking_calls or _is_held(adviser, start):
        return False
    day = uk_day(start)
    diary = diaries([adviser], day, day)[adviser.pk]
    return is_offered(diary, terms(notice=notice), start, now)


def _is_held(adviser: Adviser, start: datetime) -> bool:
    """Whether a call or an offer is in the way. Of many who press at once most need to know no more than this."""
    wanted = range(cell_of(start), cell_of(start) + terms().held)
    return BookedCell.objects.filter(adviser=adviser, cell__in=wanted).exists()


def diaries(advisers: Sequence[Adviser], first: date, last: date) -> dict[int, Diary]:
    """The diary of each for the UK days from ``first`` to ``last``: four queries."""
    begin, end = _around(first, last)
    taken = _taken([each.pk for each in advisers], begin, end)
    return {pk: replace(diary, taken=taken[pk]) for pk, diary in hours_of(advisers, first, last).items()}


def _around(first: date, last: date) -> tuple[datetime, datetime]:
    """Clock changes and calls over midnight are within a day."""
    return midnight(first - DAY), midnight(last + 2 * DAY)


def hours_of(advisers: Sequence[Adviser], first: date, last: date) -> dict[int, Diary]:
    """The same as if nobody had booked anything: three queries."""
    begin, end = _around(first, last)
    mine = {"adviser__in": [each.pk for each in advisers]}
    still = Q(until_day=None) | Q(until_day__gte=first)
    weekly = _by_adviser(
        (pk, WeeklyRule._make(rule))
        for pk, *rule in WeeklyHours.objects.filter(still, **mine, from_day__lte=last).values_list(
            "adviser_id", "weekday", "starts", "ends", "from_day", "until_day"
        )
    )
    extra = _by_adviser(
        (pk, ExtraSpan._make(span))
        for pk, *span in ExtraHours.objects.filter(**mine, day__range=(first, last)).values_list(
            "adviser_id", "day", "starts", "ends"
        )
    )
    away = _by_adviser(
        (pk, Span._make(span))
        for pk, *span in TimeOff.objects.filter(**mine, ends_at__gt=begin, starts_at__lt=end).values_list(
            "adviser_id", "starts_at", "ends_at"
        )
    )
    years = range(first.year - 1, last.year + 2)
    holidays = {nation: bank_holidays(nation, years) for nation in {each.nation for each in advisers}}
    return {
        each.pk: Diary(
            weekly=weekly[each.pk],
            extra=extra[each.pk],
            away=away[each.pk],
            holidays=holidays[each.nation],
        )
        for each in advisers
    }


def _taken(pks: Collection[int], begin: datetime, end: datetime) -> defaultdict[int, dict[int, list[int]]]:
    """For each adviser what ``Diary.taken`` says. A call is read from its first cell alone."""
    firsts = BookedCell.objects.filter(adviser__in=pks, cell__range=(cell_of(begin), cell_of(end)), held__gt=0)
    found: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
    for pk, held, cells in firsts.order_by().values_list("adviser_id", "held").annotate(cells=Numbers("cell")):
        found[pk][held] = cells
    return found


def _by_adviser(rows: Iterable[tuple[int, Row]]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for pk, row in rows:
        found[pk].append(row)
    return found
