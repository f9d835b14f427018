"""For pages of the whole site: the next free call."""

from datetime import datetime
from urllib.parse import urlencode

from django import template

from bookings.availability import Wanted
from bookings.next_call import next_free_call as found
from guides.models import Council, Topic

register = template.Library()


@register.simple_tag
def next_free_call(topic: Topic | None, council: Council | None) -> datetime | None:
    """No query, but for the first reader after a change, and after each five minutes."""
    return found(Wanted(topic, council))


@register.simple_tag
def about(topic: Topic | None, council: Council | None) -> str:
    """What an address says of both: ``?topic=sleep&area=leeds``."""
    said = {name: each.slug for name, each in (("topic", topic), ("area", council)) if each}
    return f"?{urlencode(said)}" if said else ""
