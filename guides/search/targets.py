"""The pages that synonyms lead to, as content files name them: "guide:anxiety#signs", "glossary:ehcp"."""

import re

from django.urls import reverse

# How files name each kind of page, and the name of its URL.
PAGES = {
    "guide": "guide",
    "glossary": "term",
    "role": "role",
    "council": "council",
    "page": "site_page",
    "workshop": "workshop",
}
TARGET = re.compile(rf"(?P<kind>{'|'.join(PAGES)}):(?P<slug>[-\w]+)(?P<section>#[-\w]+)?", re.ASCII)


def address_of(target: str) -> str | None:
    """For example "/guides/anxiety/#signs"; None for what is no target. There need not be such a page."""
    found = TARGET.fullmatch(target)
    if not found:
        return None
    return reverse(PAGES[found["kind"]], args=[found["slug"]]) + (found["section"] or "")
