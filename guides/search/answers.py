"""What a search answers: pages in their order, each with the line that says most of what was looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guides.search.asking import Asked, Library, ask
from guides.search.index import Document, Hit
from guides.search.lines import Piece, beginning, best_line
from guides.search.words import stems_of

MOST = 20
# "child" and "school" are a quarter of what "my child is bullied at school" tells, as so many pages have them. A half
# would also drop "mediation" from "is mediation compulsory".
TOLD = 1 / 3


@dataclass(frozen=True, slots=True)
class Found:
    """``guide``: the page of which it is a section. ``line``: what it says, with what was looked for marked."""

    kind: str
    title: str
    address: str
    where: str
    guide: str
    line: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Answer:
    """``instead``: what was looked for, if what was typed was put right. ``never_show``: do not say it again.

    ``topics``: names of those nearest to it, and ``words``: what was looked for, when nothing was found.
    """

    results: list[Found]
    instead: str = ""
    never_show: bool = False
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def answer(typed: str, library: Library, *, as_typed: bool = False) -> Answer:
    asked = ask(typed, library, as_typed=as_typed)
    hits = library.index.search(asked.wanted, asked.extra, nations=asked.nations, kinds=asked.kinds)
    good = _first_of_each_page([hit for hit in hits if _answers(hit, asked)])[:MOST]
    if not good:
        return Answer([], asked.instead, asked.never_show, library.topics_of(hits), tuple(asked.words))
    marked = {each: library.index.rarity(each) for each in asked.marked}
    return Answer([_found(hit.document, marked) for hit in good], asked.instead, asked.never_show)


def _answers(hit: Hit, asked: Asked) -> bool:
    """It is known to be the answer; or half of the words are there, or its name, and these tell enough."""
    has_enough = 2 * hit.matched >= len(asked.wanted) or hit.number in asked.extra
    return hit.score > 0 and (hit.number in asked.targets or (has_enough and hit.told >= TOLD))


def _first_of_each_page(hits: list[Hit]) -> list[Hit]:
    """A situation and the section that it leads to are one answer."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.document.address, hit)
    return list(first.values())


def _found(document: Document, marked: Mapping[str, float]) -> Found:
    """Whoever looks for a page by its name wants to know what it is, not where else the name stands."""
    is_name = marked.keys() <= _stems_of_title(document.title)
    line = beginning(document.text, marked) if is_name else best_line(document.text, marked)
    return Found(document.kind, document.title, document.address, document.where, document.guide, line)


@lru_cache(maxsize=2000)
def _stems_of_title(title: str) -> frozenset[str]:
    return frozenset(stems_of(title))
