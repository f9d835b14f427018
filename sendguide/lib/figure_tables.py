"""Tables of figures: each on a page of its own, and all of them as one that Excel can open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sendguide.lib.csv_tables import csv_table

Figure = int | str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """``name`` says what a row is. Each row begins with its own name; ``columns`` say by their keys what the figures
    are, and by their words what stands above them. ``total`` is empty where it would have no meaning.
    """

    title: str
    name: str
    columns: Mapping[str, str]
    rows: Sequence[tuple[str, Sequence[Figure]]]
    total: Sequence[Figure] = ()

    @property
    def slug(self) -> str:
        return self.name.lower()


def table_for_excel(tables: Iterable[FigureTable], columns: Mapping[str, str]) -> str:
    """All tables as one, so that it can be filtered. What a table does not have is empty.

    Totals are left out: whoever adds up a column would count everything twice.
    """
    rows: list[list[Figure]] = [["By", "Name", *columns.values()]]
    for table in tables:
        for name, figures in table.rows:
            known = dict(zip(table.columns, figures, strict=True))
            rows.append([table.name, name, *(known.get(column, "") for column in columns)])
    return csv_table(rows)
