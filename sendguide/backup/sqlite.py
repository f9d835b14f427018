"""Copying an SQLite file while it is written to, and putting a copy in its place, both with SQLite's own backup.

A copy is made in one step under a read lock, which with the write-ahead log keeps no writer waiting. Putting it back is
one transaction: whoever reads or writes meanwhile sees all of the old or all of the new, also if we are killed.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection

from sendguide.backup.facts import Facts, read_facts
from sendguide.backup.refused import Refused

# Others may be writing all the time: ask for our turn often, instead of waiting politely for ever.
TURN_SECONDS = 0.002
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


@contextmanager
def copied() -> Iterator[tuple[BinaryIO, Facts]]:
    """An open file with the whole database as it is at one moment. It has no name: it goes when it is closed."""
    connection.ensure_connection()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA_DIR) as folder:
        path = Path(folder, "copy")
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            connection.connection.backup(copy)
            # One file, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            facts = read_facts(lambda query: copy.execute(query).fetchall(), TABLES)
        check(path)
        file = path.open("rb")
    with file:
        yield file, facts


def check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise Refused("The database in this backup is damaged.")


def replace(path: Path) -> None:
    target = connection.settings_dict["NAME"]
    connection.close()
    with closing(sqlite3.connect(path)) as copy, closing(_opened(target)) as live:
        copy.backup(live, sleep=TURN_SECONDS)
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _opened(target: str) -> sqlite3.Connection:
    """As the site opens it, so that what is written is on the disk before anybody is told so."""
    live = sqlite3.connect(target, timeout=0, isolation_level=None)
    for statement in ("PRAGMA busy_timeout = 20000", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"):
        live.execute(statement)
    live.execute("PRAGMA busy_timeout = 0")
    return live


def facts() -> Facts:
    """Of the database in use."""

    def read(query: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            return cursor.execute(query).fetchall()

    return read_facts(read, TABLES)
