"""New links for old ones: somebody forwarded theirs, or lost it."""

from django.db import transaction
from django.db.models import F

from bookings.actions.cells import lock_advisers
from bookings.actions.letters import queue_about
from bookings.models import Booking, WaitingEntry


def stop_links(booking: Booking) -> None:
    """In a transaction with its adviser locked: those to ``booking``, and to what it came of on the waiting list."""
    Booking.objects.filter(pk=booking.pk).update(link_version=F("link_version") + 1)
    WaitingEntry.objects.filter(offers__booking=booking).update(link_version=F("link_version") + 1)
    booking.refresh_from_db(fields=["link_version"])


@transaction.atomic
def renew_link(*, booking: Booking) -> bool:
    """Make a new link to a call to come, and e-mail it; the old one stops. False if there is nobody to e-mail it to.

    The links to the time that was held for them before, and to their place on the waiting list, stop too.
    """
    lock_advisers(booking.adviser_id)
    booking.refresh_from_db()
    if not (booking.is_upcoming and booking.email):
        return False
    stop_links(booking)
    queue_about("bookings.booked", booking, once_per=booking.link_version)
    return True
