"""When a date takes sign-ups, and when its waiting list moves. Pure rules: values in, answer out."""

from datetime import datetime, timedelta
from enum import StrEnum


class Closed(StrEnum):
    """Why nobody can sign up any more."""

    CANCELLED = "cancelled"
    PAST = "past"
    SIGN_UP_ENDED = "sign-up ended"


def closed_because(*, is_cancelled: bool, starts_at: datetime, closes_at: datetime, now: datetime) -> Closed | None:
    """None while people can sign up."""
    if is_cancelled:
        return Closed.CANCELLED
    if starts_at <= now:
        return Closed.PAST
    return Closed.SIGN_UP_ENDED if closes_at <= now else None


def waiting_list_moves(*, starts_at: datetime, cut_off: timedelta, now: datetime) -> bool:
    """Whether a place that becomes free goes to whoever waits: later they could not rely on it any more."""
    return now < starts_at - cut_off


def reminder_is_due(*, starts_at: datetime, since: datetime, now: datetime) -> bool:
    """The day before, until two hours before; not for those who got their place (``since``) only that day.

    The window has an end: after a long outage nobody is reminded of what is over.
    """
    day_before = starts_at - timedelta(days=1)
    return since < day_before <= now < starts_at - timedelta(hours=2)
