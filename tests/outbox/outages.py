"""A database that goes away, and comes back when what these functions return is called."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, connections


def take_database_away() -> Callable[[], Any]:
    """Until what is returned is called nobody reaches the database, and whoever was connected is cut off."""
    connections.close_all()
    return take_server_away() if connection.vendor == "postgresql" else take_file_away()


def take_server_away() -> Callable[[], Any]:
    name = connection.settings_dict["NAME"]

    def run(statement, *values):
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement, values)

    run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
    return lambda: run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def take_file_away() -> Callable[[], Any]:
    there = Path(connection.settings_dict["NAME"])
    away = there.rename(f"{there}-away")
    # A worker would make a new file where there is none.
    there.mkdir()

    def give_back():
        there.rmdir()
        away.rename(there)

    return give_back
