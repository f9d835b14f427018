"""When a date takes sign-ups, and when its waiting list moves. Pure rules: values in, answer out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sendguide.lib.dates import uk_day


class Closed(StrEnum):
    """Why nobody can sign up any more."""

    CANCELLED = "cancelled"
    PAST = "past"
    SIGN_UP_ENDED = "sign-up ended"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What signing up goes by. ``cut_off`` is how long before the start the waiting list ends."""

    is_cancelled: bool
    is_full: bool
    starts_at: datetime
    closes_at: datetime
    cut_off: timedelta


def closed_because(date: Standing, now: datetime) -> Closed | None:
    """None while people can sign up, for a place or for the waiting list."""
    if date.is_cancelled:
        return Closed.CANCELLED
    if date.starts_at <= now:
        return Closed.PAST
    if date.closes_at <= now:
        return Closed.SIGN_UP_ENDED
    # Who joined the list now would wait for nothing.
    list_has_ended = not waiting_list_moves(starts_at=date.starts_at, cut_off=date.cut_off, now=now)
    return Closed.FULL if date.is_full and list_has_ended else None


def waiting_list_moves(*, starts_at: datetime, cut_off: timedelta, now: datetime) -> bool:
    """Whether a place that becomes free goes to whoever waits: later they could not rely on it any more."""
    return now < starts_at - cut_off


def can_be_written_to(*, is_cancelled: bool, ends_at: datetime, now: datetime) -> bool:
    """Whether staff can send a message to everybody: slides and thanks go out until the end of the day after."""
    return not is_cancelled and uk_day(now) <= uk_day(ends_at) + timedelta(days=1)


def reminder_is_due(*, starts_at: datetime, since: datetime, now: datetime) -> bool:
    """The day before, until two hours before; not for those who got their place (``since``) only that day.

    The window has an end: after a long outage nobody is reminded of what is over.
    """
    day_before = starts_at - timedelta(days=1)
    return since < day_before <= now < starts_at - timedelta(hours=2)
