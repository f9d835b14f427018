"""The lines of a report: calls and families who wait, counted by week, topic, council or nation."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from bookings.models import Booking, WaitingEntry


class Call(NamedTuple):
    """What counts of a booking."""

    adviser: int
    start: datetime
    status: str
    outcome: str
    topic: int | None
    council: int | None


class Wait(NamedTuple):
    """What counts of somebody who waits or has waited."""

    topic: int | None
    council: int | None
    status: str
    since: datetime


@dataclass(slots=True)
class Line:
    """The figures of what is called ``name``. None: has no meaning there.

    ``booked`` were not cancelled. Those that have begun were ``reached`` or ``missed``, or nobody has written down
    (``unknown``) what became of them. ``first_free``: the first call that can be booked now.
    """

    name: str
    offered: int | None = None
    booked: int = 0
    reached: int = 0
    missed: int = 0
    unknown: int = 0
    cancelled: int = 0
    waiting: int | None = None
    first_free: datetime | None = None

    def add(self, call: Call, now: datetime, number: int = 1) -> None:
        """``number``: how many there are that count like ``call``."""
        if call.status == Booking.Status.CANCELLED:
            self.cancelled += number
            return
        self.booked += number
        if call.outcome == Booking.Outcome.NOT_REACHED:
            self.missed += number
        elif call.outcome:
            self.reached += number
        elif call.start <= now:
            self.unknown += number


# Of a topic or a council its number, of a nation its name; None for those who did not say.
Key = int | str | None


@dataclass(frozen=True)
class Counting:
    """What is counted: calls that have begun, and families who wait at the moment ``now``."""

    calls: Iterable[Call]
    waits: Iterable[Wait]
    now: datetime

    @cached_property
    def _alike(self) -> Counter[Call]:
        """Calls of which all is the same that counts, and how many there are: far fewer than calls."""
        known = Counter((call.status, call.outcome, call.topic, call.council) for call in self.calls)
        return Counter({Call(0, self.now, *each): number for each, number in known.items()})

    def by(self, key: Callable[[Call | Wait], Key], names: Mapping[Key, str]) -> dict[Key, Line]:
        """A line for each of ``names``. That of those who did not say only if there are any."""
        lines = {each: Line(name, waiting=0) for each, name in names.items()}
        for call, number in self._alike.items():
            lines[key(call)].add(call, self.now, number)
        waiting = Counter(key(wait) for wait in self.waits if wait.status == WaitingEntry.Status.WAITING)
        for each, number in waiting.items():
            lines[each].waiting = number
        if lines[None] == Line(names[None], waiting=0):
            del lines[None]
        return lines
