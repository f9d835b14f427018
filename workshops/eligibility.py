"""Who may come to a workshop, by where they live. Pure rules: values in, answer out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# "N Lincs", "NE Lincs": the first word is a point of the compass.
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
# "ERYC", "B&NES", "N Lincs"; but not "Redcar", which would leave Cleveland out.
ABBREVIATION = re.compile(r"[A-Z&]+( \w+)?")
LONG = 16
WITHOUT_ARTICLE = {"London", "Yorkshire and The Humber"}


class Reach(StrEnum):
    EVERYONE = "everyone"
    EXCEPT = "except"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives: their council's GSS code, with its region and nation."""

    council: str
    region: str
    nation: str


@dataclass(frozen=True, slots=True)
class Area:
    """Councils (GSS codes), regions and nations, taken together."""

    councils: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()

    def __contains__(self, home: Home) -> bool:
        return home.council in self.councils or home.region in self.regions or home.nation in self.nations


def is_open_to(home: Home, reach: Reach, area: Area) -> bool:
    """Whether people who live at ``home`` may come. An ``area`` says nothing where the ``reach`` is everyone."""
    match reach:
        case Reach.EVERYONE:
            return True
        case Reach.EXCEPT:
            return home not in area
        case Reach.ONLY:
            return home in area


def reach_in_words(reach: Reach, names: list[str]) -> str:
    """“For all areas outside Hull, ERYC, N & NE Lincs”. ``names`` are those of nations, regions and councils."""
    match reach:
        case Reach.EVERYONE:
            return "For all areas"
        case Reach.EXCEPT:
            return f"For all areas outside {listed(names)}"
        case Reach.ONLY:
            return f"Only for {listed(names)}"


def listed(names: list[str]) -> str:
    """Hull, ERYC, N & NE Lincs · Leeds, Bradford and Kirklees"""
    joined = _by_compass(names)
    if len(joined) > 1 and not any(" & " in name for name in joined):
        return f"{', '.join(joined[:-1])} and {joined[-1]}"
    return ", ".join(joined)


def brief(short_names: Iterable[str]) -> str:
    """What a council is called in a list: its first short name or, where that is long, an abbreviation of it."""
    first, *others = short_names
    return others[0] if len(first) > LONG and others and ABBREVIATION.fullmatch(others[0]) else first


def region_in_words(region: str) -> str:
    """The North West · London"""
    return region if region in WITHOUT_ARTICLE else f"the {region}"


def _by_compass(names: list[str]) -> list[str]:
    """“NE Lincs”, “N Lincs” → “N & NE Lincs”, at the place of the first of them."""
    points: dict[str, list[str]] = {}
    for name in names:
        point, _, place = name.partition(" ")
        if point in COMPASS and place:
            points.setdefault(place, []).append(point)
    joined = []
    for name in names:
        point, _, place = name.partition(" ")
        if point not in COMPASS or not place:
            joined.append(name)
        elif found := points.pop(place, []):
            joined.append(f"{' & '.join(sorted(found, key=COMPASS.index))} {place}")
    return joined
