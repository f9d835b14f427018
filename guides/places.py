"""Which council somebody lives in: postcodes answered with rows of ours, and the list to choose from instead.

A postcode is used here and forgotten: nobody may keep one, log it or put it in an address.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from threading import Lock

from django.conf import settings

from guides.models import Council
from guides.nations import NATIONS
from sendguide.lib.postcodes import (
    Answer,
    BestGuess,
    Found,
    Message,
    PartOnly,
    Table,
    Unknown,
    look_up,
    message_for,
    read_table,
)

# What the address of a page may say in our own words: no more is looked up.
SLUG = re.compile(r"[a-z0-9-]{1,80}")
# No sector has more than three besides its own.
MOST_NEAR = 4

_loading = Lock()


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """``candidates``: the councils that it may be, the likeliest first; none if all that can be said is a message.

    ``neighbours``: those that a new postcode beside the border may be in instead of the one that was found.
    """

    answer: Answer
    candidates: tuple[Council, ...] = ()
    neighbours: tuple[Council, ...] = ()

    @property
    def council(self) -> Council | None:
        """The one council that it is, if that is certain."""
        return self.candidates[0] if isinstance(self.answer, Found) else None

    @property
    def message(self) -> Message:
        return message_for(self.answer)


def answer_for(text: str) -> PlaceAnswer:
    """Takes any text. One query where there is a council to answer with, else none."""
    answer = look_up(text, postcode_table())
    beside: tuple[str, ...] = ()
    match answer:
        case Found(council=code, neighbours=beside):
            codes: tuple[str, ...] = (code,)
        case BestGuess(councils=codes) | PartOnly(councils=codes):
            pass
        case _:
            return PlaceAnswer(answer)
    councils = {council.code: council for council in Council.objects.filter(code__in=[*codes, *beside])}
    if councils.keys() < set(codes):
        # The table is ahead of our list, or a council was deleted: better no answer than a part of one.
        return PlaceAnswer(Unknown(answer.place))
    return PlaceAnswer(
        answer,
        candidates=tuple(councils[code] for code in codes),
        neighbours=tuple(councils[code] for code in beside if code in councils),
    )


def councils_near(slugs: Sequence[str]) -> list[Council]:
    """The councils that an address names (``?near=east-riding``). What is none of ours is left out."""
    known = [slug for slug in slugs[:MOST_NEAR] if SLUG.fullmatch(slug)]
    return list(Council.objects.filter(slug__in=known)) if known else []


def postcode_table() -> Table:
    """Read at the first question and once in a process, also if several threads ask at once."""
    with _loading:
        return _table()


@cache
def _table() -> Table:
    return read_table(settings.CONTENT_DIR / "places" / "postcodes.csv")


# (nation, regions) pairs; regions are (region, councils) pairs, A to Z.
Nations = list[tuple[str, list[tuple[str, list[Council]]]]]


def councils_by_region() -> Nations:
    councils = list(Council.objects.only("slug", "name", "short_names", "nation", "region"))
    councils.sort(key=lambda council: (NATIONS.index(council.nation), council.region, council.short_name.casefold()))
    return [
        (nation, [(region, list(group)) for region, group in groupby(inside, key=attrgetter("region"))])
        for nation, inside in groupby(councils, key=attrgetter("nation"))
    ]
