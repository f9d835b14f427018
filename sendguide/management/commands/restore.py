from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guides.models import SearchState
from sendguide.backup.making import key_mark
from sendguide.backup.refused import Refused
from sendguide.backup.restoring import checked, content_here, put_back
from sendguide.jobs import forget


class Command(BaseCommand):
    help = "Put back what `backup` wrote, in the place of everything that is here now: database and uploads."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--yes", action="store_true", help="replace what is here, without asking again")
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the secret key, for an encrypted backup")

    def handle(self, *args: Any, file: str, yes: bool, identity: Path | None, **options: Any) -> None:
        try:
            with checked(Path(file), identity=identity) as backup:
                about = backup.about
                self.stdout.write(f"The backup is whole: version {about.version}, made at {about.made_at}.")
                self._ask(content_here(), yes=yes)
                put_back(backup)
        except Refused as reason:
            raise CommandError(f"{reason} Nothing was changed.") from reason
        self._bring_up_to_date()
        if about.key != key_mark():
            self.stdout.write(
                "SECRET_KEY is another one than when the backup was made: links in e-mails sent until then do not open."
            )
        self.stdout.write(
            f"Restored. What happened after {about.made_at} is gone: bookings and sign-ups since then, and edits. "
            "E-mails that were waiting at that moment are sent again by the job worker. Staff have to log in again."
        )

    def _ask(self, here: dict[str, int], *, yes: bool) -> None:
        listed = "\n".join(f"  {name}: {count}" for name, count in here.items())
        if here and not yes:
            raise CommandError(
                f"This site is not empty. A restore replaces all of this:\n{listed}\nNothing was changed. If that is "
                "what you want, stop the site, make a backup of it as it is, then say it again with --yes."
            )
        if here:
            self.stdout.write(f"Replaced:\n{listed}")

    def _bring_up_to_date(self) -> None:
        """Everything that time would have done to what is in the backup."""
        call_command("migrate", verbosity=0)
        # Nobody comes back in who has logged out since.
        Session.objects.all().delete()
        SearchState.touch_all()
        self.stdout.write("Personal details whose time is over by now were removed from what came back:")
        for line in forget(now=timezone.now()):
            if not line.startswith("0 "):
                self.stdout.write(f"  {line}")
