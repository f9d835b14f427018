"""Links that open somebody's call, their place on the waiting list, an offer, or an adviser's calendar.

Each is signed for its one purpose and revocable: raising the row's version makes those that were given out stop.
"""

from django.core import signing
from django.urls import reverse

from bookings.models import Adviser, Booking, Offer, WaitingEntry

CALL = signing.Signer(salt="bookings.call")
WAITING = signing.Signer(salt="bookings.waiting")
OFFER = signing.Signer(salt="bookings.offer")
FEED = signing.Signer(salt="bookings.feed")


def call_path(booking: Booking, name: str = "call") -> str:
    """The path of the family's page of ``booking``, or of another page of it called ``name``."""
    return reverse(name, args=[_token(CALL, booking.pk, booking.link_version)])


def waiting_path(entry: WaitingEntry) -> str:
    return reverse("call_waiting", args=[_token(WAITING, entry.pk, entry.link_version)])


def offer_path(offer: Offer) -> str:
    """Of the page on which the time that is held for somebody can be taken."""
    return reverse("call_offer", args=[_token(OFFER, offer.pk, offer.entry.link_version)])


def feed_path(adviser: Adviser) -> str:
    return reverse("adviser_calendar", args=[_token(FEED, adviser.pk, adviser.feed_version)])


def booking_for(token: str) -> Booking:
    """The call that ``token`` opens. This and its like raise signing.BadSignature for a forged token, DoesNotExist for
    one that is revoked, and ValueError or TypeError for what was signed for something else.
    """
    pk, version = CALL.unsign_object(token)
    return Booking.objects.with_details().get(pk=pk, link_version=version)


def waiting_for(token: str) -> WaitingEntry:
    pk, version = WAITING.unsign_object(token)
    return WaitingEntry.objects.select_related("topic", "council").get(pk=pk, link_version=version)


def offer_for(token: str) -> Offer:
    pk, version = OFFER.unsign_object(token)
    return Offer.objects.select_related("entry__topic", "entry__council", "adviser", "booking").get(
        pk=pk, entry__link_version=version
    )


def adviser_for(token: str) -> Adviser:
    pk, version = FEED.unsign_object(token)
    return Adviser.objects.get(pk=pk, feed_version=version)


def _token(signer: signing.Signer, pk: int, version: int) -> str:
    return signer.sign_object([pk, version], compress=False)
