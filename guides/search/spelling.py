"""Which of our words somebody meant who typed one that we do not have."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.search.words import SMALL_WORDS, stem

# Three letters have too many neighbours: "add" and "aid", "ehc" and "eht".
SHORTEST = 4
LONG = 8
SHORTEST_BEGINNING = 3
MOST_ENDINGS = 30


@dataclass(slots=True)
class Speller:
    """``counts``: all our words, with the number of documents that have them.

    ``ordinary`` are the stems of words that are no mistakes either, although we have nothing about them: "eater" is not
    "easter".
    """

    counts: Mapping[str, int]
    stems: frozenset[str]
    words: list[str]
    ordinary: Set[str]

    @classmethod
    def of(cls, counts: Mapping[str, int], others: Iterable[str] = (), ordinary: Set[str] = frozenset()) -> "Speller":
        words = sorted({*counts, *others})
        return cls(counts, frozenset(map(stem, words)), words, frozenset(map(stem, ordinary)))

    def knows(self, word: str) -> bool:
        return stem(word) in self.stems

    def beginning_with(self, word: str) -> list[str]:
        """Our words that begin with ``word``, which is none itself."""
        if len(word) < SHORTEST_BEGINNING or stem(word) in self.ordinary:
            return []
        first = bisect_left(self.words, word)
        end = bisect_left(self.words, word + "\uffff")
        return self.words[first : min(end, first + MOST_ENDINGS)]

    def correct(self, word: str) -> str | None:
        """The word that was meant: one mistake in up to 7 letters, two after the first letter in longer ones."""
        if len(word) < SHORTEST or not word.isalpha() or stem(word) in self.ordinary:
            return None
        most = 1 if len(word) < LONG else 2
        near = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=most, limit=None)
        candidates = [(distance, other[0] != word[0], -self.counts.get(other, 0), other) for other, distance, _ in near]
        likely = [each for each in candidates if each[0] < 2 or not each[1]]
        meant = [each for each in likely if each[3].isalpha() and each[3] not in SMALL_WORDS]
        return min(meant)[3] if meant else None
