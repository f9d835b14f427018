"""A full diary, and families who wait for a call."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bookings.actions import Wish, book, join
from bookings.models import Booking, ExtraHours, Offer, WaitingEntry
from tests import factories
from tests.factories import CALL_TIME

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Status = WaitingEntry.Status


def joined(email: str = "", **fields) -> WaitingEntry:
    """Joined, and said yes, before there was anything to offer."""
    email = email or f"p{next(factories.numbers)}@example.org"
    now = fields.pop("now", NOW)
    entry = join(wish=Wish(email=email, submission_id=fields.pop("submission_id", uuid4()), **fields), now=now)
    if entry:
        WaitingEntry.objects.filter(pk=entry.pk).update(confirmed_at=now)
    return entry


def full_day() -> tuple[Booking, Booking]:
    """An adviser whose only hours are one day's from 10am to 10:40, with both calls booked."""
    adviser = factories.adviser(weekdays=())
    ExtraHours.objects.create(adviser=adviser, day=CALL_TIME.date(), starts="10:00", ends="10:40")
    starts = CALL_TIME, CALL_TIME + 20 * MINUTE
    return tuple(book(start=start, caller=factories.caller(), now=NOW) for start in starts)


def offers(*statuses: str) -> list[tuple[str, datetime, str]]:
    rows = Offer.objects.order_by("pk").values_list("entry__email", "starts_at", "status")
    return [row for row in rows if not statuses or row[2] in statuses]
