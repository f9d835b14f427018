"""The table of postcodes: which council each sector belongs to, and which of its units belong to another.

A file of comma-separated values, one row a sector (or a district, where only that is known):

    place,councils,live,exceptions
    HU5 2,E06000010,123,              all of it is one council
    HU16 4,E06000011,245,E06000010:AB XY   … but HU16 4AB and HU16 4XY
    BT1,N92000002,838,                a district of Northern Ireland
    BB94,E10000017,0,                 no postcode is in use there any more
    LE55,E10000018 E06000016,0,       … which touched two, the larger first
    EN77,,58,                         post boxes, which belong to no council

``live`` counts the postcodes in use. Districts of Great Britain follow from their sectors.
"""

import csv
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern

COLUMNS = ["place", "councils", "live", "exceptions"]


@dataclass(frozen=True, slots=True)
class Row:
    """``councils`` is one for a sector; ``exceptions`` are its units that belong to others, by council."""

    councils: tuple[str, ...]
    live: int
    exceptions: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def council_of(self, unit: str) -> str:
        return next((council for council, units in self.exceptions.items() if unit in units), self.councils[0])


# Sectors ("HU5 2") and those districts ("BT1") that have a row of their own.
Table = Mapping[str, Row]


def sectors_of(table: Table, district: str) -> list[Row]:
    """At most ten, so they are looked up rather than kept in an index."""
    return [row for digit in "0123456789" if (row := table.get(f"{district} {digit}"))]


def councils_of(sectors: Iterable[Row]) -> tuple[str, ...]:
    """All councils that ``sectors`` touch, the one with most postcodes in use first."""
    counts: dict[str, int] = {}
    for sector in sectors:
        rest = sector.live
        for council, units in sector.exceptions.items():
            counts[council] = counts.get(council, 0) + len(units)
            rest -= len(units)
        counts[sector.councils[0]] = counts.get(sector.councils[0], 0) + rest
    return tuple(sorted(counts, key=lambda council: (-counts[council], council)))


def read_table(path: Path) -> dict[str, Row]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if (header := next(rows, [])) != COLUMNS:
            raise ValueError(f"{path} must have the columns {', '.join(COLUMNS)}, not {', '.join(header)}")
        # A few hundred different texts, told apart a hundred thousand times: each is kept once.
        return {
            place: Row(tuple(map(intern, councils.split())), int(live), _exceptions(exceptions) if exceptions else {})
            for place, councils, live, exceptions in rows
        }


def _exceptions(text: str) -> dict[str, frozenset[str]]:
    """“E06000010:AB XY;E06000014:ZZ” → units by council"""
    pairs = (part.split(":") for part in text.split(";"))
    return {intern(council): frozenset(map(intern, units.split())) for council, units in pairs}


def write_table(table: Table, path: Path) -> None:
    """Replaces the file at once: whoever reads it, and a machine that loses its power, has the old or the new one."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for place in sorted(table):
                row = table[place]
                writer.writerow([place, " ".join(row.councils), row.live, _as_text(row.exceptions)])
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _as_text(exceptions: Mapping[str, frozenset[str]]) -> str:
    return ";".join(f"{council}:{' '.join(sorted(exceptions[council]))}" for council in sorted(exceptions))
