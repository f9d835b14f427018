"""Numbers of rows as they are sent: in addresses and in hidden fields, so anything may stand there."""

from collections.abc import Iterable

# A longer one is no row's, and an error of the database.
MOST_DIGITS = 18


def row_numbers(texts: Iterable[str]) -> list[int]:
    """Those of ``texts`` that can be the number of a row."""
    return [int(text) for text in texts if text.isdecimal() and len(text) <= MOST_DIGITS]
