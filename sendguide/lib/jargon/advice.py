"""What makes a text hard to read, section by section, in words for those who write it."""

import re
from collections import Counter
from dataclasses import dataclass, replace

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
# Long also where all else is easy: syllables and letters.
VERY_LONG_WORD = 5, 13
MOST_NAMED = 5
ABBREVIATION = re.compile(r"\b[A-Za-z]*[A-Z][a-z]*[A-Z][A-Za-z]*\d*\b")
IN_BRACKETS = re.compile(r"\((\w+)\)")
# Nobody has to look these up.
COMMON = {"GCSE", "GCSEs", "GOV", "GP", "GPs", "ID", "IT", "NHS", "OK", "PDF", "PE", "TV", "UK"}
LAW_LINK = re.compile(r"\[[^\]]*\]\(law:[^)]*\)")
ID = re.compile(r"\s*\{#[^}]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Section:
    """``heading`` is "" for what stands before the first one. ``unknown``: abbreviations in no glossary entry.

    ``long_sentence`` and ``long_words`` are what makes a hard section hard; an easy one has only very long words.
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
    """Abbreviations are named once, in the section where they stand first. References to the law are not read."""
    text = LAW_LINK.sub("", markdown)
    known: set[str] = set(COMMON)
    found = []
    for heading, part in section_texts(text):
        words = prose(part)
        # In tables abbreviations have to be looked up as well.
        unknown = _unknown(prose(part.replace("|", " ")), vocabulary, known)
        section = Section(ID.sub("", heading), reading(words), unknown)
        if section.is_hard:
            long_words = _long_words(words, vocabulary, LONG_WORD)
            section = replace(section, long_sentence=_long_sentence(words), long_words=long_words)
        else:
            section = replace(section, long_words=_long_words(words, vocabulary, *VERY_LONG_WORD))
        if section.reading.words or unknown:
            found.append(section)
    return Advice(Section("", reading(prose(text))), tuple(found))


def _unknown(text: str, vocabulary: Vocabulary, known: set[str]) -> tuple[str, ...]:
    """Not those in brackets: what they are short for stands before them. ``known`` grows by what was seen here."""
    rest = _without_known(text, vocabulary)
    known.update(IN_BRACKETS.findall(rest))
    found = [word for word in dict.fromkeys(ABBREVIATION.findall(rest)) if not _is_known(word, vocabulary, known)]
    known.update(found)
    return tuple(found)


def _is_known(word: str, vocabulary: Vocabulary, known: set[str]) -> bool:
    """Also in the plural, and behind a hyphen: "TAs", "e-SENCO"."""
    forms = {word, word.removesuffix("s")}
    return bool(forms & known) or any(_is_form(form, vocabulary) for form in forms)


def _is_form(text: str, vocabulary: Vocabulary) -> bool:
    return any((found.start, found.end) == (0, len(text)) for found in vocabulary.find(text))


def _without_known(text: str, vocabulary: Vocabulary) -> str:
    parts, done = [], 0
    for found in vocabulary.find(text):
        parts.append(text[done : found.start])
        done = found.end
    return " ".join([*parts, text[done:]])


def _long_sentence(text: str) -> str:
    longest = max(sentences_of(text), key=lambda sentence: reading(sentence).words).strip()
    return longest if reading(longest).words > LONG_SENTENCE else ""


def _long_words(text: str, vocabulary: Vocabulary, sounds: int, letters: int = 0) -> tuple[str, ...]:
    """Those with so many syllables and letters, the hardest and most frequent first."""
    words = Counter(word.lower() for word in WORD.findall(_without_known(text, vocabulary)))
    long = {word: number for word, number in words.items() if syllables(word) >= sounds and len(word) >= letters}
    return tuple(sorted(long, key=lambda word: (-syllables(word) * long[word], word))[:MOST_NAMED])
