"""The waiting list for calls: joining it, saying yes to it, leaving it, and its end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from bookings.actions.callers import tell_of_call
from bookings.actions.cells import lock_advisers
from bookings.actions.letters import queue_about
from bookings.actions.offers import end_offer, lock_without_offer, offer_first_free
from bookings.models import Booking, Offer, WaitingEntry
from bookings.promises import DAYS_TO_CONFIRM
from guides.models import Council, Topic
from sendguide.lib.dates import uk_day
from sendguide.lib.email_addresses import email_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What would suit somebody. ``weekdays`` and ``parts`` as in WaitingEntry; none means all."""

    email: str
    topic: Topic | None = None
    council: Council | None = None
    weekdays: Collection[int] = ()
    parts: Collection[str] = ()
    submission_id: UUID

    def details(self) -> dict[str, Any]:
        """What an entry keeps of it, beside the address."""
        return {
            "topic": self.topic,
            "council": self.council,
            "weekdays": sorted(self.weekdays),
            "parts": list(self.parts),
        }


def join(*, wish: Wish, now: datetime) -> WaitingEntry | None:
    """Put somebody on the list. An address waits once, and keeps its place and its wish: anybody can type it.

    They are offered nothing before they ``confirm``; until then the newest wish counts. None for who has a call to
    come: it can be moved. What became of it is told by e-mail alone, so that nobody learns who waits or has a call.
    """
    try:
        return _joined(wish, now)
    except IntegrityError:
        # It came in twice at once. By now the other one is there to be seen.
        return _joined(wish, now)


@transaction.atomic
def _joined(wish: Wish, now: datetime) -> WaitingEntry | None:
    first = WaitingEntry.objects.filter(submission_id=wish.submission_id).first()
    if first and first.email_key == email_key(wish.email):
        return first
    theirs = Booking.objects.upcoming().filter(email_key=email_key(wish.email), starts_at__gt=now)
    if call := theirs.first():
        tell_of_call(call, now)
        return None
    mine = WaitingEntry.objects.waiting().filter(email_key=email_key(wish.email))
    if known := mine.first():
        kind = "bookings.already_waiting" if known.is_confirmed else "bookings.waiting"
        mine.filter(confirmed_at=None).order_by().update(**wish.details())
        # Once a day: nobody's letter box is filled by somebody else.
        queue_about(kind, known, once_per=uk_day(now))
        return known
    if first and _readdressed(first, wish):
        return first
    entry = WaitingEntry.objects.create(
        email=wish.email,
        # Who has said yes, or waits no more, and goes back to type another address gets an entry of its own.
        submission_id=uuid4() if first else wish.submission_id,
        queued_at=now,
        created_at=now,
        **wish.details(),
    )
    queue_about("bookings.waiting", entry)
    return entry


def _readdressed(first: WaitingEntry, wish: Wish) -> bool:
    """Somebody went back and mended a mistyped address. Whoever has the wrong one loses the link."""
    unproved = WaitingEntry.objects.waiting().filter(pk=first.pk, confirmed_at=None).order_by()
    mended = {"email": wish.email, "email_key": email_key(wish.email), **wish.details()}
    if not unproved.update(link_version=F("link_version") + 1, **mended):
        return False
    first.refresh_from_db()
    queue_about("bookings.waiting", first, once_per=first.link_version)
    return True


def confirm(*, entry: WaitingEntry, now: datetime) -> bool:
    """They do want to wait: the address is theirs. The first time that is free and suits them is offered to them.

    False if they have said so before, or do not wait any more.
    """
    if not WaitingEntry.objects.waiting().filter(pk=entry.pk, confirmed_at=None).update(confirmed_at=now):
        return False
    offer_first_free(entry=entry, now=now)
    return True


@transaction.atomic
def leave(*, entry: WaitingEntry, now: datetime) -> bool:
    """They do not want to wait any more; a time held for them goes to the next. False if they did not wait."""
    open_offers = list(entry.offers.filter(status=Offer.Status.OPEN))
    lock_advisers(*(each.adviser_id for each in open_offers))
    left = WaitingEntry.objects.waiting().filter(pk=entry.pk)
    if not left.update(status=WaitingEntry.Status.LEFT, ended_at=now):
        return False
    for each in open_offers:
        end_offer(each, Offer.Status.DECLINED, now)
    return True


def end_unconfirmed_waits(*, now: datetime) -> int:
    """Who has not said yes for DAYS_TO_CONFIRM does not wait any more; an address that may be made up is not kept.

    They are not written to again. For the job worker; gives their number.
    """
    joined = WaitingEntry.objects.waiting().filter(created_at__lte=now - timedelta(days=DAYS_TO_CONFIRM))
    silent = joined.filter(confirmed_at=None).order_by()
    return silent.update(status=WaitingEntry.Status.LAPSED, ended_at=now, **WaitingEntry.PERSONAL.fields)


def end_long_waits(*, now: datetime) -> int:
    """Who has waited for CALL_KEPT_DAYS is taken off the list, and told so: no address is kept without end.

    Not while a time is held for them. For the job worker; gives their number.
    """
    joined = WaitingEntry.objects.waiting().filter(created_at__lte=now - timedelta(days=settings.CALL_KEPT_DAYS))
    return sum(_end_wait(entry, now) for entry in joined.exclude(offers__status=Offer.Status.OPEN))


@transaction.atomic
def _end_wait(entry: WaitingEntry, now: datetime) -> bool:
    if not lock_without_offer(entry):
        return False
    WaitingEntry.objects.filter(pk=entry.pk).update(status=WaitingEntry.Status.TOO_LONG, ended_at=now)
    queue_about("bookings.waiting_ended", entry)
    return True
