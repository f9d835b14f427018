from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

LONGEST_WAIT_MS = 50


@contextmanager
def impatient_transaction() -> Iterator[None]:
    """One that fails (OperationalError) instead of waiting, as all others do, for what somebody else is writing."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {LONGEST_WAIT_MS}")
            yield
        return
    # SQLite waits at the beginning, and so must be told before.
    with connection.cursor() as cursor:
        ((usual,),) = cursor.execute("PRAGMA busy_timeout").fetchall()
        cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT_MS}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
