"""Links that open somebody's call, their place on the waiting list, an offer, or an adviser's calendar.

Each is signed for its one purpose and revocable: raising the row's version makes those that were given out stop. Those
of a place on the waiting list stop with the links to the call that came of it. They open nothing else: who joins once
more gets a new place with new links.
"""

from typing import TypeVar

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.urls import reverse

from bookings.models import Adviser, Booking, Offer, WaitingEntry

Row = TypeVar("Row", bound=Model)
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


class DeadLink(Exception):
    """A link that opens nothing: forged, revoked or unknown. Nobody learns which."""


def booking_for(token: str) -> Booking:
    """The call that ``token`` opens. This and its like raise DeadLink."""
    return _opened(CALL, token, Booking.objects.with_details(), "link_version")


def waiting_for(token: str) -> WaitingEntry:
    return _opened(WAITING, token, WaitingEntry.objects.select_related("topic", "council"), "link_version")


def offer_for(token: str) -> Offer:
    offers = Offer.objects.select_related("entry__topic", "entry__council", "adviser")
    return _opened(OFFER, token, offers, "entry__link_version")


def adviser_for(token: str) -> Adviser:
    """Only as long as they work here: nobody takes the address out of a leaver's phone."""
    return _opened(FEED, token, Adviser.objects.filter(user__is_active=True), "feed_version")


def _opened(signer: signing.Signer, token: str, rows: QuerySet[Row], version_field: str) -> Row:
    try:
        pk, version = signer.unsign_object(token)
        return rows.get(**{"pk": pk, version_field: version})
    except (signing.BadSignature, ObjectDoesNotExist, ValueError, TypeError) as nothing:
        raise DeadLink from nothing


def _token(signer: signing.Signer, pk: int, version: int) -> str:
    return signer.sign_object([pk, version], compress=False)
