"""New links for old ones: somebody forwarded theirs, or lost it."""

from django.db import transaction
from django.db.models import F

from bookings.actions.cells import lock_advisers
from bookings.actions.letters import queue_about
from bookings.models import Booking, WaitingEntry


@transaction.atomic
def renew_link(*, booking: Booking) -> bool:
    """Make a new link to a call to come, and e-mail it; the old one stops. False if there is nobody to e-mail it to.

    The links to the time that was held for them before, and to their place on the waiting list, stop too.
    """
    lock_advisers(booking.adviser_id)
    mine = Booking.objects.filter(pk=booking.pk, is_upcoming=True).exclude(email="")
    if not mine.update(link_version=F("link_version") + 1):
        return False
    WaitingEntry.objects.filter(offers__booking=booking).update(link_version=F("link_version") + 1)
    booking.refresh_from_db()
    queue_about("bookings.booked", booking, once_per=booking.link_version)
    return True
