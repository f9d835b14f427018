"""A postcode's council, from a table in content/places/. See docs/places.md for where it is from.

``look_up(text, table)`` answers with one of the types in ``answers``; ``message_for`` says it in words for parents.
"""

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
from sendguide.lib.postcodes.lookup import look_up
from sendguide.lib.postcodes.messages import Message, message_for
from sendguide.lib.postcodes.shapes import tidy
from sendguide.lib.postcodes.table import Row, Table, read_table, write_table

__all__ = [
    "Answer",
    "BestGuess",
    "Found",
    "Message",
    "NoCouncil",
    "NotAPostcode",
    "NothingTyped",
    "PartOnly",
    "Row",
    "Table",
    "Unknown",
    "Why",
    "look_up",
    "message_for",
    "read_table",
    "tidy",
    "write_table",
]
