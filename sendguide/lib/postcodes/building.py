"""A new table from the postcodes in use and the table before it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sendguide.lib.postcodes.outside import AREAS as OUTSIDE
from sendguide.lib.postcodes.shapes import area_of
from sendguide.lib.postcodes.sources import Unit
from sendguide.lib.postcodes.table import Row, Table, councils_of, sectors_of

NORTHERN_IRELAND = "BT"
EDUCATION_AUTHORITY = "N92000002"
# Sectors come and go by the dozen in a year. More than this share, and a part of the download is missing.
MOST_LOST = 0.01


@dataclass(frozen=True, slots=True)
class Codes:
    """``ours``: the councils with a duty for education. ``today``: what became of others, by code."""

    ours: Collection[str]
    today: Mapping[str, tuple[str, ...]]

    def council_for(self, code: str) -> str | None:
        """Today's council with the duty; None if it is not known, or if the area was shared out among several."""
        councils = (code,) if code in self.ours else self.today.get(code, ())
        return councils[0] if len(councils) == 1 and councils[0] in self.ours else None


@dataclass(slots=True)
class Counted:
    """Units in use by sector and council. Northern Ireland's and post boxes are only counted, by district."""

    units: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    northern_ireland: Counter[str] = field(default_factory=Counter)
    post_boxes: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)


def count(units: Iterable[Unit], codes: Codes) -> Counted:
    """``unknown`` counts the postcodes by each code that ``codes`` does not explain: such a table is not to be used."""
    counted = Counted()
    for district, sector, unit, code in units:
        area = area_of(district)
        if area in OUTSIDE:
            continue
        if area == NORTHERN_IRELAND:
            counted.northern_ireland[district] += 1
        elif not code:
            counted.post_boxes[district] += 1
        elif council := codes.council_for(code):
            counted.units.setdefault(sector, {}).setdefault(council, []).append(unit)
        else:
            counted.unknown[code] += 1
    return counted


def table_from(counted: Counted, old: Table, codes: Codes) -> dict[str, Row]:
    """Districts that ``old`` has and ``counted`` has not stay, as no longer in use.

    Those of Northern Ireland stay as they were if the source has none of them: Code-Point Open is of Great Britain.
    """
    table = {sector: _sector(councils) for sector, councils in counted.units.items()}
    districts = {sector.split()[0] for sector in table}
    post_boxes = {district: Row((), live) for district, live in counted.post_boxes.items() if district not in districts}
    table |= post_boxes
    table |= {district: Row((EDUCATION_AUTHORITY,), live) for district, live in counted.northern_ireland.items()}
    if not counted.northern_ireland:
        table |= {place: row for place, row in old.items() if place.startswith(NORTHERN_IRELAND)}
    gone = {place.split()[0] for place in old} - districts - table.keys()
    for district in sorted(gone):
        before = old[district].councils if district in old else councils_of(sectors_of(old, district))
        councils = tuple(dict.fromkeys(council for code in before if (council := codes.council_for(code))))
        if councils:
            table[district] = Row(councils, 0)
    return table


def _sector(councils: Mapping[str, list[str]]) -> Row:
    main = min(councils, key=lambda council: (-len(councils[council]), council))
    exceptions = {council: frozenset(units) for council, units in councils.items() if council != main}
    return Row((main,), sum(map(len, councils.values())), exceptions)


def reasons_to_refuse(table: Table, old: Table) -> Iterator[str]:
    """Signs that ``table`` was made from a part of a download."""
    before, after = _sectors(old), _sectors(table)
    lost = before - after
    if len(lost) > len(before) * MOST_LOST:
        yield f"{len(lost):,} of {len(before):,} sectors would be lost."
    if areas := {area_of(sector) for sector in before} - {area_of(sector) for sector in after}:
        yield f"No postcode would be left in {', '.join(sorted(areas))}."
    if not after:
        yield "There is no postcode in use in it."


def _sectors(table: Table) -> set[str]:
    return {place for place in table if " " in place}
