"""The page on which a call is booked: its address, and what a family types there."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from bookings.availability import Wanted, free_times
from bookings.weeks import as_text


def free_starts() -> list[datetime]:
    """Times of calls that do not touch each other, those that are soonest last: nobody is reminded of one meanwhile."""
    found: list[datetime] = []
    for start in reversed(free_times(Wanted(), timezone.now()).advisers_at):
        if not found or start + timedelta(hours=1) <= found[-1]:
            found.append(start)
    return found


def details_path(start: datetime) -> str:
    return f"{reverse('call_details')}?start={as_text(start)}"


def details(number: int) -> dict[str, str]:
    """What family ``number`` types; each has an address and a phone of its own."""
    return {
        "name": "Ann",
        "phone": f"07700 {900_000 + number}",
        "email": f"family-{number}@example.org",
        "may_say_who": "no",
        "may_leave_message": "no",
        "word": "sunshine",
    }
