import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sendguide.backup.archive import About
from sendguide.backup.making import new_file, write_backup
from sendguide.backup.refused import Refused


class Command(BaseCommand):
    help = (
        "Write everything that cannot be made again into one file: the database as it is at one moment, and all "
        "uploads. The site may go on running. The file holds personal details: only its owner may read it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="where to, or - for the standard output")
        parser.add_argument("--force", action="store_true", help="write over a file that is there already")
        parser.add_argument(
            "--to",
            action="append",
            metavar="RECIPIENT",
            help="encrypt it for this public key (age1…; several: once each); BACKUP_RECIPIENT says it for good",
        )

    def handle(self, *args: Any, file: str, force: bool, to: list[str] | None, **options: Any) -> None:
        recipients = to or settings.BACKUP_RECIPIENTS
        with stopping_tidily():
            try:
                about = self._write(file, force=force, recipients=recipients)
            except Refused as reason:
                raise CommandError(f"{reason} No backup was made.") from reason
        self.stderr.write(f"Backup made: {len(about.rows)} tables, {sum(about.rows.values())} rows.")
        if not recipients:
            self.stderr.write("It is not encrypted: whoever gets hold of the file can read people's details.")

    def _write(self, file: str, *, force: bool, recipients: list[str]) -> About:
        if file == "-":
            return write_backup(sys.stdout.buffer, recipients=recipients, now=timezone.now())
        with new_file(Path(file), force=force) as out:
            return write_backup(out, recipients=recipients, now=timezone.now())


@contextmanager
def stopping_tidily() -> Iterator[None]:
    """A stop from outside leaves no half file behind, as Ctrl-C leaves none."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped. No backup was made."))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
