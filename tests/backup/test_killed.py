"""What is left when a backup or a restore ends in the middle."""

import os
import signal
from pathlib import Path

import pytest
from django.core.management import CommandError

from guides.models import Picture
from sendguide.backup import making, restoring
from sendguide.backup.engines import engine
from tests import factories
from tests.backup import age
from tests.backup.copies import another_site, backed_up, everything, files, restored
from tests.outbox.processes import process


@pytest.fixture
def backup(full_site, tmp_path):
    return backed_up(tmp_path / "backup.tar")


def test_backup_that_fails_in_the_middle_leaves_the_old_one(backup, tmp_path, monkeypatch):
    before = backup.read_bytes()

    def fail():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "uploads", fail)
    with pytest.raises(CommandError, match="No space left on device"):
        backed_up(backup, "--force")
    assert backup.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar", "data"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_backup_that_is_killed_leaves_nothing_under_its_name(full_site, tmp_path, number):
    """While it waits for a tool that does not end."""
    tools = age.program(tmp_path / "bin", "#!/bin/sh\ncat >/dev/null\nexec sleep 60\n")
    (tmp_path / "kept").mkdir()
    target = tmp_path / "kept" / "backup.age"
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    with process(tmp_path / "log", "manage.py", "backup", str(target), "--to=age1x", PATH=path) as backing_up:
        backing_up.wait_for(lambda: any(target.parent.iterdir()))
        backing_up.popen.send_signal(number)
        assert backing_up.popen.wait(60) != 0
    left = [] if number == signal.SIGTERM else [".backup.age.unfinished"]
    assert [path.name for path in target.parent.iterdir()] == left


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours catches it."""


def dying(real, at):
    """``real``, but the ``at``-th call is the end; 0.5 is the end after the first."""
    calls = []

    def call(*arguments, **options):
        calls.append(arguments)
        if len(calls) == at:
            raise Killed
        done = real(*arguments, **options)
        if at == 0.5:
            raise Killed
        return done

    return call


@pytest.fixture
def changed_site(full_site):
    """Other rows and other uploads than those of the backup."""
    Picture.objects.all().delete()
    here = factories.picture()
    for name in files(full_site):
        (full_site / name).unlink()
    for name in here.files:
        (full_site / name).write_bytes(b"here")
    return full_site


@pytest.mark.parametrize(
    ("where", "at", "is_restored"),
    [
        ("os.replace", 1, False),
        ("os.replace", 2, False),
        ("engine.replace", 1, False),
        ("engine.replace", 0.5, True),
        ("Path.unlink", 1, True),
        ("Path.unlink", 0.5, True),
    ],
)
def test_restore_that_is_killed_leaves_each_row_its_files(backup, changed_site, monkeypatch, where, at, is_restored):
    rows = everything()
    owner, name = {
        "os.replace": (restoring.os, "replace"),
        "engine.replace": (engine(), "replace"),
        "Path.unlink": (Path, "unlink"),
    }[where]
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, dying(getattr(owner, name), at))
        with pytest.raises(Killed):
            restored(backup, "--yes")
    assert (everything() != rows) is is_restored
    assert {name for picture in Picture.objects.all() for name in picture.files} <= set(files(changed_site))
    # Said again, it ends what was begun.
    restored(backup, "--yes")
    names = {name for picture in Picture.objects.all() for name in picture.files}
    assert names | {"pictures/empty.webp"} == set(files(changed_site))


def test_database_that_cannot_be_put_back_whole_is_left_as_it_was(full_site, tmp_path):
    """What breaks off in the middle of the copy is undone: the check before it is left out here."""
    rows = everything()
    with engine().copied() as (file, _):
        content = file.read()
    broken = tmp_path / "broken"
    broken.write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(Exception, match=r"malformed|did not take the backup"):
        engine().replace(broken)
    assert everything() == rows


def test_leftovers_of_killed_ones_are_no_uploads_and_go_after_a_day(full_site, tmp_path, monkeypatch):
    (full_site / ".restore-x").mkdir()
    (full_site / ".restore-x" / "picture.webp").write_bytes(b"x")
    old, new = full_site.parent / ".backup-old", full_site.parent / ".backup-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "copy").write_bytes(b"x")
    os.utime(old, (0, 0))
    backup = backed_up(tmp_path / "backup.tar")
    assert (old.exists(), new.exists()) == (False, True)
    with another_site(tmp_path / "other"):
        restored(backup)
        assert [name for name in files(tmp_path / "other" / "media") if "restore" in name] == []
