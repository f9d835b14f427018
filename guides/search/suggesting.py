"""What somebody is about to look for: pages whose names have all the words that are typed so far."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from guides.search.index import Document
from guides.search.synonyms import Synonym
from guides.search.words import words_of

# More is read by nobody who is still typing, and hides too much of a phone.
MOST = 5
# One letter begins too much.
SHORTEST = 2
LONGEST_TYPED = 40
# Most people type the same few beginnings.
MOST_KNOWN = 5_000
AFTER_ALL_WORDS = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a page, as it is compared. ``rank``: how near it stands to the page, and the page's kind."""

    words: str
    rank: tuple[int, int]
    of: Suggestion

    @property
    def order(self) -> tuple[tuple[int, int], int, str]:
        """Of names that fit equally well the least comes first."""
        return self.rank, self.words.count(" "), self.of.address


@dataclass(frozen=True, slots=True)
class Suggestions:
    """``names``: in their order. ``begins``: each word of each name, in order, with the place of the name."""

    names: Sequence[Name] = ()
    begins: list[tuple[str, int]] = field(default_factory=list)
    # What was found so far, for what was typed. It goes with these names.
    known: dict[str, list[Suggestion]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, documents: Iterable[Document], synonyms: Iterable[Synonym], kinds: Sequence[str]) -> "Suggestions":
        """``kinds``: of two that fit equally well, that of the earlier kind comes first."""
        names = sorted(_names(list(documents), synonyms, list(kinds)), key=lambda name: name.order)
        return cls(names, sorted({(word, place) for place, name in enumerate(names) for word in name.words.split()}))

    def for_beginning(self, typed: str) -> list[Suggestion]:
        """The likeliest first, at most ``MOST``; none for less than two letters."""
        typed = typed[:LONGEST_TYPED]
        found = self.known.get(typed)
        if found is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            found = self.known[typed] = self._found(typed)
        return found

    def _found(self, typed: str) -> list[Suggestion]:
        words = words_of(typed)
        if len("".join(words)) < SHORTEST:
            return []
        places = set.intersection(*(set(self._with(word)) for word in words))
        beginning = " ".join(words)
        pages: dict[str, Suggestion] = {}
        for place in sorted(places, key=lambda place: (not self.names[place].words.startswith(beginning), place)):
            of = self.names[place].of
            pages.setdefault(of.address, of)
            if len(pages) == MOST:
                break
        return list(pages.values())

    def _with(self, beginning: str) -> Iterator[int]:
        """Places of the names that have a word with this ``beginning``."""
        first = bisect_left(self.begins, (beginning, -1))
        last = bisect_left(self.begins, (beginning + AFTER_ALL_WORDS, -1))
        return (place for _, place in self.begins[first:last])


def _names(documents: list[Document], synonyms: Iterable[Synonym], kinds: list[str]) -> Iterator[Name]:
    order = {kind: place for place, kind in enumerate(kinds)}
    # A situation and the section that it leads to have one address: the same of them in every process.
    by_kind = sorted(documents, key=lambda document: (-order.get(document.kind, len(kinds)), document.title))
    there = {document.address: document for document in by_kind}
    for document in documents:
        if not document.guide:
            for nearness, name in enumerate((document.title, *document.names)):
                yield _name(name, min(nearness, 1), document, kinds)
    for synonym in synonyms:
        for target in synonym.targets[:1]:
            if target in there:
                yield _name(synonym.typed, 2, there[target], kinds)


def _name(text: str, nearness: int, document: Document, kinds: list[str]) -> Name:
    kind = f"{document.kind}: {document.guide}" if document.guide else document.kind
    order = kinds.index(document.kind) if document.kind in kinds else len(kinds)
    return Name(" ".join(words_of(text)), (nearness, order), Suggestion(kind, document.title, document.address))
