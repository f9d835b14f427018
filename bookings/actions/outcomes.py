"""What an adviser writes down of a call."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from bookings.actions.letters import queue_about
from bookings.models import Booking
from guides.models import Guide


def record_try(*, booking: Booking, now: datetime) -> bool:
    """Nobody answered this time. False before the call begins, and for one that is cancelled."""
    mine = Booking.objects.booked().filter(pk=booking.pk, starts_at__lte=now)
    return bool(mine.update(tries=F("tries") + 1, updated_at=now))


@transaction.atomic
def record_outcome(  # noqa: PLR0913 - all of them named
    *, booking: Booking, outcome: str, summary: str, guides: Collection[Guide], e_mail: bool, now: datetime
) -> None:
    """Keep what became of a call. With ``e_mail`` the summary and guides go to the family, each version of them once.

    A family that was not reached is told so once, with a link to book again.
    """
    booking.outcome, booking.summary, booking.updated_at = outcome, summary, now
    booking.save(update_fields=["outcome", "summary", "updated_at"])
    booking.guides.set(guides)
    if outcome == Booking.Outcome.NOT_REACHED:
        queue_about("bookings.missed", booking)
    if e_mail and (summary or guides):
        version = f"{summary}|{sorted(each.pk for each in guides)}"
        queue_about("bookings.summary", booking, once_per=hashlib.sha256(version.encode()).hexdigest()[:16])
