"""Making a backup while the site runs."""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from sendguide.backup.archive import DATABASE, UPLOADS, About, Writer, written
from sendguide.backup.encryption import encrypted
from sendguide.backup.engines import engine
from sendguide.backup.refused import Refused

# Beside what they are about, while it is being made: no upload, and no database, begins like this.
UNFINISHED = (".backup-", ".restore-")
FORGOTTEN_SECONDS = 24 * 60 * 60


def write_backup(out: BinaryIO, *, recipients: Sequence[str], now: datetime) -> About:
    """Everything that cannot be made again, into ``out``; encrypted for ``recipients`` if there are any.

    Uploads never change under their name, and are there before a row names them: those that are there when the database
    has been copied are enough for every row of the copy, but for pictures that staff delete in that very minute.
    """
    _remove_forgotten(Path(settings.DATA_DIR))
    with engine().copied() as (file, facts):
        about = About(connection.vendor, project_version(), now.isoformat(), facts.migrations, facts.rows, key_mark())
        with encrypted(out, recipients) as stream, written(stream, about) as writer:
            writer.add(DATABASE, file)
            _add_uploads(writer)
    return about


def _add_uploads(writer: Writer) -> None:
    for path in uploads():
        # Staff may delete a picture that nothing shows any more.
        with suppress(FileNotFoundError), path.open("rb") as file:
            writer.add(f"{UPLOADS}/{path.relative_to(settings.MEDIA_ROOT).as_posix()}", file)


def uploads() -> Iterator[Path]:
    """Every uploaded file, by name; no links, and nothing that is only being put there."""
    root = Path(settings.MEDIA_ROOT)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(UNFINISHED))
        paths = (Path(folder, name) for name in sorted(names))
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file that only its owner may read, and that has its name when the block has ended well, and not before."""
    if path.exists() and not (force and path.is_file()):
        raise Refused(f"{path} is there already. Name another file, or write over it with --force.")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        number = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "wb") as file:
            os.fchmod(number, 0o600)
            yield file
            file.flush()
            os.fsync(number)
        os.replace(unfinished, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise Refused(f"The backup cannot be written to {path}: {error.strerror or error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """So that the name, too, outlives a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _remove_forgotten(folder: Path) -> None:
    """What a backup that was killed left behind: a copy of the database, with details that must not stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (path for start in UNFINISHED for path in folder.glob(f"{start}*")):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > FORGOTTEN_SECONDS:
                shutil.rmtree(path)


def project_version() -> str:
    version: str = settings.VERSION
    return version


def key_mark() -> str:
    """The same as long as SECRET_KEY is; the key cannot be told from it."""
    return salted_hmac("sendguide.backup", "which key", algorithm="sha256").hexdigest()[:16]
