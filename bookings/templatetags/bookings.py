"""For pages of the whole site: the next free call."""

from datetime import datetime

from django import template

from bookings.next_call import next_free_call as found

register = template.Library()


@register.simple_tag
def next_free_call() -> datetime | None:
    """No query, but for the first reader after a change, and after each five minutes."""
    return found()
