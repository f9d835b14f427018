"""What is in a database: which migrations were applied, and how many rows each table has."""

from collections.abc import Callable
from typing import Any, NamedTuple

MIGRATIONS = "django_migrations"


class Facts(NamedTuple):
    """``migrations`` are "app.name", in the order in which they were applied."""

    migrations: list[str]
    rows: dict[str, int]


def read_facts(read: Callable[[str], list[tuple[Any, ...]]], tables: str) -> Facts:
    """``read`` answers a query with its rows; ``tables`` is the query for the names of all tables."""
    names = sorted(name for (name,) in read(tables))
    rows = {name: read(f'SELECT COUNT(*) FROM "{name}"')[0][0] for name in names}  # noqa: S608 - the database's names
    applied = read(f"SELECT app, name FROM {MIGRATIONS} ORDER BY id") if MIGRATIONS in names else []  # noqa: S608
    return Facts([f"{app}.{name}" for app, name in applied], rows)
