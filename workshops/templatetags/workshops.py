"""For pages of the whole site: the next workshops, and those that people of a council can come to."""

from django import template

from guides.models import Council
from workshops.models import WorkshopDate
from workshops.upcoming import open_in

register = template.Library()


@register.simple_tag
def next_workshops(most: int) -> list[WorkshopDate]:
    """The next ``most`` dates, without cancelled ones, in one query: their areas are not known."""
    dates = WorkshopDate.objects.upcoming().filter(status=WorkshopDate.Status.OPEN)
    return list(dates.with_workshop()[:most])


@register.simple_tag
def workshops_open_in(council: Council, most: int) -> list[WorkshopDate]:
    return open_in(council, most)
