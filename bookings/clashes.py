"""What no longer fits an adviser: calls stay booked, and somebody has to look at them; held times are taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bookings.availability import Wanted, can_help, hours_of, known_topics
from bookings.models import Adviser, Booking, Offer
from bookings.slots import CELL, Diary, Terms, is_offered
from sendguide.lib.dates import uk_day

# As if each five minutes were a call of its own: a call fits if all its minutes do, wherever the hours begin.
FIVE_MINUTES = Terms(length=CELL, gap=timedelta(), notice=timedelta(), horizon_days=1)


@dataclass(frozen=True, slots=True)
class Clashes:
    """What an adviser cannot keep. ``offers``: times held for families who wait."""

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
    """What is to come and does not fit ``adviser`` as they are now."""
    return Clashes(calls_outside_hours(adviser, now), offers_that_do_not_fit(adviser, now))


def calls_outside_hours(adviser: Adviser, now: datetime) -> list[Booking]:
    """Calls to come outside the hours of ``adviser`` or in their time off, the next first. Four queries."""
    calls = list(adviser.bookings.upcoming().filter(starts_at__gt=now))
    hours = _hours(adviser, calls)
    return [each for each in calls if not fits(hours, each)]


def offers_that_do_not_fit(adviser: Adviser, now: datetime) -> list[Offer]:
    """Times held for families who wait, the next first, that are outside the hours of ``adviser`` or in their time off,
    and all those held for families whom they cannot help any more, or if they take no calls. Five queries.
    """
    held = adviser.offers.filter(status=Offer.Status.OPEN, held_until__gt=now)
    offers = list(held.select_related("entry__topic", "entry__council").order_by("starts_at"))
    hours = _hours(adviser, offers)
    topics = known_topics(adviser) if offers else set()
    return [each for each in offers if not (fits(hours, each) and _is_for(each, adviser, topics))]


def _is_for(offer: Offer, adviser: Adviser, topics: set[int]) -> bool:
    wanted = Wanted(offer.entry.topic, offer.entry.council)
    return adviser.is_taking_calls and can_help(adviser.nations, topics, wanted)


def fits(hours: Diary, call: Booking | Offer) -> bool:
    """Whether all of ``call`` is within ``hours``, and none of it in time off."""
    minutes = range((call.ends_at - call.starts_at) // CELL)
    return all(is_offered(hours, FIVE_MINUTES, call.starts_at + CELL * each, call.starts_at) for each in minutes)


def _hours(adviser: Adviser, calls: Sequence[Booking | Offer]) -> Diary:
    """Those of the days of ``calls``, in order."""
    if not calls:
        return Diary(weekly=())
    return hours_of([adviser], uk_day(calls[0].starts_at), uk_day(calls[-1].starts_at))[adviser.pk]
