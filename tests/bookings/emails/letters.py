"""An e-mail of every kind about calls, with rows that make it true, and with a family that must not be read in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bookings.models import Booking, Offer, WaitingEntry
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.writing import Written, write
from tests import factories
from tests.factories import CALL_TIME

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CANARY = "Canary7"
FAMILY = f"{CANARY}@example.org"
PHONE = "+447700900777"
Status = Booking.Status
TO_COME: dict[str, Any] = {}
CANCELLED = {"status": Status.CANCELLED, "is_upcoming": False, "sequence": 1}
OVER = {"is_upcoming": False, "starts_at": CALL_TIME - 2 * DAY}
# kind → what its call is like
CALLS: dict[str, dict[str, Any]] = {
    "booked": TO_COME,
    "corrected": TO_COME,
    "moved": {"sequence": 1},
    "day_reminder": TO_COME,
    "hour_reminder": TO_COME,
    "already": TO_COME,
    "cancelled": CANCELLED,
    "cancelled_by_us": CANCELLED,
    "missed": OVER | {"outcome": "not reached", "tries": 3},
    "summary": OVER | {"outcome": "helped", "summary": "We read the letter.\n\n<b>Answer it</b> by Friday."},
    "adviser_booked": TO_COME,
    "adviser_moved": {"sequence": 1},
    "adviser_cancelled": CANCELLED,
}
ENTRIES: dict[str, dict[str, Any]] = {
    "waiting": {"confirmed_at": None},
    "already_waiting": {},
    "waiting_ended": {"status": "lapsed", "ended_at": NOW},
}
KINDS = [*CALLS, *ENTRIES, "offer"]


def call(**fields: Any) -> Booking:
    """With the canary in all that a family fills in."""
    values = {
        "name": f"{CANARY} <b>",
        "phone": PHONE,
        "phone_prefix": "18002",
        "email": FAMILY,
        "access_needs": ["bsl", "relay"],
        "access_details": f"A video call for {CANARY}",
        "word": CANARY,
        "about": f"The school of {CANARY}",
        "reference": "K7M-4PQ",
        "topic": factories.topic(name="Autism & more"),
        "council": factories.council(name="Testshire"),
    }
    adviser = fields.pop("adviser", None) or factories.adviser(name="Amira O'Neil")
    return factories.booking(adviser=adviser, **values | fields)


def about_call(kind: str, booking: Booking, **details: Any) -> QueuedEmail:
    """The row of the outbox as the actions write it."""
    starts = booking.starts_at
    usual = {
        "starts_at": starts.isoformat(),
        "was": (starts - HOUR).isoformat(),
        "sequence": booking.sequence,
        "adviser": booking.adviser_id,
        "had_it": True,
        "by_staff": False,
        "version": booking.summary_version(),
    }
    return row(kind, booking, **usual | details)


def row(kind: str, about: Booking | Offer | WaitingEntry, **details: Any) -> QueuedEmail:
    to = about.entry.email if isinstance(about, Offer) else about.email
    return QueuedEmail(kind=f"bookings.{kind}", to=to, about=about.pk, details=details)


def letter(kind: str, **fields: Any) -> QueuedEmail:
    """One of this kind; ``fields`` are those of what it is about."""
    if kind in CALLS:
        return about_call(kind, call(**CALLS[kind] | fields))
    email = {"email": FAMILY}
    if kind in ENTRIES:
        return row(kind, factories.waiting_entry(**email | ENTRIES[kind] | fields))
    adviser = factories.adviser(name="Amira O'Neil")
    times = {"starts_at": CALL_TIME, "held_until": NOW + 12 * HOUR}
    return row(kind, factories.offer(entry=factories.waiting_entry(**email), adviser=adviser, **times | fields))


def written(kind: str, **fields: Any) -> Written:
    return write(letter(kind, **fields))
