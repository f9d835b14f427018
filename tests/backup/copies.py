"""Everything that a site holds, to be compared; and a second, empty site to restore into."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection

# A restore ends all sessions and gives search new texts.
RENEWED = {"django_session", "guides_searchstate"}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, whatever Django makes of it."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in set(tables) - RENEWED:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def files(folder: str | Path) -> dict[str, bytes]:
    """Whatever is in ``folder``, at any depth, however it is called."""
    root = Path(folder)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def backed_up(to: Path, *options: str) -> Path:
    call_command("backup", str(to), *options, stderr=StringIO())
    return to


def restored(path: Path, *options: str) -> str:
    """What the command said."""
    said = StringIO()
    call_command("restore", str(path), *options, stdout=said)
    return said.getvalue()


@contextmanager
def another_site(folder: Path) -> Iterator[None]:
    """With an empty database and no uploads, for the block; afterwards this one is in use again."""
    folder.mkdir()
    name = str(folder / "db.sqlite3") if connection.vendor == "sqlite" else f"test_{uuid4().hex}"
    _on_server(f"CREATE DATABASE {name}")
    connection.close()
    changed = mock.patch.multiple(settings, DATA_DIR=folder, MEDIA_ROOT=folder / "media", create=True)
    try:
        with mock.patch.dict(connection.settings_dict, {"NAME": name}), changed:
            yield
            connection.close()
    finally:
        connection.close()
        _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
