"""Acts on calls, for threads of their own, and the calls that they are about."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connections
from django.utils import timezone

from bookings.actions import Refused, book, moving
from bookings.availability import Wanted, free_times
from bookings.models import Adviser, Booking
from tests import factories
from tests.races.visitor import at_once


def times(number: int = 1) -> list[datetime]:
    """So many times at which calls can begin, as far ahead as can be: no notice and no midnight comes near."""
    return list(free_times(Wanted(), timezone.now()).advisers_at)[-number:]


def acting(act: Callable[..., Any], failing: tuple[type[Exception], ...] = (), **arguments: Any) -> Callable[[], str]:
    """``act`` for a thread of its own: says how it went in one word, and closes the thread's connection.

    ``failing``: errors that may come instead; the name of the one that does is the word then.
    """

    def call() -> str:
        try:
            done = act(**arguments, now=timezone.now())
        except Refused as refused:
            return str(refused.reason)
        except failing as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return "nothing" if done is False else "done"

    return call


def all_at_once(acts: list[Callable[[], str]]) -> Counter[str]:
    return Counter(at_once(acts))


def booking_of(start: datetime, **fields: Any) -> Callable[[], str]:
    return acting(book, start=start, caller=factories.caller(**fields))


def booked_with(adviser: Adviser, start: datetime) -> Booking:
    """Booked by the action itself, so that its e-mails are there."""
    made = book(start=start, caller=factories.caller(), now=timezone.now())
    if made.adviser_id != adviser.pk:
        made = moving.move_to(booking=made, adviser_id=adviser.pk, start=start, now=timezone.now())
    return made
