"""Putting a backup back: all of it, or nothing.

Everything is unpacked and checked beside the site first. Then uploads are put in under their random names, which no
other file has; then the database is replaced in one transaction; then uploads that nobody knows any more are deleted.
Whenever it is killed, each row has its file.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sendguide.backup.archive import About, unpack
from sendguide.backup.encryption import decrypted
from sendguide.backup.engines import engine
from sendguide.backup.making import project_version, uploads
from sendguide.backup.refused import Refused

# They fill themselves.
NO_CONTENT = {"django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}


class Checked(NamedTuple):
    """A whole backup that fits this site, unpacked beside it."""

    about: About
    database: Path
    uploads: Path


@contextmanager
def checked(path: Path, *, identity: Path | None) -> Iterator[Checked]:
    """For the block. Raises Refused if it is damaged, no backup, or none for this site."""
    if not path.is_file():
        raise Refused(f"There is no file {path}.")
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True, exist_ok=True)
    # Uploads on their own disk, where they have to be only renamed.
    with (
        tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA_DIR) as for_database,
        tempfile.TemporaryDirectory(prefix=".restore-", dir=media) as for_uploads,
        decrypted(path, identity) as stream,
    ):
        database, new_uploads = Path(for_database, "database"), Path(for_uploads, "uploads")
        new_uploads.mkdir()
        about = unpack(stream, database=database, uploads=new_uploads)
        _fits(about)
        engine().check(database)
        yield Checked(about, database, new_uploads)


def _fits(about: About) -> None:
    if about.engine != connection.vendor:
        raise Refused(
            f"This backup is of {about.engine}, and this site uses {connection.vendor}. "
            "Restore it on a site with the same kind of database."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = sorted(set(about.migrations) - known)
    if unknown or _number(about.version) > _number(project_version()):
        raise Refused(
            f"This backup is of a newer version of the site ({about.version}, this one is {project_version()}"
            f"{'; not known here: ' + ', '.join(unknown[:3]) if unknown else ''}). Restore it with that version."
        )


def _number(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def content_here() -> dict[str, int]:
    """What a restore would replace: tables of this site that hold something, with the number of their rows."""
    rows = {table: count for table, count in engine().facts().rows.items() if count and table not in NO_CONTENT}
    files = sum(1 for _ in uploads())
    return {**rows, **({"uploaded files": files} if files else {})}


def put_back(backup: Checked) -> None:
    """The site is then what it was when the backup was made, but for its version: migrations may be missing."""
    names = _put_uploads(backup.uploads)
    engine().replace(backup.database)
    for path in list(uploads()):
        if path.relative_to(settings.MEDIA_ROOT) not in names:
            path.unlink()


def _put_uploads(folder: Path) -> set[Path]:
    names = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    for name in sorted(names):
        (folder / name).chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
        to = Path(settings.MEDIA_ROOT, name)
        to.parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / name, to)
    return names
