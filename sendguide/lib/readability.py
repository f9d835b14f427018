"""How hard a text is to read: words, and the Flesch–Kincaid grade (Kincaid et al., 1975).

grade = 0.39 × words per sentence + 11.8 × syllables per word - 15.59

Syllables are counted from vowel groups, which is right for about nine English words in ten and errs both ways; over
a guide the errors cancel out. A list item counts as a sentence. Headings, tables, links' addresses and the titles of
boxes are not counted.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouyszxcgh]es)$")
# Vowels side by side that are said apart, and "-ism": area, created, being, autism.
TWO_SOUNDS = re.compile(
    r"(?<![ctgs])ia|(?<![ctgsx])io(?!n|u)|[^pl]eo(?!u)|(?<![gq])ua|[ie]a$|[^r]ea(?=te)|crea|eing|ying|scie|ism"
)
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
# The hardest that a text for families may be: about age 12.
HARDEST_GRADE = 7
NUMBER = re.compile(r"\d[\d,.:]*")


@dataclass(frozen=True, slots=True)
class Reading:
    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """US school grade; add five for the age. 0.0 for an empty text."""
        if not self.words or not self.sentences:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def syllables(word: str) -> int:
    """``word`` is one English word of letters and apostrophes. At least 1."""
    word = re.sub(r"['’].*$", "", word.lower())
    count = len(VOWELS.findall(word))
    if count > 1 and SILENT_END.search(word):
        count -= 1
    return max(count + len(TWO_SOUNDS.findall(word)), 1)


def sentences_of(text: str) -> Iterator[str]:
    """``text`` is plain prose, one paragraph or list item a line."""
    for line in text.splitlines():
        yield from re.split(r"(?<=[.!?])[\"”’)]*\s+|:\s*$", line)


def reading(text: str) -> Reading:
    """``text`` is plain prose, one paragraph or list item a line."""
    words = sentences = sounds = 0
    for sentence in sentences_of(text):
        found = WORD.findall(sentence)
        total = len(found) + len(NUMBER.findall(sentence))
        if not total:
            continue
        words, sentences = words + total, sentences + 1
        sounds += sum(map(syllables, found)) + (total - len(found))
    return Reading(words, sentences, sounds)


def prose(markdown: str) -> str:
    """The sentences of a Markdown text: no headings, addresses, tables, box titles or marks."""
    lines = []
    for raw in markdown.splitlines():
        line = raw.strip()
        if line.startswith(("#", "!!!", "|")):
            continue
        line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
        line = re.sub(r"\[\^[^\]]*\]:?|\{[#:][^}]*\}|[*_`]", "", line)
        line = re.sub(r"^(?:[-+>]|\d+\.)\s+", "", line)
        lines.append(line)
    return "\n".join(lines)


def section_texts(markdown: str) -> Iterator[tuple[str, str]]:
    """(heading, text) for each ``##`` section, in order; the heading of what comes first is ""."""
    heading, lines = "", list[str]()
    for line in markdown.splitlines():
        if line.startswith("## "):
            yield heading, "\n".join(lines)
            heading, lines = line[3:].strip(), []
        else:
            lines.append(line)
    yield heading, "\n".join(lines)


def sections(markdown: str) -> list[tuple[str, Reading]]:
    """(heading, reading) for each section that has words."""
    scores = ((heading, reading(prose(text))) for heading, text in section_texts(markdown))
    return [(heading, score) for heading, score in scores if score.words]


def main(paths: list[str]) -> None:
    """Print the words and the grade of Markdown files with front matter, section by section."""
    for path in paths:
        body = re.sub(r"\A---\n.*?\n---\n", "", Path(path).read_text("utf-8"), count=1, flags=re.DOTALL)
        whole = reading(prose(body))
        sys.stdout.write(f"{path}: {whole.words} words, grade {whole.grade:.1f}\n")
        for heading, score in sections(body):
            sys.stdout.write(f"  {score.words:5} words  grade {score.grade:4.1f}  {heading or '(opening)'}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
