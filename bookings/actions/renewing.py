"""New links for old ones: somebody forwarded theirs, or lost it."""

from django.db.models import F

from bookings.actions.cells import locked_call
from bookings.actions.letters import queue_about
from bookings.models import Booking, WaitingEntry


def stop_links(booking: Booking) -> None:
    """In a transaction with its adviser locked: those to ``booking``, and to what it came of on the waiting list."""
    Booking.objects.filter(pk=booking.pk).update(link_version=F("link_version") + 1)
    WaitingEntry.objects.filter(offers__booking=booking).update(link_version=F("link_version") + 1)
    booking.refresh_from_db(fields=["link_version"])


def renew_link(*, booking: Booking, seen: int) -> bool:
    """Make a new link to a call to come, and e-mail it; the old one stops. False if there is nobody to e-mail it to, or
    if the link has been renewed since its version was ``seen``: two presses of a button make one new link.

    The links to the time that was held for them before, and to their place on the waiting list, stop too.
    """
    with locked_call(booking) as call:
        is_renewed = call.is_upcoming and bool(call.email) and call.link_version == seen
        if is_renewed:
            stop_links(call)
            queue_about("bookings.booked", call, once_per=call.link_version)
    booking.refresh_from_db()
    return is_renewed
