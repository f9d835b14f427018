"""What an adviser writes down of a call."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from bookings.actions.letters import queue_about
from bookings.models import Booking
from guides.models import Guide
from sendguide.outbox.actions import send_again
from sendguide.outbox.models import QueuedEmail


def record_try(*, booking: Booking, now: datetime) -> bool:
    """Nobody answered this time. False before the call begins, and for one that is cancelled."""
    mine = Booking.objects.booked().filter(pk=booking.pk, starts_at__lte=now)
    return bool(mine.update(tries=F("tries") + 1, updated_at=now))


@transaction.atomic
def record_outcome(  # noqa: PLR0913 - all of them named
    *, booking: Booking, outcome: str, summary: str, guides: Collection[Guide], e_mail: bool, now: datetime
) -> bool:
    """Keep what became of a call. With ``e_mail`` the summary and guides go to the family, each version of them once;
    without it too if an earlier version is still to be sent, which they get instead of it. Says whether they will.

    A family that was not reached is told so once, with a link to book again.
    """
    booking.outcome, booking.summary, booking.updated_at = outcome, summary, now
    booking.save(update_fields=["outcome", "summary", "updated_at"])
    booking.guides.set(guides)
    if outcome == Booking.Outcome.NOT_REACHED:
        _tell("bookings.missed", booking)
    is_told = bool(booking.email and (summary or guides) and (e_mail or _is_summary_on_its_way(booking)))
    if is_told:
        version = booking.summary_version()
        _tell("bookings.summary", booking, once_per=version, version=version)
    return is_told


def _tell(kind: str, booking: Booking, *, once_per: str = "", **details: str) -> None:
    """Queue it once. If it was left out because the outcome was another one for a while, it is true again."""
    queue_about(kind, booking, once_per=once_per, **details)
    left_out = QueuedEmail.objects.filter(kind=kind, about=booking.pk, details=details)
    send_again(left_out.filter(status=QueuedEmail.Status.SKIPPED))


def _is_summary_on_its_way(booking: Booking) -> bool:
    unsent = [QueuedEmail.Status.WAITING, QueuedEmail.Status.SENDING]
    return QueuedEmail.objects.filter(kind="bookings.summary", about=booking.pk, status__in=unsent).exists()
