"""A text as staff may spell it: with another apostrophe, without accents, with another hyphen."""

import re
import unicodedata
from collections import defaultdict

APOSTROPHES, HYPHENS = "'’‘ʼ`´", "-‐‑–"
# Latin letters with marks, up to those of Welsh (ŵ, ŷ) and of Eastern Europe.
MARKED = range(0xC0, 0x180)


def _spellings() -> dict[str, str]:
    """For each letter and sign all ways to write it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for letter in map(chr, MARKED):
        if (plain := _plain(letter)) != letter:
            found[plain.lower()] |= {letter.lower(), letter.upper()}
    letters = {plain: plain + plain.upper() + "".join(sorted(marked)) for plain, marked in found.items()}
    return letters | {sign: signs for signs in (APOSTROPHES, HYPHENS) for sign in signs}


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


SPELLINGS = _spellings()


def pattern_of(text: str, *, in_json: bool = False) -> str:
    """A regular expression for ``text`` however it is spelt, as Python and PostgreSQL read it; without repeats, so that
    it takes no longer than the text that is searched is long. To be matched without regard to case.

    ``in_json``: where what is no plain letter may be written by its number: "ô" as a backslash and u00f4.
    """
    return "".join(_pattern_of(SPELLINGS.get(sign.lower(), sign), in_json) for sign in _plain(text))


def _pattern_of(signs: str, in_json: bool) -> str:
    one = re.escape(signs) if len(signs) == 1 else f"[{re.escape(signs)}]"
    numbers = [rf"\\u{ord(sign):04x}" for sign in signs if not sign.isascii()] if in_json else []
    return f"(?:{'|'.join([one, *numbers])})" if numbers else one
