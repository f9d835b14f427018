"""From what somebody typed to the council."""

from sendguide.lib.postcodes import outside
from sendguide.lib.postcodes.answers import (
    Answer,
    BestGuess,
    Found,
    NoCouncil,
    NotAPostcode,
    NothingTyped,
    PartOnly,
    Unknown,
    Why,
)
from sendguide.lib.postcodes.shapes import Shape, area_of, shape_of, words_of
from sendguide.lib.postcodes.table import Row, Table, councils_of, sectors_of


def look_up(text: str, table: Table) -> Answer:
    """Which council ``text`` belongs to. Takes any text; keeps nothing.

    Exact for each postcode that was in use when the table was made. The table knows sectors and not each postcode: one
    that is newer is answered as the rest of its sector, and cannot be told from the others there. Where that may be
    wrong, because the sector has more than one council, the answer names the neighbours.
    """
    if not text.strip():
        return NothingTyped()
    shape = shape_of(text)
    if shape is None:
        whole = "".join(words_of(text))
        why = outside.why_not(whole)
        return NoCouncil(whole, why) if why else NotAPostcode(text)
    if (area := area_of(shape.district)) in outside.AREAS:
        return NoCouncil(str(shape), outside.AREAS[area])
    return _in_sector(shape, table) if shape.sector else _district(shape.district, table)


def _in_sector(shape: Shape, table: Table) -> Answer:
    place = str(shape)
    sector = table.get(shape.sector)
    if sector is None:
        return _by_district(shape, table)
    if not shape.unit:
        return PartOnly(place, councils_of([sector]))
    council = sector.council_of(shape.unit)
    return Found(place, council, neighbours=_neighbours(sector) if council == sector.councils[0] else ())


def _neighbours(sector: Row) -> tuple[str, ...]:
    """For a unit that ``sector`` does not list by itself."""
    if len(sector.exceptions) < 2:
        return tuple(sector.exceptions)
    return tuple(council for council in councils_of([sector]) if council != sector.councils[0])


def _by_district(shape: Shape, table: Table) -> Answer:
    """For a sector that the table does not have."""
    place = str(shape)
    district = table.get(shape.district)
    if district is None:
        councils = councils_of(sectors_of(table, shape.district))
        return BestGuess(place, shape.district, councils) if councils else Unknown(place)
    if not district.councils:
        return NoCouncil(place, Why.POST_BOX)
    if not district.live:
        return BestGuess(place, shape.district, district.councils)
    return Found(place, district.councils[0]) if shape.unit else PartOnly(place, district.councils)


def _district(district: str, table: Table) -> Answer:
    if row := table.get(district):
        return PartOnly(district, row.councils) if row.councils else NoCouncil(district, Why.POST_BOX)
    if councils := councils_of(sectors_of(table, district)):
        return PartOnly(district, councils)
    # "HU52" can only be meant as HU5 2.
    sector = f"{district[:-1]} {district[-1]}"
    return PartOnly(sector, councils_of([table[sector]])) if sector in table else Unknown(district)
