from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sendguide.privacy.purge import purge


class Command(BaseCommand):
    help = "Blank personal details whose time is over, and what the staff site's log and old sessions hold of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and change nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        self.stdout.write("Would go:" if dry_run else "Went:")
        for model, rows, rule in purge(now=timezone.now(), dry_run=dry_run):
            name = model._meta.verbose_name if rows == 1 else model._meta.verbose_name_plural
            self.stdout.write(f"{rows} {name}: {rule}")
