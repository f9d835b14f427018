"""What makes a text hard to read, section by section, in words for those who write it."""

import re
from collections import Counter
from dataclasses import dataclass

from sendguide.lib.jargon.vocabulary import Vocabulary
from sendguide.lib.readability import (
    HARDEST_GRADE,
    WORD,
    Reading,
    prose,
    reading,
    section_texts,
    sentences_of,
    syllables,
)

# A few words say little about a section.
FEWEST_WORDS = 25
LONG_SENTENCE = 22
LONG_WORD = 4
MOST_NAMED = 5
ABBREVIATION = re.compile(r"\b[A-Za-z]*[A-Z][a-z]*[A-Z][A-Za-z]*\b")
# Nobody has to look these up.
COMMON = {"GCSE", "GCSEs", "GOV", "GP", "GPs", "ID", "IT", "NHS", "OK", "PDF", "PE", "TV", "UK"}
LAW_LINK = re.compile(r"\[[^\]]*\]\(law:[^)]*\)")
ID = re.compile(r"\s*\{#[^}]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Section:
    """``heading`` is "" for what stands before the first one. ``unknown``: abbreviations in no glossary entry.

    ``long_sentence`` and ``long_words`` are what makes a hard section hard; those of an easy one are empty.
    """

    heading: str
    reading: Reading
    unknown: tuple[str, ...] = ()
    long_sentence: str = ""
    long_words: tuple[str, ...] = ()

    @property
    def is_hard(self) -> bool:
        return self.reading.words >= FEWEST_WORDS and self.reading.grade > HARDEST_GRADE

    @property
    def age(self) -> int:
        return round(self.reading.grade) + 5

    @property
    def sentence_length(self) -> int:
        return reading(self.long_sentence).words


@dataclass(frozen=True, slots=True)
class Advice:
    whole: Section
    sections: tuple[Section, ...]

    @property
    def to_mend(self) -> list[Section]:
        return [section for section in self.sections if section.is_hard or section.unknown]


def advice(markdown: str, vocabulary: Vocabulary) -> Advice:
    """Abbreviations are named once, in the section where they stand first."""
    seen: set[str] = set()
    found = []
    for heading, text in section_texts(LAW_LINK.sub("", markdown)):
        words = prose(text)
        score = reading(words)
        unknown = tuple(each for each in _unknown(words, vocabulary) if each not in seen)
        seen.update(unknown)
        section = Section(ID.sub("", heading), score, unknown)
        if section.is_hard:
            hard = _long_sentence(words), _long_words(words, vocabulary)
            section = Section(section.heading, score, unknown, *hard)
        if score.words:
            found.append(section)
    return Advice(Section("", reading(prose(markdown))), tuple(found))


def _unknown(text: str, vocabulary: Vocabulary) -> list[str]:
    """Not those in brackets: what they are short for stands before them."""
    rest = _without_known(text, vocabulary)
    explained = set(re.findall(r"\((\w+)\)", rest))
    return [word for word in dict.fromkeys(ABBREVIATION.findall(rest)) if word not in explained | COMMON]


def _without_known(text: str, vocabulary: Vocabulary) -> str:
    parts, done = [], 0
    for found in vocabulary.find(text):
        parts.append(text[done : found.start])
        done = found.end
    return " ".join([*parts, text[done:]])


def _long_sentence(text: str) -> str:
    longest = max(sentences_of(text), key=lambda sentence: reading(sentence).words).strip()
    return longest if reading(longest).words > LONG_SENTENCE else ""


def _long_words(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The hardest and most frequent first."""
    words = Counter(word.lower() for word in WORD.findall(_without_known(text, vocabulary)))
    weights = {word: syllables(word) * number for word, number in words.items() if syllables(word) >= LONG_WORD}
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:MOST_NAMED])
