"""One index in each process, true to the database at every search.

Each table that is read has a row in SearchState with a random text, which changes in the transaction that changes the
table. One query reads these texts; where one is new, or a guide's time to be published has come, the documents of that
kind are read again, and those that differ are exchanged. Nothing is told from process to process, so nothing can get
lost on the way: a process that was stopped for a day catches up at its next search.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from django.db.models import Model
from django.utils import timezone

from guides.models import Guide, SearchState, SearchSynonym
from guides.search.asking import Library
from guides.search.documents import SOURCES, next_publishing
from guides.search.index import Document
from guides.search.suggesting import Suggestions
from guides.search.synonyms import Synonym, Synonyms
from guides.search.targets import address_of
from guides.search.words import stem, words_of

Tokens = dict[str, str]


@dataclass(slots=True)
class Shelf:
    """A library and what it was made from. ``until``: when a guide becomes public by itself."""

    library: Library = field(default_factory=Library)
    tokens: Tokens | None = None
    until: datetime | None = None
    documents: dict[str, set[Document]] = field(default_factory=dict)

    def renew(self, now: datetime) -> None:
        """Read what has changed since the last time."""
        # First the texts, then the rows: what changes in between has another text the next time.
        tokens: Tokens = dict(SearchState.objects.values_list("table", "token"))
        changed = self._changed(tokens, now)
        stale = [source for source in SOURCES if self.tokens is None or not changed.isdisjoint(source.models)]
        new = {source.kind: list(source.documents(now)) for source in stale}
        rows = _synonyms() if self.tokens is None or SearchSynonym in changed else None
        until = next_publishing(now) if self.tokens is None or Guide in changed else self.until
        self.library.index.kinds = [source.kind for source in SOURCES]
        for kind, documents in new.items():
            self._exchange(kind, documents)
        if rows is not None:
            self.library.synonyms = Synonyms.of(rows)
        if new or rows is not None:
            self.library.refresh()
        self.tokens, self.until = tokens, until

    def _changed(self, tokens: Tokens, now: datetime) -> set[type[Model]]:
        before = self.tokens or {}
        models = {model for source in SOURCES for model in source.models} | {SearchSynonym}
        changed = {model for model in models if tokens.get(_table(model)) != before.get(_table(model))}
        return changed | ({Guide} if self.until and self.until <= now else set())

    def _exchange(self, kind: str, documents: list[Document]) -> None:
        old, new = self.documents.get(kind, set()), set(documents)
        for document in old - new:
            self.library.index.remove(document)
        for document in documents:
            if document not in old:
                self.library.index.add(document)
        self.documents[kind] = new


def _table(model: type[Model]) -> str:
    return model._meta.db_table


def _synonyms() -> list[Synonym]:
    return [
        Synonym(
            typed=row.typed,
            official=row.official,
            targets=tuple(filter(None, map(address_of, row.targets))),
            whole_query_only=row.whole_query_only,
            only_with=frozenset(stem(word) for text in row.only_with for word in words_of(text)),
            is_mistake=row.kind == SearchSynonym.Kind.MISSPELLING,
            never_show=row.never_show,
        )
        # Of two with the same stems the first counts: in the order of Python, as databases sort hyphens differently.
        for row in sorted(SearchSynonym.objects.all(), key=lambda row: row.slug)
    ]


class Keeper:
    """The shelf of this process. One thread at a time: a search takes a few milliseconds, and an index changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelf = Shelf()
        # Never changed, only replaced: whoever reads them needs no lock.
        self.last_suggestions = Suggestions()

    @contextmanager
    def library(self) -> Iterator[Library]:
        with self._lock:
            try:
                self._shelf.renew(timezone.now())
            except BaseException:
                # Half of it may be new: the next search begins anew.
                self._shelf = Shelf()
                raise
            self.last_suggestions = self._shelf.library.suggestions
            yield self._shelf.library


KEEPER = Keeper()
