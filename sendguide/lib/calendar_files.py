"""Calendar files (RFC 5545) that calendars of all makes take in: times as UTC instants, one entry for life.

An entry keeps its ``uid`` when it is moved or cancelled and raises its ``sequence`` instead, so that a calendar changes
the entry that it has (RFC 5545, 3.8.7.4). What a colleague may see in a shared calendar is for the caller to decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from icalendar import Alarm, Calendar, Event, vCalAddress, vDuration

PRODUCT = "-//SEND Guide//sendguide//EN"
REFRESHED = timedelta(hours=6)


class Method(StrEnum):
    """What the file asks for (RFC 5546): an entry to take in or change, one to take out, or a mere copy."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. ``starts``, ``ends`` and ``stamp`` (when it last changed) must carry a time zone.

    ``organiser`` and ``attendee`` are e-mail addresses; mail programs want both for a REQUEST or CANCEL.
    """

    uid: str
    starts: datetime
    ends: datetime
    stamp: datetime
    summary: str
    sequence: int = 0
    description: str = ""
    url: str = ""
    organiser: str = ""
    attendee: str = ""
    is_cancelled: bool = False
    reminder: timedelta | None = None


def calendar_file(entries: Iterable[Entry], *, method: Method = Method.PUBLISH, name: str = "") -> bytes:
    """The file with ``entries``. With a ``name`` it is a calendar to subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESHED).to_ical().decode())
    write = _remembered if name else _written
    # The entries stand before the last line, "END:VCALENDAR".
    *head, end = calendar.to_ical().splitlines(keepends=True)
    return b"".join([*head, *(write(entry, method) for entry in entries), end])


def _written(entry: Entry, method: Method) -> bytes:
    return _event(entry, method).to_ical()


# A calendar to subscribe to has hundreds of entries, each takes a millisecond, and few change between two looks.
_remembered = lru_cache(maxsize=2000)(_written)


def _event(entry: Entry, method: Method) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    for name, moment in {"dtstamp": entry.stamp, "dtstart": entry.starts, "dtend": entry.ends}.items():
        # Microseconds have no place in a calendar file.
        event.add(name, moment.astimezone(UTC).replace(microsecond=0))
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if entry.is_cancelled or method == Method.CANCEL else "CONFIRMED")
    for name, value in {"description": entry.description, "url": entry.url}.items():
        if value:
            event.add(name, value)
    if entry.organiser:
        event.add("organizer", vCalAddress(f"mailto:{entry.organiser}"))
    if entry.attendee:
        # Whoever signed up has said yes already: nobody waits for an answer.
        accepted = {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
        event.add("attendee", vCalAddress(f"mailto:{entry.attendee}"), parameters=accepted)
    if entry.reminder and method != Method.CANCEL:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", -entry.reminder)
        event.add_component(alarm)
    return event
