"""Tables to be opened in Excel and its kin."""

import csv
import io
from collections.abc import Iterable

# A cell that begins like this is a formula to Excel and its kin, and people choose their names themselves. The last
# four are =, +, - and @ as wide as Chinese or Japanese letters, which some programs read in the same way.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Without it Excel takes the text for Latin-1, and “Zoë” for “ZoÃ«”.
BYTE_ORDER_MARK = "\ufeff"


def csv_table(rows: Iterable[Iterable[str | int]]) -> str:
    """CSV of ``rows``, the first of which names the columns. What would be a formula is a text."""
    table = io.StringIO()
    csv.writer(table).writerows([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return BYTE_ORDER_MARK + table.getvalue()


def defused(cell: str) -> str:
    """With an apostrophe in front, which tells Excel that a text follows, where it would see a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
