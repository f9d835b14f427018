"""Texts in which the words of the glossary open their meaning, kept as they are shown.

The marks are for pages alone: they stand beside the text, in ``marked``, and never in it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from guides.models.derived import Derived
from guides.nations import where_in_words
from sendguide.lib.jargon import Entry, Vocabulary, as_html, mark_page

# To be raised when marks are to look different: then every text is marked again by itself.
LOOK = 1
Row = tuple[Any, ...]
_later: ContextVar[bool] = ContextVar("marking_later", default=False)


@dataclass(frozen=True)
class Glossary:
    """All words with their meanings. ``state`` is another one after every change that a page could show."""

    state: str
    vocabulary: Vocabulary
    meanings: dict[str, dict[str, Any]]

    @classmethod
    def now(cls) -> "Glossary":
        """As it is in the database. One query."""
        fields = ("slug", "term", "abbreviation", "aliases", "no_autolink", "nations", "definition", "status")
        rows = apps.get_model("guides", "GlossaryTerm")._default_manager.order_by("slug").values_list(*fields)
        return _glossary(json.dumps([LOOK, *rows], ensure_ascii=False))


# Finding the words' patterns costs 200 ms, and a glossary seldom changes.
@lru_cache(maxsize=2)
def _glossary(state: str) -> Glossary:
    entries, meanings = [], {}
    for slug, term, abbreviation, aliases, barred, nations, definition, status in json.loads(state)[1:]:
        forms = (term, abbreviation, *aliases)
        address = reverse("term", args=[slug])
        entries.append(Entry(slug, address, tuple(filter(None, forms)), frozenset(barred), frozenset(nations)))
        meanings[slug] = {
            "slug": slug,
            "name": f"{term} ({abbreviation})" if abbreviation else term,
            "short": abbreviation or term,
            "meaning": definition,
            "where": where_in_words(nations),
            "proposed": status == "proposed-not-law",
        }
    return Glossary(hashlib.sha256(state.encode()).hexdigest()[:32], Vocabulary(tuple(entries)), meanings)


@contextmanager
def marking_later() -> Iterator[None]:
    """What is saved inside the block is not marked: for whoever saves much, and marks all of it afterwards."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


class Explained(Derived):
    """EXPLAINED names the fields whose words are explained, in the order of the page.

    A field with a twin "…_html" is shown as that; any other is plain text.
    """

    EXPLAINED: tuple[str, ...] = ()
    # For subclasses to put into their own DERIVED, and into what no history keeps.
    MARKS = ("marked", "words", "marked_with")

    marked = models.JSONField(editable=False, default=dict)
    words = models.JSONField("words that are explained", editable=False, default=list)
    marked_with = models.CharField("state of the glossary", max_length=32, editable=False, db_index=True, default="")

    class Meta:
        abstract = True

    def derive(self) -> None:
        if _later.get():
            self.marked, self.words, self.marked_with = {}, [], ""
        else:
            self.mark(Glossary.now())

    def mark(self, glossary: Glossary) -> None:
        """Fill the fields of MARKS; nothing is written."""
        nations = self.law_of()
        found = mark_page(
            {name: self._html(name) for name in self.EXPLAINED},
            glossary.vocabulary,
            nations=nations,
            own=self.explains_itself(),
        )
        # Only texts with marks: the others are kept already.
        self.marked = {name: html for name, html in found.texts.items() if html != self._html(name)}
        self.words = [glossary.meanings[slug] for slug in found.slugs]
        self.marked_with = glossary.state

    def law_of(self) -> Sequence[str]:
        """The nations whose law the text is about; none if it is about no law."""
        return ()

    @property
    def is_about_several_nations(self) -> bool:
        """Then each meaning says where it holds; otherwise the page has said it."""
        return len(self.law_of()) != 1

    def explains_itself(self) -> str:
        """The slug of the entry that this page is, or is a longer version of."""
        return ""

    @property
    def shown(self) -> dict[str, SafeString]:
        """The texts for a page, by field. One that has not been marked yet is shown without marks."""
        return {name: mark_safe(self.marked.get(name) or self._html(name)) for name in self.EXPLAINED}  # noqa: S308 - it was made safe when it was rendered

    def _html(self, name: str) -> str:
        html: str | None = getattr(self, f"{name}_html", None)
        return as_html(getattr(self, name)) if html is None else html
