"""The waiting list for calls: joining, offers of times that came free, and how they end.

A time is offered to one family at a time, the first whom it suits, and is held for them meanwhile: its cells are taken.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from bookings.actions.cells import hold, lock_advisers, release
from bookings.actions.letters import queue_about
from bookings.availability import FreeTimes, Wanted, advisers_for, free_times, is_free
from bookings.models import Adviser, Booking, Offer, WaitingEntry
from bookings.promises import MOST_MISSED
from bookings.slots import LENGTH
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


def join(*, wish: Wish, now: datetime) -> WaitingEntry | None:
    """Put somebody on the list. An address waits once, and keeps its place and its wish: anybody can type it.

    None for who has a call to come: it can be moved. What became of it is told by e-mail alone, so that nobody learns
    who waits or has a call.
    """
    try:
        return _joined(wish, now)
    except IntegrityError:
        # It came in twice at once. By now the other one is there to be seen.
        return _joined(wish, now)


@transaction.atomic
def _joined(wish: Wish, now: datetime) -> WaitingEntry | None:
    if first := WaitingEntry.objects.filter(submission_id=wish.submission_id).first():
        return first
    theirs = Booking.objects.upcoming().filter(email_key=email_key(wish.email), starts_at__gt=now)
    if call := theirs.first():
        queue_about("bookings.already", call, once_per=uk_day(now))
        return None
    mine = WaitingEntry.objects.waiting().filter(email_key=email_key(wish.email))
    if known := mine.first():
        # Once a day: nobody's letter box is filled by somebody else.
        queue_about("bookings.already_waiting", known, once_per=uk_day(now))
        return known
    entry = WaitingEntry.objects.create(
        email=wish.email,
        topic=wish.topic,
        council=wish.council,
        weekdays=sorted(wish.weekdays),
        parts=list(wish.parts),
        submission_id=wish.submission_id,
        queued_at=now,
        created_at=now,
    )
    queue_about("bookings.waiting", entry)
    return entry


def offer_free_times(*, now: datetime) -> int:
    """Offer what is free to those who wait, in their order: after hours were added or a day came within reach.

    For the job worker and after staff changed hours. Gives the number of offers made.
    """
    waiting = WaitingEntry.objects.waiting().exclude(offers__status=Offer.Status.OPEN)
    made, known = 0, FreeTimesNow(now)
    for entry in waiting.select_related("topic", "council"):
        if _offer_first(entry, known):
            made += 1
            known = FreeTimesNow(now)
    return made


@dataclass(frozen=True, slots=True)
class FreeTimesNow:
    """What is free, found once for each topic and nation: many wait for the same, and mostly nothing has changed."""

    now: datetime
    found: dict[tuple[int | None, str], FreeTimes] = field(default_factory=dict)

    def suiting(self, entry: WaitingEntry) -> Iterator[tuple[datetime, int]]:
        """Free times that suit them and that they have not refused, in order, with the numbers of the advisers."""
        wanted = Wanted(entry.topic, entry.council)
        key = (entry.topic_id, entry.council.nation if entry.council else "")
        if key not in self.found:
            self.found[key] = free_times(wanted, self.now)
        if not self.found[key]:
            return
        refused = _refused(entry)
        for start, pks in self.found[key].advisers_at.items():
            if start not in refused and entry.suits(start):
                yield from ((start, pk) for pk in pks)


def offer_first_free(*, entry: WaitingEntry, now: datetime) -> bool:
    """Offer ``entry``, which has just joined, the first free time that suits. Whoever waits longer comes first.

    False if it was offered none.
    """
    if not _waits_without_offer(entry):
        return False
    for start, pk in FreeTimesNow(now).suiting(entry):
        with transaction.atomic():
            offer = offer_time(lock_advisers(pk)[pk], start, now=now)
        if offer and offer.entry_id == entry.pk:
            return True
    return False


def _offer_first(entry: WaitingEntry, known: FreeTimesNow) -> bool:
    for start, pk in known.suiting(entry):
        with transaction.atomic():
            adviser = lock_advisers(pk)[pk]
            if is_free(adviser, start, known.now) and _offer(entry, adviser, start, known.now):
                return True
    return False


def offer_time(adviser: Adviser, start: datetime, *, now: datetime) -> Offer | None:
    """Offer a time that came free to the first whom it suits. In the transaction that frees it, adviser locked."""
    if not is_free(adviser, start, now):
        return None
    waiting = WaitingEntry.objects.waiting().exclude(offers__status=Offer.Status.OPEN)
    for entry in waiting.select_related("topic", "council"):
        able = {each.pk for each in advisers_for(Wanted(entry.topic, entry.council))}
        fits = adviser.pk in able and entry.suits(start) and start not in _refused(entry)
        if fits and (offer := _offer(entry, adviser, start, now)):
            return offer
    return None


def _refused(entry: WaitingEntry) -> set[datetime]:
    """Times that they had been offered and did not take: nobody is asked twice."""
    over = entry.offers.exclude(status__in=[Offer.Status.OPEN, Offer.Status.WITHDRAWN])
    return set(over.values_list("starts_at", flat=True))


def _offer(entry: WaitingEntry, adviser: Adviser, start: datetime, now: datetime) -> Offer | None:
    """None if they have stopped waiting, or got another offer, in the meantime."""
    if not _lock_without_offer(entry):
        return None
    offer = Offer.objects.create(
        entry=entry,
        adviser=adviser,
        starts_at=start,
        ends_at=start + LENGTH,
        held_until=min(now + timedelta(hours=settings.CALL_OFFER_HOURS), start),
        created_at=now,
    )
    hold(adviser, start, offer=offer)
    queue_about("bookings.offer", offer)
    return offer


def _lock_without_offer(entry: WaitingEntry) -> bool:
    """Whether they still wait and nothing is held for them; then that stays so until the transaction ends.

    Of two times that come free at once, with two advisers, only one is offered to them.
    """
    WaitingEntry.objects.filter(pk=entry.pk).update(missed=F("missed"))
    return _waits_without_offer(entry)


def _waits_without_offer(entry: WaitingEntry) -> bool:
    return WaitingEntry.objects.waiting().filter(pk=entry.pk).exclude(offers__status=Offer.Status.OPEN).exists()


@transaction.atomic
def decline(*, offer: Offer, now: datetime) -> bool:
    """They do not want this time; they keep their place in the queue. False if it was not open any more."""
    return _end(offer, Offer.Status.DECLINED, now)


@transaction.atomic
def leave(*, entry: WaitingEntry, now: datetime) -> bool:
    """They do not want to wait any more; a time held for them goes to the next. False if they did not wait."""
    open_offers = list(entry.offers.filter(status=Offer.Status.OPEN))
    lock_advisers(*(each.adviser_id for each in open_offers))
    left = WaitingEntry.objects.waiting().filter(pk=entry.pk)
    if not left.update(status=WaitingEntry.Status.LEFT, ended_at=now):
        return False
    for each in open_offers:
        _end(each, Offer.Status.DECLINED, now)
    return True


def end_offers_in_vain(*, now: datetime) -> int:
    """Give to the next what was held for too long, or for somebody who has stopped waiting; for the job worker.

    Gives the number of offers that ended.
    """
    in_vain = Q(held_until__lte=now) | ~Q(entry__status=WaitingEntry.Status.WAITING)
    ended = 0
    for offer in Offer.objects.filter(in_vain, status=Offer.Status.OPEN).select_related("entry"):
        with transaction.atomic():
            if _end(offer, Offer.Status.RAN_OUT, now):
                _missed(offer.entry, now)
                ended += 1
    return ended


def _missed(entry: WaitingEntry, now: datetime) -> None:
    """To the end of the queue; the second time they are taken off the list, and told so."""
    still = WaitingEntry.objects.waiting().filter(pk=entry.pk)
    if not still.update(missed=F("missed") + 1, queued_at=now):
        return
    if still.filter(missed__gte=MOST_MISSED).update(status=WaitingEntry.Status.LAPSED, ended_at=now):
        queue_about("bookings.waiting_ended", entry)


def end_long_waits(*, now: datetime) -> int:
    """Who has waited for CALL_KEPT_DAYS is taken off the list, and told so: no address is kept without end.

    Not while a time is held for them. For the job worker; gives their number.
    """
    joined = WaitingEntry.objects.waiting().filter(created_at__lte=now - timedelta(days=settings.CALL_KEPT_DAYS))
    return sum(_end_wait(entry, now) for entry in joined.exclude(offers__status=Offer.Status.OPEN))


@transaction.atomic
def _end_wait(entry: WaitingEntry, now: datetime) -> bool:
    if not _lock_without_offer(entry):
        return False
    WaitingEntry.objects.filter(pk=entry.pk).update(status=WaitingEntry.Status.LAPSED, ended_at=now)
    queue_about("bookings.waiting_ended", entry, was_too_long=True)
    return True


def _end(offer: Offer, status: str, now: datetime) -> bool:
    adviser = lock_advisers(offer.adviser_id)[offer.adviser_id]
    if not Offer.objects.filter(pk=offer.pk, status=Offer.Status.OPEN).update(status=status):
        return False
    release(offer=offer)
    offer_time(adviser, offer.starts_at, now=now)
    return True
