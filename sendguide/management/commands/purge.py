from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sendguide.jobs import forget


class Command(BaseCommand):
    help = (
        "Remove personal details whose time is over: in the database, its log and sessions, and e-mails kept as files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and change nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        self.stdout.write("Would go:" if dry_run else "Went:")
        for line in forget(now=timezone.now(), dry_run=dry_run):
            self.stdout.write(line)
