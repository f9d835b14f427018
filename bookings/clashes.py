"""Calls that no longer fit the hours of their adviser: they stay booked, and somebody has to look at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bookings.models import Adviser, Booking, Offer
from bookings.slots import CELL, Diary, ExtraSpan, Span, Terms, WeeklyRule, is_offered
from sendguide.lib.bank_holidays import bank_holidays
from sendguide.lib.dates import uk_day

Call = TypeVar("Call", Booking, Offer)
# As if each five minutes were a call of its own: a call fits if all its minutes do, wherever the hours begin.
FIVE_MINUTES = Terms(length=CELL, gap=timedelta(), notice=timedelta(), horizon_days=1)


@dataclass(frozen=True, slots=True)
class Clashes:
    """What stands where an adviser is not at work. ``offers``: times held for families who wait."""

    calls: Sequence[Booking] = ()
    offers: Sequence[Offer] = ()

    def beyond(self, before: "Clashes") -> "Clashes":
        """Those that were not there before."""
        calls = [each for each in self.calls if each not in before.calls]
        return Clashes(calls, [each for each in self.offers if each not in before.offers])

    @property
    def names(self) -> set[str]:
        """One for each, fit for a field of a form."""
        return {each.reference for each in self.calls} | {f"offer {each.pk}" for each in self.offers}


def clashes(adviser: Adviser, now: datetime) -> Clashes:
    """What is to come outside the hours of ``adviser`` or in their time off."""
    return Clashes(calls_outside_hours(adviser, now), offers_outside_hours(adviser, now))


def calls_outside_hours(adviser: Adviser, now: datetime) -> list[Booking]:
    """Calls to come outside the hours of ``adviser`` or in their time off, the next first. Four queries."""
    return _outside_hours(adviser, list(adviser.bookings.upcoming().filter(starts_at__gt=now)))


def offers_outside_hours(adviser: Adviser, now: datetime) -> list[Offer]:
    """Times held for families who wait, outside the hours of ``adviser``, the next first."""
    offers = adviser.offers.filter(status=Offer.Status.OPEN, held_until__gt=now).order_by("starts_at")
    return _outside_hours(adviser, list(offers))


def _outside_hours(adviser: Adviser, calls: list[Call]) -> list[Call]:
    if not calls:
        return []
    hours = _hours(adviser, calls)
    return [each for each in calls if not _fits(hours, each)]


def _fits(hours: Diary, call: Booking | Offer) -> bool:
    minutes = range((call.ends_at - call.starts_at) // CELL)
    return all(is_offered(hours, FIVE_MINUTES, call.starts_at + CELL * each, call.starts_at) for each in minutes)


def _hours(adviser: Adviser, calls: Sequence[Booking | Offer]) -> Diary:
    """As if nobody had booked anything."""
    days = {uk_day(each.starts_at) for each in calls}
    weekly = adviser.weekly_hours.values("weekday", "starts", "ends", "from_day", "until_day")
    extra = adviser.extra_hours.filter(day__in=days).values("day", "starts", "ends")
    first, last = min(each.starts_at for each in calls), max(each.ends_at for each in calls)
    away = adviser.time_off.filter(ends_at__gt=first, starts_at__lt=last).values_list("starts_at", "ends_at")
    return Diary(
        weekly=[WeeklyRule(**each) for each in weekly],
        extra=[ExtraSpan(**each) for each in extra],
        away=[Span(*each) for each in away],
        holidays=bank_holidays(adviser.nation, {day.year for day in days}),
    )
