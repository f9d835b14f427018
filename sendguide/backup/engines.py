"""The two databases that the site knows how to copy and to put back."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from django.db import connection

from sendguide.backup import postgresql, sqlite
from sendguide.backup.facts import Facts


class Engine(Protocol):
    def copied(self) -> AbstractContextManager[tuple[BinaryIO, Facts]]: ...

    def check(self, path: Path) -> None: ...

    def replace(self, path: Path) -> None: ...

    def facts(self) -> Facts: ...


def engine() -> Engine:
    """The one in use."""
    engines: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}
    return engines[connection.vendor]
