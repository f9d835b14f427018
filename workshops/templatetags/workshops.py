"""For pages of the whole site: the next workshops, and those that people of a council can come to."""

from django import template

from guides.models import Council, Topic
from workshops.models import WorkshopDate
from workshops.upcoming import open_in

register = template.Library()


@register.simple_tag
def next_workshops(most: int, topic: Topic | None = None) -> list[WorkshopDate]:
    """The next ``most`` dates that people can sign up for, in one query: their areas are not known."""
    dates = WorkshopDate.objects.taking_sign_ups()
    if topic:
        dates = dates.filter(workshop__topic=topic)
    return list(dates.with_workshop()[:most])


@register.inclusion_tag("components/next_workshops.html")
def workshops_band(title: str, most: int, topic: Topic | None = None) -> dict[str, object]:
    """The next dates with a heading, or a plain link to all workshops where there are none."""
    return {"title": title, "dates": next_workshops(most, topic)}


@register.simple_tag
def workshops_open_in(council: Council, most: int) -> list[WorkshopDate]:
    return open_in(council, most)
