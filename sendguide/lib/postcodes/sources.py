"""The postcodes in use and their councils, read from what can be downloaded: OS Code-Point Open and the ONS Postcode
Directory, each as the zip that it comes in, as the folder inside, or (ONS) as its one file.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple


class CannotRead(Exception):
    """What is wrong with the file, in a sentence for whoever gave it."""


class Unit(NamedTuple):
    """One postcode in use: HU5, HU5 2, TY. ``council`` is the code that the source gives, "" where it gives none."""

    district: str
    sector: str
    unit: str
    council: str


Files = dict[str, Callable[[], BinaryIO]]
Rows = Generator[list[str], None, None]

POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) *(\d)([A-Z]{2})")
# Of a bank that is no more; no other postcode looks like it.
GIROBANK = re.compile(r"GIR *0AA")
# “No council”, written as a code.
NONE = re.compile(r"[A-Z]9{8}")

CODE_POINT_COLUMNS = re.compile(r"(^|/)code-point_open_column_headers\.csv$", re.IGNORECASE)
CODE_POINT_DATA = re.compile(r"(^|/)[a-z]{1,2}\.csv$", re.IGNORECASE)
CODE_POINT = {"postcode": "PC|Postcode", "county": "CC|Admin_county_code", "council": "DC|Admin_district_code"}

ONS_DATA = re.compile(r"(^|/)data/(onspd|nspl)[^/]*\.csv$", re.IGNORECASE)
# Their names carry the year of the codes since 2025: lad25cd was oslaua before.
ONS = {
    "postcode": "pcds",
    "terminated": "doterm",
    "county": r"oscty|cty|cty\d\dcd",
    "council": r"oslaua|laua|lad\d\dcd|ladcd",
}


def read_units(path: Path) -> Iterator[Unit]:
    """Those in use. ``CannotRead`` comes at the first fault, so nothing may be kept before the last unit was read."""
    with _files(path) as files:
        if columns := next((name for name in files if CODE_POINT_COLUMNS.search(name)), None):
            yield from _code_point(files, columns)
        else:
            yield from _ons(files, path)


def _code_point(files: Files, columns: str) -> Iterator[Unit]:
    """A file for each area, without headers: these are in a file of their own, once in short and once in full."""
    headers = list(_rows(files, columns))
    places = next(filter(None, (_places(CODE_POINT, header) for header in headers)), None)
    if not places:
        raise CannotRead(f"{columns} names none of the columns we know: {'; '.join(map(', '.join, headers))}")
    data = [name for name in files if CODE_POINT_DATA.search(name)]
    if not data:
        raise CannotRead(f"Beside {columns} there is no file of postcodes such as ab.csv.")
    for name in sorted(data):
        with closing(_rows(files, name)) as rows:
            yield from _units(name, enumerate(rows, 1), places, len(headers[0]))


def _ons(files: Files, path: Path) -> Iterator[Unit]:
    data = list(files) if len(files) == 1 else [name for name in files if ONS_DATA.search(name)]
    if len(data) != 1:
        raise CannotRead(
            f"{path} has neither the column headers of Code-Point Open nor one file Data/ONSPD_….csv. "
            f"It has {', '.join(sorted(files)[:10]) or 'no .csv file'}."
        )
    with closing(_rows(files, data[0])) as rows:
        header = next(rows, [])
        places = _places(ONS, header)
        if not places:
            raise CannotRead(f"{data[0]} does not have the columns we know. It has {', '.join(header)}.")
        yield from _units(data[0], enumerate(rows, 2), places, len(header))


def _places(patterns: dict[str, str], header: list[str]) -> dict[str, int] | None:
    """Where in ``header`` each of our columns stands; None unless each stands there once."""
    found = {
        name: [place for place, text in enumerate(header) if re.fullmatch(pattern, text.strip(), re.IGNORECASE)]
        for name, pattern in patterns.items()
    }
    return {name: places[0] for name, places in found.items()} if all(len(p) == 1 for p in found.values()) else None


def _units(name: str, rows: Iterable[tuple[int, list[str]]], places: dict[str, int], width: int) -> Iterator[Unit]:
    """Each with the county's code where there are two tiers; E11 and E13 are counties without a council."""
    terminated = places.get("terminated")
    for line, row in rows:
        if len(row) != width:
            raise CannotRead(f"{name}, line {line}: {len(row)} columns, not {width}.")
        postcode, county = row[places["postcode"]].strip(), row[places["county"]].strip()
        if (terminated is not None and row[terminated].strip()) or GIROBANK.fullmatch(postcode):
            continue
        if not (found := POSTCODE.fullmatch(postcode)):
            raise CannotRead(f"{name}, line {line}: “{postcode}” is no postcode.")
        council = county if county.startswith("E10") else row[places["council"]].strip()
        district, digit, unit = found.groups()
        yield Unit(district, f"{district} {digit}", unit, "" if NONE.fullmatch(council) else council)


def _rows(files: Files, name: str) -> Rows:
    with io.TextIOWrapper(files[name](), encoding="utf-8-sig", newline="") as text:
        try:
            yield from csv.reader(text)
        except UnicodeDecodeError as error:
            raise CannotRead(f"{name} is not in UTF-8.") from error
        except csv.Error as error:
            raise CannotRead(f"{name} is no table of comma-separated values: {error}.") from error


@contextmanager
def _files(path: Path) -> Iterator[Files]:
    """The .csv files of a zip or a folder by name, or the one file by itself."""
    try:
        if path.is_dir():
            found = sorted(path.rglob("*.csv"))
            yield {each.relative_to(path).as_posix(): _opener(each) for each in found}
        elif path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
                yield {name: _member(archive, name) for name in names}
        else:
            yield {path.name: _opener(path)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise CannotRead(f"{path} is a damaged or locked zip file: {error}.") from error
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror or error}.") from error


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _member(archive: zipfile.ZipFile, name: str) -> Callable[[], BinaryIO]:
    return lambda: archive.open(name)  # type: ignore[return-value]  # reads bytes, and TextIOWrapper asks no more
