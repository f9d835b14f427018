"""The lines of a report: calls and families who wait, counted by week, topic, council or nation."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
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

    def add(self, call: Call, now: datetime) -> None:
        if call.status == Booking.Status.CANCELLED:
            self.cancelled += 1
            return
        self.booked += 1
        if call.outcome:
            is_missed = call.outcome == Booking.Outcome.NOT_REACHED
            self.missed += is_missed
            self.reached += not is_missed
        elif call.start <= now:
            self.unknown += 1


# Of a topic or a council its number, of a nation its name; None for those who did not say.
Key = int | str | None


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted: calls, and families who wait at the moment ``now``."""

    calls: Iterable[Call]
    waits: Iterable[Wait]
    now: datetime

    def by(self, key: Callable[[Call | Wait], Key], names: Mapping[Key, str]) -> dict[Key, Line]:
        """A line for each of ``names``. That of those who did not say only if there are any."""
        lines = {each: Line(name, waiting=0) for each, name in names.items()}
        for call in self.calls:
            lines[key(call)].add(call, self.now)
        waiting = Counter(key(wait) for wait in self.waits if wait.status == WaitingEntry.Status.WAITING)
        for each, number in waiting.items():
            lines[each].waiting = number
        if lines[None] == Line(names[None], waiting=0):
            del lines[None]
        return lines
