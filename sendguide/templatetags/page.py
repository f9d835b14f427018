"""What every template may use: dates in our words, drawings, absolute addresses, data for search engines."""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sendguide.lib import dates

register = template.Library()
register.filter("long_date", dates.long_date)
register.filter("full_date", dates.full_date)
register.filter("day_and_month", dates.day_and_month)
register.filter("month", dates.month)
register.filter("date_and_time", dates.date_and_time)
register.filter("full_date_and_time", dates.full_date_and_time)
register.filter("time_range", dates.time_range)
register.filter("clock_time", dates.clock_time)
register.filter("uk_day", dates.uk_day)

ILLUSTRATIONS = Path(settings.BASE_DIR) / "static" / "illustrations"


@register.simple_tag
def illustration(name: str, alt: str = "") -> SafeString:
    """The drawing ``name`` inline, so that it takes the page's colours (also the dark ones). Empty if there is none.

    Without ``alt`` it is hidden from screen readers as decoration.
    """
    drawing = _drawing(name)
    role = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true" focusable="false"'
    return mark_safe(drawing.replace("<svg ", f"<svg {role} ", 1))  # noqa: S308 - our own file


@cache
def _drawing(name: str) -> str:
    # The name comes from staff: only a plain file name inside the folder is opened.
    path = ILLUSTRATIONS / f"{name}.svg"
    return path.read_text("utf-8").strip() if path.parent == ILLUSTRATIONS and path.is_file() else ""


@register.filter
def first_sentence(text: str) -> str:
    """For lists: “A plan. It says …” → “A plan.”"""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.strip(), maxsplit=1)[0]


@register.filter
def lower_first(text: str) -> str:
    """For the middle of a sentence: “For all areas” → “for all areas”"""
    return text[:1].lower() + text[1:]


@register.filter
def label(key: str) -> str:
    """A key of a mapping as words: assess_or_reassess → Assess or reassess"""
    return key[:1].upper() + key[1:].replace("_", " ")


@register.simple_tag(takes_context=True)
def block_again(context: template.Context, name: str) -> str:
    """What the block ``name`` holds, once more: a page's title stands in <title> and in what is shown when shared."""
    return context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context)


@register.filter
def absolute(address: str) -> str:
    """/guides/ → https://…/guides/"""
    return f"{settings.SITE_URL}{address}"


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """The page's one address: without query string, on the site's own host."""
    return absolute(context["request"].path)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*names_and_paths: str) -> dict[str, list[tuple[str, str]]]:
    """The way from the home page: {% breadcrumbs "Guides" guides_url guide.title guide.get_absolute_url %}.

    The last pair is the page itself: it is in the data for search engines, and not shown, as the title follows.
    """
    crumbs = [("Home", "/"), *zip(names_and_paths[::2], names_and_paths[1::2], strict=True)]
    return {"crumbs": crumbs, "parents": crumbs[:-1]}


@register.simple_tag
def breadcrumb_data(crumbs: list[tuple[str, str]]) -> SafeString:
    """Breadcrumbs as JSON-LD (schema.org BreadcrumbList). ``crumbs`` are (name, path) pairs from the home page on."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
        for position, (name, path) in enumerate(crumbs, 1)
    ]
    return json_ld({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})


@register.simple_tag
def json_ld(data: dict) -> SafeString:
    """A data block for search engines; it is not a script and needs no permission from the security policy."""
    text = json.dumps(data, ensure_ascii=False, default=_iso).replace("<", "\\u003c")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - "<" cannot occur in it


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in structured data")
