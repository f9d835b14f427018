"""The lines of a report: calls and families who wait, counted by week, topic, council or nation."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bookings.models import Booking


class Kind(NamedTuple):
    """What decides as what a booking counts. One without an outcome lacks it only if the call has begun."""

    status: str
    outcome: str
    has_begun: bool = True


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

    def add(self, kind: Kind, number: int, *, begun: int) -> None:
        """``number`` bookings of ``kind``, of which so many have ``begun``: told of those without an outcome."""
        if kind.status == Booking.Status.CANCELLED:
            self.cancelled += number
            return
        self.booked += number
        if kind.outcome == Booking.Outcome.NOT_REACHED:
            self.missed += number
        elif kind.outcome:
            self.reached += number
        else:
            self.unknown += begun


# Of a topic or a council its number, of a nation its name; None for those who did not say.
Key = int | str | None


# How many bookings of each kind, for each of what they are counted by.
Counts = Mapping[Key, Counter[Kind]]


def lines_by(calls: Counts, waiting: Iterable[Key], names: Mapping[Key, str]) -> dict[Key, Line]:
    """A line for each of ``names``: bookings, and families who wait. That of those who did not say only if there are
    any.
    """
    lines = {each: Line(name, waiting=0) for each, name in names.items()}
    for each, kinds in calls.items():
        for kind, number in kinds.items():
            lines[each].add(kind, number, begun=number if kind.has_begun else 0)
    for each, number in Counter(waiting).items():
        lines[each].waiting = number
    if None in lines and lines[None] == Line(names[None], waiting=0):
        del lines[None]
    return lines


def sum_of(lines: Iterable[Line], name: str) -> Line:
    """What became of the calls of all ``lines``."""
    total = Line(name)
    for line in lines:
        total.booked += line.booked
        total.reached += line.reached
        total.missed += line.missed
        total.unknown += line.unknown
        total.cancelled += line.cancelled
    return total
