"""The line below a result: the one that says most of what was looked for, with that marked."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from guides.search.words import SMALL_WORDS, WORD, fold, stem

LONGEST, SHORT = 180, 50
# What ends otherwise is an item of a list.
END = re.compile(r"[.?!:;,…][”’\")]*$")
END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z“\"])|\n")


class Piece(NamedTuple):
    text: str
    is_marked: bool


def best_line(text: str, marked: Mapping[str, float]) -> list[Piece]:
    """The part of ``text`` that says most of ``marked`` (stems, each with how much it tells), or else its beginning."""
    sentences = _sentences(text)
    best, most = 0, 0.0
    for place, (sentence, stems) in enumerate(sentences):
        if stems.isdisjoint(marked):
            continue
        worth = sum(sorted(marked[each] for each in stems & marked.keys())) / (1 + len(sentence) / 1000)
        if worth > most:
            best, most = place, worth
    return pieces(_from(best, sentences), marked.keys())


def beginning(text: str, marked: Mapping[str, float]) -> list[Piece]:
    return pieces(_from(0, _sentences(text)), marked.keys())


def _from(place: int, sentences: Sequence[tuple[str, frozenset[str]]]) -> str:
    """A short sentence says little: then the next one follows."""
    found = sentences[place][0]
    for sentence, _ in sentences[place + 1 :]:
        if len(found) >= SHORT:
            break
        found = f"{found}{'' if END.search(found) else ';'} {sentence}"
    return found


@lru_cache(maxsize=2000)
def _sentences(text: str) -> list[tuple[str, frozenset[str]]]:
    """Sentences and lines, with the stems of their words. Kept: they are looked at by every search that finds them."""
    sentences = END_OF_SENTENCE.split(text)
    return [(each, frozenset(stem(fold(word)) for word in WORD.findall(each))) for each in sentences]


def pieces(sentence: str, marked: Set[str]) -> list[Piece]:
    """``sentence``, cut to a line around the first marked word."""
    places = [(first, last) for first, last, stem_there in _telling_words(sentence) if stem_there in marked]
    start, end = _part(sentence, places[0][0] if places else 0)
    found: list[Piece] = [Piece("… ", is_marked=False)] if start else []
    done = start
    for first, last in places:
        if start <= first and last <= end:
            found += [Piece(sentence[done:first], is_marked=False), Piece(sentence[first:last], is_marked=True)]
            done = last
    found.append(Piece(sentence[done:end] + (" …" if end < len(sentence) else ""), is_marked=False))
    return [piece for piece in found if piece.text]


@lru_cache(maxsize=4000)
def _telling_words(sentence: str) -> list[tuple[int, int, str]]:
    """Where each begins and ends, and its stem. Kept, as ``_sentences`` are."""
    found = ((each, fold(each.group())) for each in WORD.finditer(sentence))
    return [(*each.span(), stem(folded)) for each, folded in found if folded not in SMALL_WORDS]


def _part(sentence: str, place: int) -> tuple[int, int]:
    """Where a line of ``sentence`` begins and ends that holds what is at ``place``; between words."""
    if len(sentence) <= LONGEST:
        return 0, len(sentence)
    start = 0 if place < LONGEST * 2 // 3 else sentence.rfind(" ", 0, place - LONGEST // 3) + 1
    end = min(len(sentence), start + LONGEST)
    space = sentence.rfind(" ", place + 1, end)
    return start, end if end == len(sentence) or space < 0 else space
