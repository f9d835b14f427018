"""For the form that asks where somebody lives, on whichever page it stands."""

from django import template

from guides import places

register = template.Library()
register.simple_tag(places.councils_by_region)
