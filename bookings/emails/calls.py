"""To a family, about a call that is to come."""

from datetime import datetime

from bookings.emails.facts import Details, context, entry, family_call, latest_move, to_come, when
from bookings.models import Booking
from sendguide.lib.calendar_files import Method
from sendguide.outbox.registry import Email, NotNeeded, email


@email("bookings.booked", called="Call: booked")
def booked(about: int, details: Details) -> Email:
    booking = to_come(family_call(about))
    return Email(
        subject=f"Call booked: {when(booking)}",
        template="emails/bookings/booked",
        context=context(booking),
        calendar=entry(booking, Method.REQUEST),
        only_to=booking.email,
    )


@email("bookings.corrected", called="Call: details corrected")
def corrected(about: int, details: Details) -> Email:
    """For who told us what was wrong. Time and adviser are as they were, so that their calendar is too."""
    booking = to_come(family_call(about))
    return Email(
        subject=f"Details of your call corrected: {when(booking)}",
        template="emails/bookings/corrected",
        context=context(booking),
        only_to=booking.email,
    )


@email("bookings.moved", called="Call: moved")
def moved(about: int, details: Details) -> Email:
    """To another time, or at the same time to another adviser."""
    booking = latest_move(to_come(family_call(about)), details)
    was = datetime.fromisoformat(details["was"])
    has_new_time = was != booking.starts_at
    if not has_new_time:
        told = "Another adviser will call you"
    else:
        told = "We had to move your call" if details["by_staff"] else "Call moved"
    return Email(
        subject=f"{told}: {when(booking)}",
        template="emails/bookings/moved",
        context=context(booking, was=was, has_new_time=has_new_time, by_staff=details["by_staff"]),
        calendar=entry(booking, Method.REQUEST),
        only_to=booking.email,
    )


@email("bookings.day_reminder", called="Call: reminder the day before")
def day_reminder(about: int, details: Details) -> Email:
    booking = _as_reminded(about, details)
    return Email(
        subject=f"Reminder of your call: {when(booking)}",
        template="emails/bookings/day_reminder",
        context=context(booking),
        only_to=booking.email,
    )


@email("bookings.hour_reminder", called="Call: reminder an hour before")
def hour_reminder(about: int, details: Details) -> Email:
    booking = _as_reminded(about, details)
    return Email(
        subject=f"We call you soon: {when(booking)}",
        template="emails/bookings/hour_reminder",
        context=context(booking),
        only_to=booking.email,
    )


@email("bookings.already", called="Call: you have one booked already")
def already(about: int, details: Details) -> Email:
    """To whose call it is, when somebody tried to book one more."""
    booking = to_come(family_call(about))
    return Email(
        subject=f"You have a call already: {when(booking)}",
        template="emails/bookings/already",
        context=context(booking),
        only_to=booking.email,
    )


def _as_reminded(about: int, details: Details) -> Booking:
    booking = to_come(family_call(about))
    if details["starts_at"] != booking.starts_at.isoformat():
        raise NotNeeded("The call was moved since.")
    return booking
