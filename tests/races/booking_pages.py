"""The page on which a call is booked: its address, and what a family types there."""

from datetime import datetime

from django.urls import reverse

from bookings.weeks import as_text


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
