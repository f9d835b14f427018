"""What the clock does to calls: for the job worker, which calls these every minute, perhaps on several machines."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from bookings.actions.letters import queue_about
from bookings.models import BookedCell, Booking
from bookings.reminders import DAY_BEFORE, HOUR_BEFORE, Window, is_due
from bookings.slots import cell_of

REMINDERS = {"day_reminder": DAY_BEFORE, "hour_reminder": HOUR_BEFORE}


def queue_reminders(*, now: datetime) -> int:
    """Remind those whose call is tomorrow, or within the hour, once for each time that it is set to."""
    return sum(_remind_each(name, window, now) for name, window in REMINDERS.items())


def _remind_each(name: str, window: Window, now: datetime) -> int:
    reminded_of = f"{name}_of"
    soon = Booking.objects.upcoming().filter(starts_at__gt=now, starts_at__lte=now + window.opens)
    due = soon.filter(Q(**{reminded_of: None}) | ~Q(**{reminded_of: F("starts_at")}))
    return sum(
        _remind(name, each) for each in due if is_due(window, starts_at=each.starts_at, since=each.timed_at, now=now)
    )


def _remind(name: str, booking: Booking) -> int:
    """One transaction each: a crash in between sends nothing twice and forgets nobody."""
    start = booking.starts_at
    with transaction.atomic():
        still = Booking.objects.upcoming().filter(pk=booking.pk, starts_at=start).exclude(**{f"{name}_of": start})
        marked = still.order_by().update(**{f"{name}_of": start})
        if marked:
            # The row is locked now: an address that was corrected meanwhile is the one that counts.
            booking.refresh_from_db(fields=["email"])
            moment = start.isoformat()
            queue_about(f"bookings.{name}", booking, once_per=moment, starts_at=moment)
    return marked


def end_begun_calls(*, now: datetime) -> int:
    """A call that has begun is no longer to come: its family can book the next one. Gives their number."""
    return Booking.objects.upcoming().filter(starts_at__lte=now).order_by().update(is_upcoming=False)


def forget_old_cells(*, now: datetime) -> int:
    """Nobody books last week any more: its cells would only make the table large. Gives their number."""
    return BookedCell.objects.filter(cell__lt=cell_of(now - timedelta(days=7))).delete()[0]
