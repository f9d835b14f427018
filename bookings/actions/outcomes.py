"""What an adviser writes down of a call."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from bookings.actions.cells import locked_call
from bookings.actions.letters import queue_about
from bookings.actions.refused import Reason, Refused
from bookings.models import Booking
from guides.models import Guide
from sendguide.outbox.actions import send_again
from sendguide.outbox.models import QueuedEmail


def record_try(*, booking: Booking, now: datetime) -> bool:
    """Nobody answered this time. False before the call begins, and for one that is cancelled."""
    mine = Booking.objects.booked().filter(pk=booking.pk, starts_at__lte=now)
    return bool(mine.update(tries=F("tries") + 1, updated_at=now))


def record_outcome(  # noqa: PLR0913 - all of them named
    *,
    booking: Booking,
    outcome: str,
    summary: str,
    guides: Collection[Guide],
    e_mail: bool,
    seen: datetime | None,
    now: datetime,
) -> bool:
    """Keep what became of a call. With ``e_mail`` the summary and guides go to the family, each version of them once;
    without it too if an earlier version is still to be sent, which they get instead of it. Says whether they will.

    A family that was not reached is told so once, with a link to book again. ``seen`` is the call's ``updated_at`` as
    the page showed it. Raises Refused: CHANGED if anything else was saved since.
    """
    with locked_call(booking) as call:
        is_same = (call.outcome, call.summary, set(call.guides.all())) == (outcome, summary, set(guides))
        if call.updated_at != seen and not is_same:
            raise Refused(Reason.CHANGED)
        call.outcome, call.summary, call.updated_at = outcome, summary, now
        call.save(update_fields=["outcome", "summary", "updated_at"])
        call.guides.set(guides)
        is_told = _told(call, e_mail=e_mail)
    booking.refresh_from_db()
    return is_told


def _told(call: Booking, *, e_mail: bool) -> bool:
    if call.outcome == Booking.Outcome.NOT_REACHED:
        _tell("bookings.missed", call)
    has_words = bool(call.summary) or call.guides.exists()
    is_told = bool(call.email) and has_words and (e_mail or _is_summary_on_its_way(call))
    if is_told:
        version = call.summary_version()
        _tell("bookings.summary", call, once_per=version, version=version)
    return is_told


def _tell(kind: str, booking: Booking, *, once_per: str = "", **details: str) -> None:
    """Queue it once. If it was left out because the outcome was another one for a while, it is true again."""
    queue_about(kind, booking, once_per=once_per, **details)
    left_out = QueuedEmail.objects.filter(kind=kind, about=booking.pk, details=details)
    send_again(left_out.filter(status=QueuedEmail.Status.SKIPPED))


def _is_summary_on_its_way(booking: Booking) -> bool:
    unsent = [QueuedEmail.Status.WAITING, QueuedEmail.Status.SENDING]
    return QueuedEmail.objects.filter(kind="bookings.summary", about=booking.pk, status__in=unsent).exists()
