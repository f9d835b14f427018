"""The forms of the words that a glossary explains, and where they stand in plain text.

A form is matched as whole words, the longest first. Apostrophes may be straight or curly; a hyphen, a non-breaking
hyphen and a space stand for each other. A form with two or more capitals in a word (SEND, SpLD) is matched as it is
written, any other in small letters and capitals alike.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

# The entry whose parts are called "Section A" to "Section K".
PLAN = "ehcp"
GAP = r"(?:\s+|[-‐‑])"
NOT_AFTER = r"(?<!\w)(?<!\w[-‐‑@])"
NOT_BEFORE = r"(?!\w)(?![-‐‑@.]\w)"
# "Section 19(2)", "section 19 of the Act", "section 19 CFA 2014": of which Act, the number alone does not say.
OF_SOME_ACT = r"(?!\s*\(|\s+of\b|\s+[A-Z])"
# "SEND Guide", "SEND Regulations": the beginning of a name, which is not the word itself.
OF_A_NAME = r"(?!\s+[A-Z][a-z])"
BARE_PART = re.compile(r"(sections?) ([A-K]\d?)", re.IGNORECASE)
BARE_ACT = re.compile(r"sections? \d+", re.IGNORECASE)
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the glossary, whose page is at ``address``. ``barred`` are forms that are never matched, with case."""

    slug: str
    address: str
    forms: tuple[str, ...]
    barred: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Form:
    text: str
    entry: Entry

    @property
    def is_part_of_plan(self) -> bool:
        """“Section F” alone: a part of a plan only where the page is about plans."""
        return BARE_PART.fullmatch(self.text) is not None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        if part := BARE_PART.fullmatch(self.text):
            # Not "in this section a child": the letter is a capital.
            return re.compile(f"{NOT_AFTER}(?i:{part[1]}){GAP}{part[2].upper()}{NOT_BEFORE}")
        words = _pattern_of(self.text)
        if is_exact(self.text):
            return re.compile(f"{NOT_AFTER}{words}{NOT_BEFORE}{OF_A_NAME}")
        end = NOT_BEFORE + (OF_SOME_ACT if BARE_ACT.fullmatch(self.text) else "")
        return re.compile(f"{NOT_AFTER}(?i:{words}){end}")


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    form: Form

    @property
    def slug(self) -> str:
        return self.form.entry.slug


@dataclass(frozen=True)
class Vocabulary:
    entries: tuple[Entry, ...]
    by_address: dict[str, Entry] = field(init=False, compare=False, repr=False)
    _by_first_word: dict[str, list[Form]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_address", {entry.address: entry for entry in self.entries})
        by_first_word: dict[str, list[Form]] = {}
        for form in sorted(_forms(self.entries), key=lambda form: (-len(form.text), form.text)):
            if first := WORD.search(form.text):
                by_first_word.setdefault(first[0].casefold(), []).append(form)
        object.__setattr__(self, "_by_first_word", by_first_word)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """What stands in ``text``, from left to right, without overlaps. Around start and end it still looks."""
        position, end = start, len(text) if end is None else end
        while word := WORD.search(text, position, end):
            found = self._at(text, word, end)
            if found:
                yield found
            position = found.end if found else word.end()

    def _at(self, text: str, word: re.Match[str], end: int) -> Found | None:
        for form in self._by_first_word.get(word[0].casefold(), ()):
            match = form.pattern.match(text, word.start())
            if match and match.end() <= end and plain(match[0]) not in form.entry.barred:
                return Found(match.start(), match.end(), form)
        return None

    def entry_with(self, form: str) -> Entry | None:
        """The entry that has this form, if a text could be matched with it."""
        same = (each.entry for each in _forms(self.entries) if _key(each.text) == _key(plain(form)))
        return next(same, None)

    def names_a_plan(self, text: str) -> bool:
        """Whether ``text`` speaks of an EHCP, so that "Section F" can only be a part of one."""
        return any(found.slug == PLAN for found in self.find(text))


def is_exact(form: str) -> bool:
    """The form is matched with its capitals."""
    return any(sum(letter.isupper() for letter in word) > 1 for word in form.split())


def _key(form: str) -> str:
    return form if is_exact(form) else form.casefold()


def plain(text: str) -> str:
    """With straight apostrophes, plain hyphens and single spaces."""
    return " ".join(re.sub("[‐‑]", "-", text.replace("’", "'")).split())


def _forms(entries: Iterable[Entry]) -> Iterator[Form]:
    for entry in entries:
        for text in dict.fromkeys(map(plain, entry.forms)):
            if text not in entry.barred:
                yield Form(text, entry)


def _pattern_of(text: str) -> str:
    joined = (GAP if part in {" ", "-"} else "['’]" if part == "'" else re.escape(part) for part in text)
    return "".join(joined)
