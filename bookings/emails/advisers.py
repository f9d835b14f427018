"""To an adviser, about a call in their diary: with nothing of the family, as e-mail is read on phones and forwarded."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from bookings.emails.facts import Details, call, cancelled, latest_move, not_begun, to_come, when
from bookings.models import Booking
from sendguide.lib.dates import full_date_and_time
from sendguide.outbox.registry import Email, NotNeeded, email
from sendguide.templatetags.page import absolute


@email("bookings.adviser_booked", called="To the adviser: call booked")
def adviser_booked(about: int, details: Details) -> Email:
    booking = to_come(call(about))
    if booking.sequence:
        raise NotNeeded("The call was moved since: a later e-mail says so.")
    return Email(
        subject=f"New call: {when(booking)}",
        template="emails/bookings/adviser_booked",
        context=_context(booking),
    )


@email("bookings.adviser_moved", called="To the adviser: call moved")
def adviser_moved(about: int, details: Details) -> Email:
    """To who makes the call now, and to who would have made it. ``details`` say whose letter it is."""
    booking, was = call(about), datetime.fromisoformat(details["was"])
    if details["adviser"] != booking.adviser_id:
        return _taken_away(booking, was, had_it=details["had_it"])
    latest_move(to_come(booking), details)
    return Email(
        subject=f"{'Call moved' if details['had_it'] else 'New call'}: {when(booking)}",
        template="emails/bookings/adviser_moved",
        context=_context(booking, was=was, had_it=details["had_it"]),
    )


def _taken_away(booking: Booking, was: datetime, *, had_it: bool) -> Email:
    """Another adviser has the call. True whatever became of it there."""
    if not had_it or was <= timezone.now():
        raise NotNeeded("The call is another adviser's now, and was not to come in this one's diary.")
    return Email(
        subject=f"Not your call any more: {full_date_and_time(was)}",
        template="emails/bookings/adviser_taken_away",
        context=_context(booking, was=was),
    )


@email("bookings.adviser_cancelled", called="To the adviser: call cancelled")
def adviser_cancelled(about: int, details: Details) -> Email:
    booking = not_begun(cancelled(call(about)))
    return Email(
        subject=f"Call cancelled: {when(booking)}",
        template="emails/bookings/adviser_cancelled",
        context=_context(booking),
    )


def _context(booking: Booking, **more: object) -> dict[str, object]:
    return {"booking": booking, "diary_url": absolute(reverse("admin:bookings_diary")), **more}
