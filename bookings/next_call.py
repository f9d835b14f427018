"""The next free call, which every guide names: worked out once a minute at most, however many pages are read."""

from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from bookings.availability import Wanted, free_times

KEY = "bookings.next_free_call"
KEPT_SECONDS = 60


def next_free_call(now: datetime | None = None) -> datetime | None:
    """When the next call that anybody could book begins. Another process may be a minute behind."""
    now = now or timezone.now()
    kept: tuple[datetime | None] | None = cache.get(KEY)
    if kept and (kept[0] is None or kept[0] > now):
        return kept[0]
    first = free_times(Wanted(), now).first
    cache.set(KEY, (first,), KEPT_SECONDS)
    return first


def forget_next_call() -> None:
    """Have it worked out anew once the transaction, in which somebody's time is taken or given back, is committed."""
    # A cache that fails must not undo the answer to what is done.
    transaction.on_commit(lambda: cache.delete(KEY), robust=True)
