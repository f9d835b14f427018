"""A small glossary for tests, and what is marked with it."""

import re
from typing import Any

from sendguide.lib.jargon import Entry, Vocabulary, mark_page

MARK = re.compile(
    r'<label class="term">(.*?)<button class="term-open"[^>]*></button></label><a class="term-page"[^>]*>[^<]*</a>'
)


def entry(*forms: str, barred: tuple[str, ...] = (), nations: tuple[str, ...] = ("England",), slug: str = "") -> Entry:
    slug = slug or re.sub("[^a-z0-9]+", "-", forms[0].lower()).strip("-")
    return Entry(slug, f"/guides/send-glossary/{slug}/", forms, frozenset(barred), frozenset(nations))


def vocabulary(*entries: Entry) -> Vocabulary:
    return Vocabulary(entries)


WORDS = vocabulary(
    entry("Education, health and care plan", "EHCP", "EHC plan", "EHCPs", slug="ehcp"),
    entry("SEND Code of Practice", "SEND Code"),
    entry("SEND", "special educational needs and disabilities", barred=("send", "Send")),
    entry("SENCO", "SENDCO"),
    entry("best endeavours"),
    entry("Carer's Allowance"),
    entry("Co-ordinated support plan", nations=("Scotland",), slug="csp"),
    entry("autism", "autistic", nations=("England", "Scotland", "Wales", "Northern Ireland")),
    entry("Portage", barred=("portage",)),
    entry("Section F of an EHCP", "Section F", slug="section-f"),
    entry("Sections A to K of an EHCP", "Section A", slug="sections-a-to-k"),
    entry("Section 19 education", "section 19", slug="section-19"),
    entry("C(E)TR"),
    entry("speech & language therapy"),
)


def marked(html: str, words: Vocabulary = WORDS, **page: Any) -> str:
    return mark_page({"body": html}, words, **page).texts["body"]


def words_marked(html: str, words: Vocabulary = WORDS, **page: Any) -> list[str]:
    """The words that take a mark, as they stand in the text."""
    return [match[1] for match in MARK.finditer(marked(html, words, **page))]


def without_marks(html: str) -> str:
    """As it was before it was marked, but for links to a word's page, of which only the words are left."""
    return MARK.sub(r"\1", html)
