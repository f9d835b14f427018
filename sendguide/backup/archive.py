"""How a backup looks: a tar file whose last line is the SHA-256 of all before it.

``about.json`` comes first, then ``database`` and ``uploads/…``, then ``parts.json`` with size and SHA-256 of each of
them. Both are written as they come and read in one pass, so that they may go through a pipe and may be larger than the
memory. The last line makes one changed byte anywhere tell, also where tar itself has no use for it.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from sendguide.backup.refused import Refused

# Raised when a file of today could not be read by yesterday's program, or the other way round.
FORMAT = 1
ABOUT, DATABASE, UPLOADS, PARTS = "about.json", "database", "uploads", "parts.json"
SEAL_LENGTH = 65  # 64 letters and digits, and the end of the line
PIECE = 1024 * 1024
BUFFER = 512 * 512  # whole blocks of tar
# A list of a million uploads; more is no such file.
LONGEST_TEXT = 200 * 1024 * 1024
DAMAGED = "This backup is damaged ({}). Take another one."
NO_BACKUP = "This file is no backup of SEND Guide."


@dataclass(frozen=True, slots=True)
class About:
    """``migrations`` are "app.name"; ``rows`` counts each table; ``key`` tells whether SECRET_KEY is still the same."""

    engine: str
    version: str
    made_at: str
    migrations: list[str]
    rows: dict[str, int]
    key: str
    format: int = FORMAT


@dataclass(slots=True)
class Writer:
    """Puts parts into a tar file. Only the one that ``written`` gives is whole."""

    tar: tarfile.TarFile
    parts: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, name: str, file: BinaryIO) -> None:
        """From its beginning to the end that it has now: what is written behind that meanwhile is left out."""
        entry = tarfile.TarInfo(name)
        entry.size = file.seek(0, io.SEEK_END)
        entry.mode = 0o600
        file.seek(0)
        passing = _Passing(file)
        self.tar.addfile(entry, passing)  # type: ignore[arg-type]  # only its read() is used
        self.parts[name] = [entry.size, passing.sha256.hexdigest()]

    def add_text(self, name: str, value: Any) -> None:
        self.add(name, io.BytesIO(json.dumps(value, indent=1).encode()))


@contextmanager
def written(out: BinaryIO, about: About) -> Iterator[Writer]:
    """A backup in ``out``, for the block to put its parts in; whole when the block has ended well."""
    sealed = _Passing(out)
    with tarfile.open(fileobj=sealed, mode="w|", bufsize=BUFFER, format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
        writer = Writer(tar)
        writer.add_text(ABOUT, asdict(about))
        yield writer
        writer.add_text(PARTS, dict(writer.parts))
    out.write(f"{sealed.sha256.hexdigest()}\n".encode())
    out.flush()


def unpack(stream: BinaryIO, *, database: Path, uploads: Path) -> About:
    """Write the parts to the file ``database`` and into the folder ``uploads``. Raises Refused unless all is whole."""
    reader = _BeforeSeal(stream)
    try:
        tar = tarfile.TarFile.open(fileobj=reader, mode="r|", bufsize=BUFFER)  # type: ignore[call-overload]
    except tarfile.TarError as error:
        raise Refused(NO_BACKUP) from error
    try:
        with tar:
            about, found, listed = _unpack(tar, database, uploads)
    except (tarfile.TarError, EOFError, ValueError, TypeError, AttributeError) as error:
        raise Refused(DAMAGED.format("it cannot be read")) from error
    while reader.read(PIECE):
        pass
    if not reader.is_whole():
        raise Refused(DAMAGED.format("its checksum is another one, or its end is missing"))
    if found != listed:
        raise Refused(DAMAGED.format("its list of parts is another one"))
    return about


def _unpack(tar: tarfile.TarFile, database: Path, uploads: Path) -> tuple[About, dict[str, Any], dict[str, Any]]:
    """What it says about itself, the parts that are there, and those that it lists."""
    about: About | None = None
    found: dict[str, Any] = {}
    listed: dict[str, Any] = {}
    for entry in tar:
        data = tar.extractfile(entry) if entry.isreg() else None
        if data is None or (about is None and entry.name != ABOUT):
            raise Refused(NO_BACKUP)
        passing = _Passing(data)
        if entry.name in {ABOUT, PARTS}:
            told = json.loads(passing.read(min(entry.size, LONGEST_TEXT)))
            about, listed = (_about(told), listed) if entry.name == ABOUT else (about, told)
        else:
            _copy(passing, _place(entry.name, database, uploads))
        if entry.name != PARTS:
            found[entry.name] = [entry.size, passing.sha256.hexdigest()]
    if about is None:
        raise Refused(NO_BACKUP)
    return about, found, listed


def _about(told: dict[str, Any]) -> About:
    if told.get("format") != FORMAT:
        raise Refused(
            f"This backup is of another make ({told.get('format')}; this version of the site reads {FORMAT}). "
            "Nothing was changed. Restore it with the version of the site that made it."
        )
    return About(**told)


def _place(name: str, database: Path, uploads: Path) -> Path:
    """Where a part belongs; never outside of these two."""
    path = PurePosixPath(name)
    if name == DATABASE:
        return database
    if path.is_absolute() or ".." in path.parts or path.parts[:1] != (UPLOADS,) or len(path.parts) < 2:
        raise Refused(NO_BACKUP)
    return uploads.joinpath(*path.parts[1:])


def _copy(passing: "_Passing", to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("xb") as file:
        while piece := passing.read(PIECE):
            file.write(piece)


class _Passing:
    """A file whose bytes are hashed as they are read or written."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece: bytes = self.file.read(size)
        self.sha256.update(piece)
        return piece

    def write(self, piece: bytes) -> int:
        self.sha256.update(piece)
        self.file.write(piece)
        return len(piece)


class _BeforeSeal:
    """Reads all but the last line, which it keeps back."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.sha256 = hashlib.sha256()
        self.kept = b""

    def read(self, size: int) -> bytes:
        while len(self.kept) < size + SEAL_LENGTH and (piece := self.stream.read(size)):
            self.kept += piece
        end = max(0, min(size, len(self.kept) - SEAL_LENGTH))
        piece, self.kept = self.kept[:end], self.kept[end:]
        self.sha256.update(piece)
        return piece

    def is_whole(self) -> bool:
        return self.kept == f"{self.sha256.hexdigest()}\n".encode()
