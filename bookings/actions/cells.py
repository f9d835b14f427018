"""The few statements that give and take advisers' time, for use inside the transaction of an act."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import F

from bookings.availability import terms
from bookings.models import Adviser, BookedCell, Booking, Offer

# PostgreSQL's word for "somebody else held the lock for longer than lock_timeout" (lock_not_available).
LOCK_NOT_AVAILABLE = "55P03"


class Busy(OperationalError):
    """So many want this adviser's time that ours did not come in time. The transaction has to be given up."""


def lock_advisers(*pks: int) -> dict[int, Adviser]:
    """The advisers, locked until the transaction ends, as they are once the lock is there.

    Always in the order of their numbers: of two acts that need the same two advisers none waits for the other. An
    UPDATE that changes nothing locks on every database (SELECT … FOR UPDATE does nothing on SQLite). Raises Busy.
    """
    try:
        return {pk: _locked(pk) for pk in sorted(set(pks))}
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) == LOCK_NOT_AVAILABLE:
            raise Busy from error
        raise


def _locked(pk: int) -> Adviser:
    Adviser.objects.filter(pk=pk).update(feed_version=F("feed_version"))
    return Adviser.objects.get(pk=pk)


@contextmanager
def locked_call(booking: Booking) -> Iterator[Booking]:
    """Inside the block, a transaction, ``booking`` as it is now, with its adviser locked. Raises Busy."""
    pk = booking.adviser_id
    while True:
        with transaction.atomic():
            lock_advisers(pk)
            fresh = Booking.objects.with_details().get(pk=booking.pk)
            # If it was given to another adviser while we waited for this one, that one has to be locked instead.
            if fresh.adviser_id == pk:
                yield fresh
                return
        pk = fresh.adviser_id


def hold(adviser: Adviser, start: datetime, *, booking: Booking | None = None, offer: Offer | None = None) -> None:
    """Take the time of a call, and the gap after it, for ``booking`` or ``offer``.

    Raises IntegrityError if any of it is taken: the constraint holds also where no lock was asked for.
    """
    BookedCell.objects.bulk_create(BookedCell.of(adviser, start, terms(), booking=booking, offer=offer))


def release(*, booking: Booking | None = None, offer: Offer | None = None) -> None:
    """Give back what ``booking`` or ``offer`` held."""
    held = BookedCell.objects.filter(booking=booking) if booking else BookedCell.objects.filter(offer=offer)
    held.delete()
