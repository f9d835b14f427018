"""A text as staff may spell it: with another apostrophe, without accents, with another hyphen."""

import re
import unicodedata
from collections import defaultdict

APOSTROPHES, HYPHENS = "'’‘ʼ`´", "-‐‑–"
# Latin letters with marks, up to those of Welsh (ŵ, ŷ) and of Eastern Europe.
MARKED = range(0xC0, 0x180)


def _spellings() -> dict[str, str]:
    """For each letter a pattern of all its spellings, small and capital."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for letter in map(chr, MARKED):
        if (plain := _plain(letter)) != letter:
            found[plain.lower()] |= {letter.lower(), letter.upper()}
    letters = {plain: f"[{plain}{plain.upper()}{''.join(sorted(marked))}]" for plain, marked in found.items()}
    signs = {sign: f"[{re.escape(signs)}]" for signs in (APOSTROPHES, HYPHENS) for sign in signs}
    return letters | signs


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


SPELLINGS = _spellings()


def pattern_of(text: str) -> str:
    """A regular expression for ``text`` however it is spelt, as Python and PostgreSQL read it; without repeats, so that
    it takes no longer than the text that is searched is long. To be matched without regard to case.
    """
    return "".join(SPELLINGS.get(sign.lower(), re.escape(sign)) for sign in _plain(text))
