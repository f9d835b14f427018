"""What an adviser's days hold: calls, times that are held, time off, and what is still free.

Nine queries, whatever the number of days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from bookings.availability import NO_NOTICE, free_times_of, hours_of, terms
from bookings.clashes import fits
from bookings.models import Adviser, Booking, Offer
from bookings.models.bookings import BookingQuerySet
from bookings.slots import CELL, LENGTH, Span
from sendguide.lib.dates import clock_time, midnight, time_range, uk_day

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """``away``, ``held`` and ``free``: advisers, each with words such as “2pm to 4pm” or “all day”.

    ``outside_hours``: the numbers of those ``calls`` to come that somebody has to look at. ``held``: for families who
    wait.
    """

    day: date
    calls: list[Booking]
    outside_hours: frozenset[int]
    held: list[tuple[Adviser, str]]
    away: list[tuple[Adviser, str]]
    free: list[tuple[Adviser, str]]


def on_days(calls: BookingQuerySet, first: date, last: date) -> BookingQuerySet:
    """Those of ``calls`` that are booked for the UK days from ``first`` to ``last``."""
    return calls.booked().filter(starts_at__gte=midnight(first), starts_at__lt=midnight(last + DAY))


def diary_days(advisers: Sequence[Adviser], days: Sequence[date], now: datetime) -> list[DiaryDay]:
    """``days`` in order, none left out, as ``advisers`` have them."""
    first, last = days[0], days[-1]
    calls = on_days(Booking.objects.with_details().filter(adviser__in=advisers), first, last)
    booked = list(calls.order_by("starts_at", "adviser__name", "pk"))
    hours = hours_of(advisers, first, last)
    to_come = [each for each in booked if each.starts_at > now]
    outside_hours = frozenset(each.pk for each in to_come if not fits(hours[each.adviser_id], each))
    taking_calls = [each for each in advisers if each.is_taking_calls]
    free = free_times_of(taking_calls, now, notice=NO_NOTICE).of
    held = _held(advisers, first, last)
    return [
        DiaryDay(
            day=day,
            calls=[each for each in booked if uk_day(each.starts_at) == day],
            outside_hours=outside_hours,
            held=[
                (each.adviser, time_range(each.starts_at, each.ends_at))
                for each in held
                if uk_day(each.starts_at) == day
            ],
            away=[
                (adviser, words)
                for adviser in advisers
                for away in sorted(hours[adviser.pk].away)
                if (words := _away_in_words(away, day))
            ],
            free=[
                (adviser, words)
                for adviser in taking_calls
                if (words := _free_in_words(free[adviser.pk].between(midnight(day), midnight(day + DAY))))
            ],
        )
        for day in days
    ]


def _away_in_words(away: Span, day: date) -> str:
    """Empty if it does not touch ``day``."""
    begin, end = midnight(day), midnight(day + DAY)
    if away.ends <= begin or away.starts >= end:
        return ""
    if away.starts <= begin and away.ends >= end:
        return "all day"
    if away.starts <= begin:
        return f"until {clock_time(away.ends)}"
    if away.ends >= end:
        return f"from {clock_time(away.starts)}"
    return time_range(away.starts, away.ends)


def _held(advisers: Sequence[Adviser], first: date, last: date) -> list[Offer]:
    offers = Offer.objects.filter(adviser__in=advisers, status=Offer.Status.OPEN).select_related("adviser")
    on_these_days = offers.filter(starts_at__gte=midnight(first), starts_at__lt=midnight(last + DAY))
    return list(on_these_days.order_by("starts_at", "adviser__name", "pk"))


def _free_in_words(starts: Iterable[datetime]) -> str:
    """Times at which calls can begin, as the gaps that they fill: “9am to 11:15am, 2pm to 2:15pm”."""
    starts = list(starts)
    if not starts:
        return ""
    apart = CELL * terms().held
    ends = [first for first, second in pairwise(starts) if second - first > apart] + [starts[-1]]
    begins = [starts[0]] + [second for first, second in pairwise(starts) if second - first > apart]
    return ", ".join(time_range(begin, end + LENGTH) for begin, end in zip(begins, ends, strict=True))
