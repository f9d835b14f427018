from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from guides.content.checking import faults_of
from guides.content.files import FileFault
from guides.content.kinds import KINDS
from guides.content.loading import CannotLoad, Fate, Key, Report, load
from guides.content.reading import Content, Item, read_folder

# Fates of which each item is named, and the sentence about it.
NAMED = {
    Fate.UPDATED: "Updated: {kind} {slug}",
    Fate.KEPT: "Kept, because staff have edited it: {kind} {slug} (--force {kind}:{slug} loads the file)",
    Fate.DELETED: "Not loaded, because staff have deleted it: {kind} {slug} (--force {kind}:{slug} brings it back)",
    Fate.MISSING: "In no file any more, left on the site: {kind} {slug}",
}


class Command(BaseCommand):
    help = (
        "Load the content files into the database: all of them, or none when one has a fault. What staff have edited "
        "or deleted stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dir", type=Path, default=settings.CONTENT_DIR, help="The folder with the files.")
        parser.add_argument(
            "--force",
            action="append",
            default=[],
            metavar="SLUG",
            help="Load this item from its file whatever staff have done to it: autism or guide:autism. Repeatable.",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        content = _read(options["dir"])
        self._stop_at(content.faults + faults_of(content.items))
        forced = [_key(name, content.items) for name in options["force"]]
        try:
            report = load(content.items, forced=forced)
        except CannotLoad as error:
            self._stop_at([error.fault])
        except IntegrityError as error:
            sentence = f"Nothing was changed: somebody was changing the same content, or items clash ({error})."
            raise CommandError(sentence) from error
        else:
            self._print(report)

    def _stop_at(self, faults: list[FileFault]) -> None:
        for fault in sorted(set(faults)):
            self.stderr.write(str(fault))
        if faults:
            raise CommandError("Nothing was changed. Correct the lines above and load again.")

    def _print(self, report: Report) -> None:
        for kind in KINDS:
            counts = [f"{report.count(kind, fate)} {fate}" for fate in (Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED)]
            self.stdout.write(f"{kind.plural}: {', '.join(counts)}")
        for fate, sentence in NAMED.items():
            for kind_name, slug in report.fates[fate]:
                self.stdout.write(sentence.format(kind=kind_name, slug=slug))


def _read(folder: Path) -> Content:
    if not folder.is_dir():
        raise CommandError(f"There is no folder {folder}.")
    content = read_folder(folder)
    if not content.items and not content.faults:
        raise CommandError(f"There are no content files in {folder}.")
    return content


def _key(name: str, items: list[Item]) -> Key:
    """The item that ``--force name`` means."""
    kind, _, slug = name.rpartition(":")
    found = [item.key for item in items if item.slug == slug and kind in {"", item.kind.name}]
    if not found:
        raise CommandError(f"--force {name}: no file has such an item. Nothing was changed.")
    if len(found) > 1:
        choices = " or ".join(f"--force {kind}:{slug}" for kind, slug in found)
        raise CommandError(f"--force {name} could mean several items: write {choices}. Nothing was changed.")
    return found[0]
