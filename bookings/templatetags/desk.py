"""How calls are shown to staff."""

from django import template

from bookings.models import Booking
from bookings.promises import TRIES

register = template.Library()


@register.simple_tag
def tries() -> int:
    """How often a family is called before it counts as not reached."""
    return TRIES


@register.filter
def needs_in_words(call: Booking) -> str:
    """Relay UK, A language other than English: Polish"""
    labels = dict(Booking.Need.choices)
    needs = ", ".join(labels.get(each, each) for each in call.access_needs)
    return ": ".join(part for part in (needs, call.access_details) if part)
