"""Where the generation is kept: a file for one machine, Redis or the database for several."""

import os
from pathlib import Path
from time import monotonic
from typing import Protocol
from uuid import uuid4

from django.db import Error, connection

from sendguide.freshness.models import Generation

# How long what was read may be believed. A change is to be seen everywhere within a second.
BELIEVED_SECONDS = 0.25
# In the file on this machine sooner: who saves looks at once. A look lets other threads of the process go first; with
# one for each page it cost a tenth of all answers.
FILE_BELIEVED_SECONDS = 0.02
# After a failure nobody waits for the next one in the meantime.
SPARED_SECONDS = 1.0


class Away(Exception):
    """The generation cannot be read: nothing that was kept can be trusted."""


class Store(Protocol):
    def read(self) -> str:
        """The generation. Raises Away."""

    def renew(self) -> None:
        """Another generation from now on. Raises whatever is wrong with where it is kept."""


class FileStore:
    """Each change appends a byte: one look at the file says whether there was one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> str:
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise Away from error
        return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"

    def renew(self) -> None:
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(file, b".")
        finally:
            os.close(file)


class DatabaseStore:
    def read(self) -> str:
        try:
            return Generation.now()
        except Error as error:
            # Outside a request nobody else gives up a connection that is broken. Within a transaction it is not ours.
            if not connection.in_atomic_block:
                connection.close()
            raise Away from error

    def renew(self) -> None:
        Generation.renew(uuid4().hex)


class Believed:
    """A ``store`` that is believed for some ``seconds``, and not asked in the meantime.

    When it was away, changes may have been missed: nothing that was kept before is true any more.
    """

    def __init__(self, store: Store, seconds: float = BELIEVED_SECONDS) -> None:
        self.store = store
        self.seconds = seconds
        self.times_away = 0
        self._until = 0.0
        self._found: str | None = None
        self._renewals = 0

    def read(self) -> str:
        found, asked = self._found, monotonic()
        if asked >= self._until:
            found = self._ask(asked)
        if found is None:
            raise Away
        return found

    def _ask(self, asked: float) -> str | None:
        renewals = self._renewals
        try:
            found = f"{self.times_away} {self.store.read()}"
        except Away:
            self.times_away += 1
            self._found, self._until = None, monotonic() + SPARED_SECONDS
            return None
        # Counted from before the question: an answer that took long is no younger for it.
        self._found, self._until = found, asked + self.seconds
        if self._renewals != renewals:
            # Another thread changed something since: this may be what was there before.
            self._until = 0.0
        return found

    def renew(self) -> None:
        self.store.renew()
        self._renewals += 1
        self._until = 0.0
