"""Which of our words somebody meant who typed one that we do not have."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.search.words import stem

# Three letters have too many neighbours: "add" and "aid", "ehc" and "eht".
SHORTEST = 4
LONG = 8
SHORTEST_BEGINNING = 3
MOST_ENDINGS = 30


@dataclass(slots=True)
class Speller:
    """``counts``: all our words, with the number of documents that have them."""

    counts: Mapping[str, int]
    stems: frozenset[str]
    words: list[str]

    @classmethod
    def of(cls, counts: Mapping[str, int], others: Iterable[str] = ()) -> "Speller":
        words = sorted({*counts, *others})
        return cls(counts, frozenset(map(stem, words)), words)

    def knows(self, word: str) -> bool:
        return stem(word) in self.stems

    def beginning_with(self, word: str) -> list[str]:
        """Our words that begin with ``word``, which is none itself."""
        if len(word) < SHORTEST_BEGINNING:
            return []
        first = bisect_left(self.words, word)
        end = bisect_left(self.words, word + "\uffff")
        return self.words[first : min(end, first + MOST_ENDINGS)]

    def correct(self, word: str) -> str | None:
        """The word that was meant: one mistake in up to 7 letters, two in longer ones."""
        if len(word) < SHORTEST or not word.isalpha():
            return None
        most = 1 if len(word) < LONG else 2
        near = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=most, limit=None)
        candidates = [(distance, other[0] != word[0], -self.counts.get(other, 0), other) for other, distance, _ in near]
        candidates = [each for each in candidates if each[3].isalpha() and len(each[3]) >= SHORTEST - 1]
        return min(candidates)[3] if candidates else None
