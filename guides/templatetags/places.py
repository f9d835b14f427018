"""For the form that asks where somebody lives, on whichever page it stands."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guides.places import Nations, councils_by_region
from sendguide.freshness.kept import kept

register = template.Library()
OPTIONS = "guides.council_options"


@register.simple_tag
def council_options(nations: Nations | None) -> SafeString:
    """All councils to choose from, by region: on many pages, and the same on all of them.

    ``nations``: where they have been read already, ``councils_by_region``.
    """
    return kept(OPTIONS, lambda: _options(nations or councils_by_region()))


def _options(nations: Nations) -> SafeString:
    return render_to_string("components/council_options.html", {"nations": nations})
