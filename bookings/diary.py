"""What an adviser's days hold: calls, times that are held, time off, and what is still free.

Seven queries, whatever the number of days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from bookings.availability import NO_NOTICE, free_times_of, terms
from bookings.models import Adviser, Booking, Offer, TimeOff
from bookings.models.bookings import BookingQuerySet
from bookings.slots import CELL, LENGTH
from sendguide.lib.dates import clock_time, midnight, uk_day

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """``away``, ``held`` and ``free``: advisers, each with words such as “2pm to 4pm” or “all day”.

    ``in_time_off``: the numbers of those ``calls`` that somebody has to look at. ``held``: for families who wait.
    """

    day: date
    calls: list[Booking]
    in_time_off: frozenset[int]
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
    away = list(
        TimeOff.objects.filter(
            adviser__in=advisers, ends_at__gt=midnight(first), starts_at__lt=midnight(last + DAY)
        ).select_related("adviser")
    )
    free = free_times_of(advisers, now, notice=NO_NOTICE).advisers_at
    held = _held(advisers, first, last)
    in_time_off = frozenset(each.pk for each in booked if any(_is_within(each, span) for span in away))
    return [
        DiaryDay(
            day=day,
            calls=[each for each in booked if uk_day(each.starts_at) == day],
            in_time_off=in_time_off,
            held=[
                (each.adviser, _span(each.starts_at, each.ends_at)) for each in held if uk_day(each.starts_at) == day
            ],
            away=[(each.adviser, words) for each in away if (words := _away_in_words(each, day))],
            free=[
                (adviser, words)
                for adviser in advisers
                if (words := _free_in_words(at for at, pks in free.items() if uk_day(at) == day and adviser.pk in pks))
            ],
        )
        for day in days
    ]


def _away_in_words(away: TimeOff, day: date) -> str:
    """Empty if it does not touch ``day``."""
    begin, end = midnight(day), midnight(day + DAY)
    if away.ends_at <= begin or away.starts_at >= end:
        return ""
    if away.starts_at <= begin and away.ends_at >= end:
        return "all day"
    if away.starts_at <= begin:
        return f"until {clock_time(away.ends_at)}"
    if away.ends_at >= end:
        return f"from {clock_time(away.starts_at)}"
    return _span(away.starts_at, away.ends_at)


def _span(starts_at: datetime, ends_at: datetime) -> str:
    return f"{clock_time(starts_at)} to {clock_time(ends_at)}"


def _held(advisers: Sequence[Adviser], first: date, last: date) -> list[Offer]:
    offers = Offer.objects.filter(adviser__in=advisers, status=Offer.Status.OPEN).select_related("adviser")
    on_these_days = offers.filter(starts_at__gte=midnight(first), starts_at__lt=midnight(last + DAY))
    return list(on_these_days.order_by("starts_at", "adviser__name", "pk"))


def _is_within(call: Booking, away: TimeOff) -> bool:
    """Whether any of it is."""
    return call.adviser_id == away.adviser_id and call.starts_at < away.ends_at and call.ends_at > away.starts_at


def _free_in_words(starts: Iterable[datetime]) -> str:
    """Times at which calls can begin, as the gaps that they fill: “9am to 11:15am, 2pm to 2:15pm”."""
    starts = list(starts)
    if not starts:
        return ""
    apart = CELL * terms().held
    ends = [first for first, second in pairwise(starts) if second - first > apart] + [starts[-1]]
    begins = [starts[0]] + [second for first, second in pairwise(starts) if second - first > apart]
    return ", ".join(_span(begin, end + LENGTH) for begin, end in zip(begins, ends, strict=True))
