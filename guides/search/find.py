"""The search of the site: what is typed in, pages out."""

from guides.search.answers import Answer, answer
from guides.search.fresh import KEEPER, Keeper

LONGEST_QUERY = 200


def find(query: str, *, as_typed: bool = False, keeper: Keeper = KEEPER) -> Answer:
    """Takes any text. ``as_typed`` puts no mistakes right."""
    typed = query[:LONGEST_QUERY]
    with keeper.library() as library:
        return answer(typed, library, as_typed=as_typed)
