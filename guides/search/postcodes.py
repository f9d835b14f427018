"""Postcodes among the words of a search: a postcode must stand in no address and no list of searches."""

import re

from guides.search.words import SMALL_WORDS, words_of
from sendguide.lib.postcodes.shapes import shape_of

# As people type and paste one: "hu5 2ab", "HU52AB", "hu5-2ab", any space or dash, O for 0 and I for 1.
POSTCODE = re.compile(r"(?<![^\W_])([a-z]{1,2}[0-9oi][a-z0-9]?[\W_]{0,3}[0-9oi][a-z]{2})(?![^\W_])", re.IGNORECASE)
# The first part of one. With a single letter before the number it is as often a section of a law: "s19".
DISTRICT = re.compile(r"(?<![^\W_])([a-z]{2}[0-9][a-z0-9]?)(?![^\W_])", re.IGNORECASE)


def postcodes_in(query: str) -> tuple[list[str], str]:
    """(the postcodes in ``query``, the rest: "" if it says nothing). Whether they exist is for ``places`` to say."""
    return _taken_out(POSTCODE, query)


def districts_in(query: str) -> tuple[list[str], str]:
    """As ``postcodes_in``, of first parts: "respite hu5"."""
    return _taken_out(DISTRICT, query)


def _taken_out(pattern: re.Pattern[str], query: str) -> tuple[list[str], str]:
    found = [match for match in pattern.finditer(query) if re.search("[0-9]", match[0]) and shape_of(match[0])]
    if not found:
        return [], query
    parts, done = [], 0
    for match in found:
        parts.append(query[done : match.start()])
        done = match.end()
    rest = " ".join(" ".join([*parts, query[done:]]).split())
    says_something = not SMALL_WORDS.issuperset(words_of(rest))
    return [match[0] for match in found], rest if says_something else ""
