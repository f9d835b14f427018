"""What is refused, in words, with everything left as it is; and what is older is taken."""

import io
import json
import tarfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from sendguide.backup.archive import About, unpack, written
from sendguide.backup.making import key_mark, project_version
from tests.backup.copies import backed_up, everything, files, restored


@pytest.fixture
def backup(full_site, tmp_path):
    return backed_up(tmp_path / "backup.tar")


def rewritten(backup, **changes):
    """The same backup, whole, that says something else about itself."""
    with tarfile.open(backup) as tar:
        told = json.load(tar.extractfile("about.json"))
        database = tar.extractfile("database").read()
    with backup.open("wb") as file, written(file, About(**told | changes)) as writer:
        writer.add("database", io.BytesIO(database))


def refusal(path, *options):
    rows, uploads = everything(), files(settings.MEDIA_ROOT)
    with pytest.raises(CommandError) as refused:
        restored(path, *options)
    assert (everything(), files(settings.MEDIA_ROOT)) == (rows, uploads)
    return str(refused.value)


def test_flipped_byte_changes_nothing(backup):
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    assert refusal(backup, "--yes") == (
        "This backup is damaged (its checksum is another one, or its end is missing). Take another one. "
        "Nothing was changed."
    )


def test_file_that_is_cut_short_changes_nothing(backup):
    backup.write_bytes(backup.read_bytes()[:-1000])
    assert "This backup is damaged" in refusal(backup, "--yes")


def test_other_file_changes_nothing(full_site, tmp_path):
    (tmp_path / "letter").write_text("Dear Anna")
    assert refusal(tmp_path / "letter", "--yes") == "This file is no backup of SEND Guide. Nothing was changed."
    assert refusal(tmp_path / "none", "--yes") == f"There is no file {tmp_path / 'none'}. Nothing was changed."


def test_backup_of_another_database_is_refused(backup):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    rewritten(backup, engine=other)
    assert refusal(backup, "--yes").startswith(f"This backup is of {other}, and this site uses {connection.vendor}. ")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": "99.1"}, "This backup is of a newer version of the site (99.1, this one is "),
        ({"migrations": ["guides.0001_initial", "guides.9999_to_come"]}, "not known here: guides.9999_to_come)"),
    ],
)
def test_backup_of_a_newer_version_is_refused(backup, changes, said):
    rewritten(backup, **changes)
    assert said in refusal(backup, "--yes")


def test_backup_whose_database_is_none_is_refused(backup, tmp_path):
    """The file is whole: somebody made it so."""
    about = About(connection.vendor, project_version(), "2026-12-01", [], {}, key_mark())
    with backup.open("wb") as file, written(file, about) as writer:
        writer.add("database", io.BytesIO(b"SQLite format 3\0" + b"no database" * 500))
    assert "The database in this backup" in refusal(backup, "--yes")


def test_file_that_is_there_is_kept_without_force(full_site, tmp_path):
    there = tmp_path / "backup.tar"
    there.write_text("kept")
    with pytest.raises(CommandError, match=r"is there already\. Name another file, or write over it with --force\. No"):
        backed_up(there)
    assert there.read_text() == "kept"
    assert "Restored." in restored(backed_up(there, "--force"), "--yes")


def test_folder_that_cannot_be_written_to_is_named(full_site, tmp_path):
    with pytest.raises(CommandError, match=r"cannot be written to .*: No such file or directory\. No backup was made"):
        backed_up(tmp_path / "none" / "backup.tar")


def test_backup_goes_to_the_standard_output(full_site, tmp_path, capfdbinary):
    call_command("backup", "-", stderr=io.StringIO())
    (tmp_path / "uploads").mkdir()
    content = io.BytesIO(capfdbinary.readouterr().out)
    told = unpack(content, database=tmp_path / "database", uploads=tmp_path / "uploads")
    assert told.rows["bookings_booking"] == 1


def test_older_backup_is_brought_up_to_date(full_site, tmp_path):
    """It lacks a migration, and what that made."""
    rows = everything()
    call_command("migrate", "guard", "zero", verbosity=0)
    backup = backed_up(tmp_path / "backup.tar")
    call_command("migrate", "guard", verbosity=0)
    restored(backup, "--yes")
    assert everything().keys() == rows.keys()
    assert "guard_counter" in rows
