"""E-mails about calls, put into the outbox in the transaction of what they tell about."""

from bookings.models import Booking, Offer, WaitingEntry
from sendguide.outbox.actions import Letter, queue_all

# The e-mails about a call to its family. The others go to advisers, or are about an offer or a place on the waiting
# list, which may have the same number.
TO_FAMILY_OF_CALL = [
    f"bookings.{name}"
    for name in (
        *("booked", "corrected", "moved", "cancelled", "cancelled_by_us"),
        *("day_reminder", "hour_reminder", "missed", "summary", "already"),
    )
]


def queue_about(kind: str, about: Booking | Offer | WaitingEntry, *, once_per: object = "", **details: object) -> None:
    """Queue the e-mail of this ``kind`` to the family, once, or once for each ``once_per``. Without address: none."""
    to = about.entry.email if isinstance(about, Offer) else about.email
    _queue(kind, to, about.pk, once_per, details)


def queue_to_adviser(kind: str, booking: Booking, *, to: str, once_per: object = "", **details: object) -> None:
    """Queue the e-mail of this ``kind`` to an adviser."""
    _queue(kind, to, booking.pk, once_per, details)


def _queue(kind: str, to: str, about: int, once_per: object, details: dict[str, object]) -> None:
    key = f"{kind}:{about}:{once_per}" if once_per != "" else f"{kind}:{about}"
    if to:
        queue_all([Letter(kind=kind, key=key, to=to, about=about, details=details)])
