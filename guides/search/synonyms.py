"""Other people's words for ours, one way only: what is typed leads to the official term, never back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from guides.search.words import SMALL_WORDS, stem, telling, words_of

Stems = tuple[str, ...]
END_OF_TERM = re.compile(r"[;:()]|\bor\b")


@dataclass(frozen=True, slots=True)
class Synonym:
    """``targets``: addresses of pages, the best first. ``only_with``: the search must have one of these words too.

    ``is_mistake``: what is typed is a slip of the finger, and said to be one.
    """

    typed: str
    official: str
    targets: tuple[str, ...] = ()
    whole_query_only: bool = False
    only_with: frozenset[str] = frozenset()
    is_mistake: bool = False
    never_show: bool = False

    @property
    def terms(self) -> frozenset[Stems]:
        """The official terms, of which one row may have several: "CAMHS; anxiety", each as its stems."""
        parts = (telling(words_of(part)) for part in END_OF_TERM.split(self.official))
        return frozenset(tuple(map(stem, part)) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Match:
    """``synonym`` is said by the words of a search that stand at ``places``."""

    synonym: Synonym
    places: tuple[int, ...]
    is_whole: bool


@dataclass(slots=True)
class Synonyms:
    rows: dict[Stems, Synonym] = field(default_factory=dict)
    exact: dict[tuple[str, ...], Synonym] = field(default_factory=dict)
    # Those of several words, by each of them.
    by_stem: dict[str, list[Stems]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[Synonym]) -> "Synonyms":
        rows = list(rows)
        words = frozenset(word for row in rows for word in words_of(row.typed))
        exact = {tuple(words_of(row.typed)): row for row in rows}
        by_stems = {stems(words_of(row.typed)): row for row in reversed(rows)}
        by_stem: dict[str, list[Stems]] = {}
        for parts, row in by_stems.items():
            if len(parts) > 1 and not row.is_mistake:
                for each in set(parts):
                    by_stem.setdefault(each, []).append(parts)
        return cls(by_stems, exact, by_stem, words)

    def matches(self, words: list[str]) -> list[Match]:
        """The whole search if there is a synonym for it, else those inside it, the longest first, none overlapping."""
        whole = self._match(words, range(len(words)))
        return [whole] if whole else self._inside(words)

    def _inside(self, words: list[str]) -> list[Match]:
        found: list[Match] = []
        taken: set[int] = set()
        for length in range(len(words) - 1, 0, -1):
            if length == 1:  # "ehcp ignored" says more than "ehcp", also with others between
                scattered = self._scattered(words, taken)
                found += scattered
                taken.update(place for match in scattered for place in match.places)
            for start in range(len(words) - length + 1):
                places = range(start, start + length)
                match = None if taken.intersection(places) else self._match(words, places)
                if match:
                    found.append(match)
                    taken.update(places)
        return found

    def _scattered(self, words: list[str], taken: set[int]) -> list[Match]:
        """Synonyms of several words, all of them there with others between: "private adhd assessment"."""
        places: dict[str, int] = {}
        for place, word in enumerate(words):
            if place not in taken and word not in SMALL_WORDS:
                places.setdefault(stem(word), place)
        found = []
        for parts in sorted({parts for each in places for parts in self.by_stem.get(each, ())}):
            if places.keys() >= set(parts):
                match = self._match_of(self.rows[parts], words, sorted(places[each] for each in parts))
                if match:
                    found.append(match)
        return sorted(found, key=lambda match: (-len(match.places), match.places))[:1]

    def _match(self, words: list[str], places: range) -> Match | None:
        part = words[places.start : places.stop]
        synonym = self.exact.get(tuple(part)) or self.rows.get(stems(part))
        return self._match_of(synonym, words, list(places)) if synonym else None

    def _match_of(self, synonym: Synonym, words: list[str], places: list[int]) -> Match | None:
        is_whole = len(places) == len(words)
        if synonym.whole_query_only and not is_whole:
            return None
        if synonym.only_with and synonym.only_with.isdisjoint(map(stem, words)):
            return None
        return Match(synonym, tuple(places), is_whole)


def stems(words: list[str]) -> Stems:
    """Small words between others do not matter: "refuses to go to school" is "refusing school"."""
    kept = telling(words)
    return tuple(map(stem, kept if len(kept) > 1 else words))
