"""The search engine: documents in, hits out. Knows nothing of Django or of what a document is about.

BM25F, in memory. Lengths are compared with fixed ones instead of averages, so that a document can be added or removed
without touching the others.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from guides.nations import NATIONS
from guides.search.words import indexed_words, stem, telling, words_of


@dataclass(frozen=True, slots=True)
class Document:
    """``names`` are what else it is called, ``about`` what it is part of. ``where`` is the nation, for readers.

    ``topic``: the name of the topic that the page is listed under; a section has none of its own.
    """

    kind: str
    title: str
    address: str
    names: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    text: str = ""
    where: str = ""
    guide: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """``length`` is that of an ordinary one, in words; ``b`` says how much a longer one counts for less."""

    weight: float
    length: int
    b: float


FIELDS = {
    "title": Field(weight=7.0, length=10, b=0.7),
    "names": Field(weight=6.0, length=8, b=0.3),
    "about": Field(weight=3.0, length=6, b=0.3),
    "text": Field(weight=0.7, length=80, b=0.5),
}
SATURATION = 4.0
ENOUGH = 200
OF_NATION, OF_ANOTHER = 0.4, -1.2
NOTHING = (0.0, 0.0, 0)
NO_KINDS: Mapping[str, float] = {}
# Sums of fractions differ far behind the point.
NO_DIFFERENCE = 1e-6


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a search. ``stems``: any of these will do, with how much each is worth.

    ``terms``: so will any of these, but only where all of its stems are.
    """

    word: str
    stems: Mapping[str, float]
    terms: Mapping[tuple[str, ...], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """``score`` is 0 to 1 for words, and more by ``extra``; ``matched`` of the wanted words are in the document.

    ``told``: how much these tell, 0 to 1, of all wanted words that are in any document.
    """

    document: Document
    score: float
    matched: int
    told: float = 1.0
    number: int = 0


@dataclass(slots=True)
class Index:
    documents: dict[int, Document] = field(default_factory=dict)
    postings: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    named: dict[tuple[str, ...], set[int]] = field(default_factory=lambda: defaultdict(set))
    of_kind: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    # How many documents have a word, by the word as it is written; and its stem.
    vocabulary: Counter[str] = field(default_factory=Counter)
    # Of two documents that fit equally well, that of the earlier kind comes first.
    kinds: list[str] = field(default_factory=list)
    _order: dict[int, tuple[int, str]] = field(default_factory=dict)
    _numbers: dict[Document, int] = field(default_factory=dict)
    _next: int = 0

    def add(self, document: Document) -> None:
        if document in self._numbers:
            return
        number = self._numbers[document] = self._next
        self._next += 1
        self.documents[number] = document
        self.of_kind[document.kind].add(number)
        kind = self.kinds.index(document.kind) if document.kind in self.kinds else len(self.kinds)
        self._order[number] = (kind, document.address)
        weights, words = _weights(document)
        for each, weight in weights.items():
            self.postings[each][number] = weight / (weight + SATURATION)
        self.vocabulary.update(words)
        for name in names_of(document):
            self.named[name].add(number)

    def remove(self, document: Document) -> None:
        number = self._numbers.pop(document)
        del self.documents[number], self._order[number]
        self.of_kind[document.kind].remove(number)
        weights, words = _weights(document)
        for each in weights:
            del self.postings[each][number]
            if not self.postings[each]:
                del self.postings[each]
        for word in words:
            self.vocabulary[word] -= 1
            if not self.vocabulary[word]:
                del self.vocabulary[word]
        for name in names_of(document):
            self.named[name].discard(number)
            if not self.named[name]:
                del self.named[name]

    def rarity(self, one: str) -> float:
        """How much a stem tells: little if most documents have it."""
        return self._rarity(len(self.postings.get(one, ())))

    def _rarity(self, have: int) -> float:
        return math.log(1 + (len(self.documents) - have + 0.5) / (have + 0.5))

    def search(
        self,
        wanted: list[Wanted],
        extra: Mapping[int, float] | None = None,
        *,
        nations: frozenset[str] = frozenset(),
        kinds: Mapping[str, float] = NO_KINDS,
        most: int = 60,
    ) -> list[Hit]:
        """Documents with any of ``wanted``, the best first; ``extra`` is added to the scores of documents.

        ``kinds``: those whose words count for less or more than those of others.
        """
        extra = extra or {}
        ways = [[(worth, has) for has, worth in self._ways(each) if has] for each in wanted]
        rarities = [(self._rarity(max((len(has) for _, has in each), default=0)), each) for each in ways]
        rarities.sort(key=lambda pair: -pair[0])
        total = sum(rarity for rarity, _ in rarities)
        there = sum(rarity for rarity, each in rarities if each)
        # Of each document: its score, the rarity of its words, how many there are.
        found: dict[int, tuple[float, float, int]] = dict.fromkeys(extra, (0.0, 0.0, 0))
        for rarity, each in rarities:
            # Who has only common words, where there are many who have a rare one, comes too late to be seen.
            values = self._values(each, found.keys() if len(found) >= ENOUGH else None)
            for number, value in values.items():
                score, covered, matched = found.get(number, NOTHING)
                found[number] = (score + rarity * value, covered + rarity, matched + 1)
        scale = 1 / total**2 if total else 0.0
        scores = {number: words * covered * scale for number, (words, covered, _) in found.items()}
        for kind, worth in kinds.items():
            for number in scores.keys() & self.of_kind[kind]:
                scores[number] *= worth
        for number, more in extra.items():
            scores[number] += more
        if nations:
            scores = {number: score + self._of(number, nations) for number, score in scores.items()}
        best = self._best(scores, most)
        return [self._hit(each, scores[each], found[each], there) for each in best]

    def _hit(self, number: int, score: float, found: tuple[float, float, int], there: float) -> Hit:
        _, covered, matched = found
        return Hit(self.documents[number], score, matched, covered / there if there else 0.0, number)

    def _best(self, scores: Mapping[int, float], most: int) -> list[int]:
        """Equal scores go by kind and address, so that every process gives the same list, however it came by it."""
        least = min(heapq.nlargest(most, scores.values()), default=0.0) - NO_DIFFERENCE
        best = [number for number, score in scores.items() if score >= least]
        best.sort(key=lambda number: (round(-scores[number], 6), self._order[number]))
        return best[:most]

    def _of(self, number: int, nations: frozenset[str]) -> float:
        """What a document gets that holds in one of ``nations``, and one that holds elsewhere only."""
        where = self.documents[number].where
        if any(nation in where for nation in nations):
            return OF_NATION
        return OF_ANOTHER if any(nation in where for nation in NATIONS) else 0.0

    def _ways(self, wanted: Wanted) -> Iterator[tuple[Mapping[int, float], float]]:
        """Who has one of the stems or terms, and how much that is worth."""
        for one, worth in wanted.stems.items():
            yield self.postings.get(one, {}), worth
        for term, worth in wanted.terms.items():
            yield self._having(term), worth

    def _having(self, term: tuple[str, ...]) -> Mapping[int, float]:
        """What each document is worth that has all of the stems: as much as the least of them."""
        all_have = sorted((self.postings.get(each, {}) for each in term), key=len)
        if len(all_have) == 1:
            return all_have[0]
        numbers = list(reduce(and_, (each.keys() for each in all_have)))
        values = (map(each.__getitem__, numbers) for each in all_have)
        return dict(zip(numbers, map(min, *values), strict=True))

    def _values(self, ways: list[tuple[float, Mapping[int, float]]], among: Set[int] | None) -> Mapping[int, float]:
        """What each document is worth for one word, 0 to 1: the best of its ways counts.

        Only of those ``among`` which we look, if given.
        """
        best: dict[int, float] = {}
        for worth, has in ways:
            values = has if among is None else {number: has[number] for number in has.keys() & among}
            if len(ways) == 1 and worth == 1.0:
                return values
            for number, value in values.items():
                if worth * value > best.get(number, 0.0):
                    best[number] = worth * value
        return best


def _weights(document: Document) -> tuple[dict[str, float], set[str]]:
    """What each stem of ``document`` weighs, and its words."""
    weights: dict[str, float] = defaultdict(float)
    words: set[str] = set()
    for name, rule in FIELDS.items():
        value = getattr(document, name)
        texts = [value] if isinstance(value, str) else value
        found = [word for text in texts for word in indexed_words(text)]
        words.update(found)
        norm = rule.weight / (1 - rule.b + rule.b * len(found) / rule.length)
        for each, count in Counter(map(stem, found)).items():
            weights[each] += norm * count
    return weights, words


def names_of(document: Document) -> set[tuple[str, ...]]:
    """All that ``document`` is called, as the stems of the telling words."""
    return {key_of(name) for name in (document.title, *document.names)} - {()}


def key_of(name: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in telling(words_of(name)))
