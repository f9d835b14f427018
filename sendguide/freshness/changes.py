"""Notices every change of what public pages show, whoever makes it and how: saved, many at once, raw SQL.

It looks at the statements themselves, on each connection. Signals and methods of models would miss some.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from sendguide.freshness.generation import renew

WRITE = re.compile(
    r"\s*(?:(?P<inserts>INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO)|UPDATE|DELETE\s+FROM)\s+\"?(?P<table>\w+)",
    re.IGNORECASE,
)
# Statements that may write somewhere, and that are not taken apart.
UNCLEAR = re.compile(r"\s*(?:WITH|MERGE|TRUNCATE|COPY)\b", re.IGNORECASE)
# What no public page shows. Whatever is not named here counts: a table that is forgotten costs time, not truth.
UNSHOWN = re.compile(
    r"(?:django|auth|axes|otp|accounts|outbox|guard|freshness|troubles)_"
    r"|guides_(?:historical|loadeditem$|picture$|searchmiss$|searchstate$)"
    r"|workshops_(?:historical|signup$)"
    r"|bookings_(?:historical|booking$|booking_guides$|offer$|waitingentry$)"
)

Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]


def watch(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(notice)


def notice(execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    answer = execute(sql, params, many, context)
    if changes_pages(str(sql), lambda: context["cursor"].rowcount):
        _renew_on_commit(context["connection"])
    return answer


def changes_pages(sql: str, rows: Callable[[], int]) -> bool:
    """``rows``: how many it changed. Many writes of the job worker find nothing to do."""
    found = WRITE.match(sql)
    if found is None:
        return UNCLEAR.match(sql) is not None
    if UNSHOWN.match(found["table"]):
        return False
    # How many rows a statement has that also answers with them is not known yet.
    return bool(found["inserts"]) or "RETURNING" in sql or rows() != 0


def _renew_on_commit(connection: BaseDatabaseWrapper) -> None:
    """Once for many statements in a row. What is rolled back, also in part, takes its renewal with it."""
    last = connection.run_on_commit[-1] if connection.run_on_commit else None
    if last is None or last[:2] != (set(connection.savepoint_ids), renew):
        transaction.on_commit(renew, using=connection.alias)
