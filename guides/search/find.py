"""The search of the site: what is typed in, pages out; and pages for what is typed so far."""

from guides.search.answers import Answer, answer
from guides.search.fresh import KEEPER, Keeper
from guides.search.suggesting import Suggestion

LONGEST_QUERY = 200


def find(query: str, *, as_typed: bool = False, keeper: Keeper = KEEPER) -> Answer:
    """Takes any text. ``as_typed`` puts no mistakes right."""
    typed = query[:LONGEST_QUERY]
    with keeper.library() as library:
        return answer(typed, library, as_typed=as_typed)


def suggest(typed: str, *, keeper: Keeper = KEEPER) -> list[Suggestion]:
    """Takes any text: what somebody has typed so far."""
    with keeper.library() as library:
        return library.suggestions.for_beginning(typed)


def suggest_from_memory(typed: str, *, keeper: Keeper = KEEPER) -> list[Suggestion]:
    """The same, of what this process last read; the database is not asked whether it is still so."""
    return keeper.last_suggestions.for_beginning(typed)
