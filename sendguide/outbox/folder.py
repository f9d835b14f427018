"""Where there is no mail server: e-mails become files in a folder, and everything else works as it will in earnest."""

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

MOMENT = "%Y-%m-%dT%H%M%S.%f"
# Only files that were made here, finished or not: what somebody else put into the folder is theirs.
OUR_FILE = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}\.\d{6})-[0-9a-f]{8}\.(?:eml|part)")


class EmailBackend(BaseEmailBackend):
    """Writes each e-mail into DATA_DIR/mail as one file of RFC 5322, which mail programs open. Raises OSError."""

    folder: Path

    def open(self) -> bool:
        self.folder = mail_folder()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.open()
        for message in email_messages:
            self._write(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        return len(email_messages)

    def _write(self, content: bytes) -> None:
        """Under its name there is a whole file or none. Only the site's own user may read it."""
        name = f"{datetime.now(UTC):{MOMENT}}-{uuid4().hex[:8]}"
        unfinished = self.folder / f"{name}.part"
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        unfinished.rename(self.folder / f"{name}.eml")


def mail_folder() -> Path:
    return Path(settings.DATA_DIR, "mail")


def delete_files(*, until: datetime, dry_run: bool = False) -> int:
    """Delete the e-mails that were written until then; says how many. ``dry_run`` counts only.

    The moment is in the name: a copy or a backup that is put back does not make a file younger.
    """
    folder = mail_folder()
    names = sorted(os.listdir(folder)) if folder.is_dir() else []
    last = f"{until.astimezone(UTC):{MOMENT}}"
    old = [name for name in names if (made := OUR_FILE.fullmatch(name)) and made[1] <= last]
    if not dry_run:
        for name in old:
            (folder / name).unlink(missing_ok=True)
    return len(old)
