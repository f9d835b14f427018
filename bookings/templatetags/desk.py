"""How calls are shown to staff."""

from django import template

from bookings.models import Booking
from bookings.promises import TRIES
from sendguide.lib.phones import Phone

register = template.Library()


@register.simple_tag
def tries() -> int:
    """How often a family is called before it counts as not reached."""
    return TRIES


@register.filter
def phone_in_words(call: Booking) -> str:
    """07700 900123 · 18001 07700 900123 · empty once it is forgotten"""
    return Phone(number=call.phone, prefix=call.phone_prefix).in_words if call.phone else ""


@register.filter
def phone_link(call: Booking) -> str:
    """What a phone dials: with a prefix the number as it is dialled at home."""
    dialled = "".join(phone_in_words(call).split()) if call.phone_prefix else call.phone
    return f"tel:{dialled}"


@register.filter
def needs_in_words(call: Booking) -> str:
    """Relay UK, Another language than English: Polish"""
    labels = dict(Booking.Need.choices)
    needs = ", ".join(labels.get(each, each) for each in call.access_needs)
    return ": ".join(part for part in (needs, call.access_details) if part)
