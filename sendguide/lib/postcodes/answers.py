"""The answers to “which council is it?”, one type for each. A council is its GSS code, such as "E06000010".

Education sits with the county where there are two tiers, and with the Education Authority (N92000002) in Northern
Ireland.
"""

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Found:
    """A whole postcode: exactly this council, if it was in use when the table was made.

    ``neighbours``: the other councils of its sector, the one with most postcodes there first. A postcode that is newer
    than the table may be in one of them. None if the sector has no other, or if the table lists this very postcode.
    """

    place: str
    council: str
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BestGuess:
    """A postcode or sector that the table does not have, newer or no longer in use: what holds for its district.

    ``councils`` are all that ``district`` touches, the one with most postcodes first.
    """

    place: str
    district: str
    councils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartOnly:
    """A bare district or sector. ``councils``: all that it touches, the one with most postcodes first."""

    place: str
    councils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """It could be a postcode, or a part of one, but the table knows nothing near it."""

    place: str


class Why(Enum):
    """Why a postcode belongs to no council of the UK."""

    GUERNSEY = auto()
    JERSEY = auto()
    ISLE_OF_MAN = auto()
    FORCES = auto()
    OVERSEAS = auto()
    IRELAND = auto()
    POST_BOX = auto()


@dataclass(frozen=True, slots=True)
class NoCouncil:
    place: str
    why: Why


@dataclass(frozen=True, slots=True)
class NotAPostcode:
    typed: str


@dataclass(frozen=True, slots=True)
class NothingTyped:
    pass


Answer = Found | BestGuess | PartOnly | Unknown | NoCouncil | NotAPostcode | NothingTyped
