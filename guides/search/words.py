"""A text as words that can be compared: without case, accents, apostrophes and endings."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

# "E.H.C.P.", "don’t", "autism". What stands between is of no meaning.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])|[^\W_]+(?:['’‘ʼ`´][^\W_]+)*")
HYPHENS = frozenset("-‐‑")
HYPHENED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
# Said in every question and in every answer.
SMALL_WORDS = frozenset(Path(__file__).with_name("small_words.txt").read_text("utf-8").split())
# Where the stemmer parts what belongs together.
SAME = {
    "anxious": "anxieti",
    "autist": "autism",
    "boy": "child",
    "children": "child",
    "dad": "parent",
    "daddi": "parent",
    "daughter": "child",
    "diagnosi": "diagnos",
    "father": "parent",
    "kid": "child",
    "mam": "parent",
    "medicin": "medic",
    "mom": "parent",
    "mother": "parent",
    "mum": "parent",
    "mummi": "parent",
    "son": "child",
    "ta": "ta",
}
# Names that the stemmer takes for forms of other words: "EAL" is a language at home.
NAMES = {"ealing"}
_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """``text`` in small letters without accents, apostrophes and dots between letters."""
    if text.isascii() and text.isalnum():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in plain if not unicodedata.combining(each) and each not in "'’‘ʼ`´.")


def words_of(text: str) -> list[str]:
    """The words of ``text`` in their order, folded. Letters that stand alone, three or more, are one: "e h c p"."""
    found: list[str] = []
    letters = 0  # how many of the last ones stand alone
    for word in map(fold, WORD.findall(text)):
        if len(word) == 1 and word.isalpha():
            letters += 1
        elif letters:
            _join(found, letters)
            letters = 0
        found.append(word)
    _join(found, letters)
    return found


def _join(words: list[str], last: int) -> None:
    """The ``last`` of ``words`` are letters: make one word of them."""
    if last > 2:
        words[-last:] = ["".join(words[-last:])]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part of a folded ``word`` that its forms share: "refus" for refused, refusal, refusing."""
    if len(word) < 4 or not word.isalpha() or word in NAMES:
        return SAME.get(word, word)
    found: str = _stemmer.stemWord(word)
    return SAME.get(found, found)


def stems_of(text: str) -> list[str]:
    return [stem(word) for word in words_of(text)]


def indexed_words(text: str) -> Iterator[str]:
    """The words that ``text`` is found by: "co-ordinator" by both its parts and as one."""
    yield from words_of(text)
    for compound in HYPHENED.findall(text) if not HYPHENS.isdisjoint(text) else ():
        yield re.sub("[-‐‑]", "", fold(compound))


@cache
def ordinary_words() -> frozenset[str]:
    """Words that parents use and our pages may not. No names, no places: what is also a first name is left out."""
    return frozenset(Path(__file__).with_name("ordinary_words.txt").read_text("utf-8").split())


def telling(words: list[str]) -> list[str]:
    """``words`` without the small ones, unless there are no others; each once."""
    return list(dict.fromkeys([word for word in words if word not in SMALL_WORDS] or words))
