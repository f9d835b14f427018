"""Where there is no mail server: e-mails become files in a folder, and everything else works as it will in earnest."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage


class EmailBackend(BaseEmailBackend):
    """Writes each e-mail into DATA_DIR/mail as one file of RFC 5322, which mail programs open. Raises OSError."""

    folder: Path

    def open(self) -> bool:
        self.folder = Path(settings.DATA_DIR, "mail")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.open()
        for message in email_messages:
            self._write(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        return len(email_messages)

    def _write(self, content: bytes) -> None:
        """Under its name there is a whole file or none. Only the site's own user may read it."""
        name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}-{uuid4().hex[:8]}"
        unfinished = self.folder / f"{name}.part"
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        unfinished.rename(self.folder / f"{name}.eml")
