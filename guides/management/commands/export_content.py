from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from guides.content.exporting import export_files, write_file
from guides.content.files import paths_of, place_of
from guides.content.kinds import KINDS


class Command(BaseCommand):
    help = "Write the content of the database as files, as load_content reads them. No file is deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dir", type=Path, default=settings.CONTENT_DIR, help="The folder to write to.")

    def handle(self, *_: Any, **options: Any) -> None:
        folder: Path = options["dir"]
        files = dict(export_files())
        written = [name for name, text in files.items() if write_file(folder / name, text)]
        for name in written:
            self.stdout.write(f"Written: {place_of(folder / name, folder)}")
        self.stdout.write(f"{len(files)} files: {len(written)} written, {len(files) - len(written)} unchanged")
        for kind in KINDS:
            for path in paths_of(folder, kind.pattern):
                if path.relative_to(folder).as_posix() not in files:
                    self.stdout.write(f"Not in the database, left as it is: {place_of(path, folder)}")
