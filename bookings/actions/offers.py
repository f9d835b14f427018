"""Offers of times that came free to those who wait, and how they end.

A time is offered to one family at a time, the first whom it suits, and is held for them meanwhile: its cells are taken.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from bookings.actions.cells import hold, lock_advisers, release
from bookings.actions.letters import queue_about
from bookings.availability import FreeTimes, Wanted, advisers_for, can_help, free_times_of, is_free, known_topics
from bookings.models import Adviser, Offer, WaitingEntry
from bookings.models.waiting import WaitingEntryQuerySet
from bookings.promises import MOST_MISSED
from bookings.slots import LENGTH
from bookings.wishes import held_until


def offer_free_times(*, now: datetime, adviser: Adviser | None = None, most: int | None = None) -> int:
    """Offer what is free to those who wait, in their order: after hours were added or a day came within reach.

    For the job worker and after staff changed hours. With ``adviser`` only what is free with them: in the transaction
    that changes their hours, so that nobody else sees the times before. With ``most`` no more than that: somebody is
    waiting for it, and the job worker does the rest. Gives the number of offers made.
    """
    made, known = 0, FreeTimesNow(now, adviser)
    for entry in _without_offer():
        if _offer_first(entry, known):
            made += 1
            known = FreeTimesNow(now, adviser)
        if made == most:
            break
    return made


@dataclass(frozen=True, slots=True)
class FreeTimesNow:
    """What is free, found once for each topic and nation: many wait for the same, and mostly nothing has changed.

    With ``only`` no other adviser counts.
    """

    now: datetime
    only: Adviser | None = None
    found: dict[tuple[int | None, str], FreeTimes] = field(default_factory=dict)

    def suiting(self, entry: WaitingEntry) -> Iterator[tuple[datetime, int]]:
        """Free times that suit them and that they have not refused, in order, with the numbers of the advisers."""
        wanted = Wanted(entry.topic, entry.council)
        key = (entry.topic_id, entry.council.nation if entry.council else "")
        if key not in self.found:
            able = [each for each in advisers_for(wanted) if self.only in (None, each)]
            self.found[key] = free_times_of(able, self.now)
        if not self.found[key]:
            return
        refused = set(entry.offers.filter(_was_refused()).values_list("starts_at", flat=True))
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
            if is_free(adviser, start, known.now):
                # Who has stopped waiting, or got another offer, is offered none of the later times either.
                return _offer(entry, adviser, start, known.now) is not None
    return False


def offer_time(adviser: Adviser, start: datetime, *, now: datetime) -> Offer | None:
    """Offer a time that came free to the first whom it suits. In the transaction that frees it, adviser locked."""
    if not is_free(adviser, start, now):
        return None
    topics = known_topics(adviser)
    refused = set(Offer.objects.filter(_was_refused(), starts_at=start).values_list("entry", flat=True))
    for entry in _without_offer():
        is_helped = can_help(adviser.nations, topics, Wanted(entry.topic, entry.council))
        fits = is_helped and entry.pk not in refused and entry.suits(start)
        if fits and (offer := _offer(entry, adviser, start, now)):
            return offer
    return None


def _without_offer() -> WaitingEntryQuerySet:
    waiting = WaitingEntry.objects.confirmed().exclude(offers__status=Offer.Status.OPEN)
    return waiting.select_related("topic", "council")


def _was_refused() -> Q:
    """Offers that were not taken: nobody is asked twice about one time. One that we took back they did not refuse."""
    return ~Q(status__in=[Offer.Status.OPEN, Offer.Status.WITHDRAWN])


def _offer(entry: WaitingEntry, adviser: Adviser, start: datetime, now: datetime) -> Offer | None:
    """None if they have stopped waiting, or got another offer, in the meantime."""
    if not lock_without_offer(entry):
        return None
    offer = Offer.objects.create(
        entry=entry,
        adviser=adviser,
        starts_at=start,
        ends_at=start + LENGTH,
        held_until=held_until(now, start, hours=settings.CALL_OFFER_HOURS),
        created_at=now,
    )
    hold(adviser, start, offer=offer)
    queue_about("bookings.offer", offer)
    return offer


def lock_without_offer(entry: WaitingEntry) -> bool:
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
    return end_offer(offer, Offer.Status.DECLINED, now)


@transaction.atomic
def withdraw(*, offers: Collection[Offer], now: datetime) -> int:
    """Take back times that their adviser cannot keep any more. The families keep their place in the queue.

    Gives the number of offers that ended: one that was taken is a call.
    """
    lock_advisers(*(each.adviser_id for each in offers))
    return sum(end_offer(each, Offer.Status.WITHDRAWN, now) for each in offers)


def end_offers_in_vain(*, now: datetime) -> int:
    """Give to the next what was held for too long, or for somebody who has stopped waiting; for the job worker.

    Gives the number of offers that ended.
    """
    in_vain = Q(held_until__lte=now) | ~Q(entry__status=WaitingEntry.Status.WAITING)
    ended = 0
    for offer in Offer.objects.filter(in_vain, status=Offer.Status.OPEN).select_related("entry"):
        with transaction.atomic():
            if end_offer(offer, Offer.Status.RAN_OUT, now):
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


def end_offer(offer: Offer, status: str, now: datetime) -> bool:
    """In a transaction. The time goes to the next whom it suits. False if the offer was not open any more."""
    adviser = lock_advisers(offer.adviser_id)[offer.adviser_id]
    if not Offer.objects.filter(pk=offer.pk, status=Offer.Status.OPEN).update(status=status):
        return False
    release(offer=offer)
    offer_time(adviser, offer.starts_at, now=now)
    return True
