import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sendguide.lib.postcodes.building import Codes, Counted, count, reasons_to_refuse, table_from
from sendguide.lib.postcodes.sources import CannotRead, read_units
from sendguide.lib.postcodes.table import Table, read_table, write_table


class Command(BaseCommand):
    help = (
        "Make content/places/postcodes.csv anew from OS Code-Point Open or the ONS Postcode Directory, as downloaded. "
        "The old table stays until the new one is whole. Running servers read it when they are restarted."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The zip file, the folder inside, or ONSPD_….csv.")
        parser.add_argument(
            "--dir", type=Path, default=settings.CONTENT_DIR / "places", help="The folder with the tables."
        )
        parser.add_argument("--yes", action="store_true", help="Also if many sectors would be lost.")

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["dir"] / "postcodes.csv"
        old = read_table(path) if path.exists() else {}
        codes = _codes(options["dir"])
        counted = _counted(options["file"], codes)
        table = table_from(counted, old, codes)
        reasons = list(reasons_to_refuse(table, old))
        if reasons and not options["yes"]:
            raise CommandError(f"Nothing was changed. {' '.join(reasons)} Is the download complete? If so, add --yes.")
        write_table(table, path)
        self._report(table, old)

    def _report(self, table: Table, old: Table) -> None:
        sectors = {place: row for place, row in table.items() if " " in place}
        border = sum(bool(row.exceptions) for row in sectors.values())
        changed = sum(row.councils != old[place].councils for place, row in sectors.items() if place in old)
        self.stdout.write(
            f"{sum(row.live for row in sectors.values()):,} postcodes in {len(sectors):,} sectors, {border:,} of them "
            f"with several councils. {len(sectors.keys() - old.keys()):,} sectors are new, "
            f"{sum(' ' in place for place in old.keys() - table.keys()):,} are gone, "
            f"{changed:,} have another council than before."
        )
        self.stdout.write("Now change the year and the edition in docs/places.md and components/place_sources.html.")


def _codes(folder: Path) -> Codes:
    try:
        return Codes(
            ours={row["gss_code"] for row in _rows(folder / "councils.csv")},
            today={row["code"]: tuple(row["councils"].split()) for row in _rows(folder / "la_code_map.csv")},
        )
    except OSError as error:
        raise CommandError(f"Nothing was changed. {error.filename} cannot be read: {error.strerror}.") from error


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _counted(source: Path, codes: Codes) -> Counted:
    try:
        counted = count(read_units(source), codes)
    except CannotRead as error:
        raise CommandError(f"Nothing was changed. {error}") from error
    if counted.unknown:
        found = ", ".join(f"{code} ({number:,} postcodes)" for code, number in sorted(counted.unknown.items()))
        raise CommandError(
            f"Nothing was changed. These councils are in neither councils.csv nor la_code_map.csv, or were shared out "
            f"among several: {found}. Add them there first."
        )
    return counted
