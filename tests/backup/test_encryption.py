"""Encrypted for a public key: read with the secret one, and by nobody else."""

import os
from types import SimpleNamespace

import pytest
from django.core.management import CommandError

from tests.backup import age
from tests.backup.copies import backed_up, everything, restored


@pytest.fixture(params=age.KINDS)
def keys(request, tmp_path, monkeypatch):
    if request.param == "stand-in":
        monkeypatch.setenv("PATH", str(age.program(tmp_path / "bin")), prepend=os.pathsep)
    return [age.new_key(request.param, tmp_path, name) for name in ("one", "two", "three")]


def test_encrypted_backup_is_read_with_each_key_it_was_made_for(full_site, tmp_path, keys):
    one, two, _ = keys
    rows = everything()
    backup = backed_up(tmp_path / "backup.age", f"--to={one.recipient}", f"--to={two.recipient}")
    content = backup.read_bytes()
    assert content.startswith(b"age-encryption.org/")
    assert b"about.json" not in content
    for key in (one, two):
        restored(backup, "--yes", f"--identity={key.identity}")
        assert everything() == rows


def test_recipient_may_stand_in_the_environment(full_site, tmp_path, keys, settings):
    settings.BACKUP_RECIPIENTS = [keys[0].recipient, keys[1].recipient]
    backup = backed_up(tmp_path / "backup.age")
    assert backup.read_bytes().startswith(b"age-encryption.org/")
    assert "Restored." in restored(backup, "--yes", f"--identity={keys[1].identity}")


def test_wrong_key_no_key_and_damage_change_nothing(full_site, tmp_path, keys):
    one, _, three = keys
    backup = backed_up(tmp_path / "backup.age", f"--to={one.recipient}")
    rows = everything()
    with pytest.raises(CommandError, match=r"no identity matched any of the recipients.* Nothing was changed"):
        restored(backup, "--yes", f"--identity={three.identity}")
    with pytest.raises(CommandError, match="This backup is encrypted: name the file with its secret key"):
        restored(backup, "--yes")
    content = backup.read_bytes()
    for spoilt in (content[:-40] + bytes([content[-40] ^ 1]) + content[-39:], content[:-100]):
        backup.write_bytes(spoilt)
        with pytest.raises(CommandError, match=r"age did not decrypt the backup: age: error: .* Nothing was changed\."):
            restored(backup, "--yes", f"--identity={one.identity}")
    assert everything() == rows


def test_key_that_is_none_makes_no_backup(full_site, tmp_path, keys):
    with pytest.raises(CommandError, match=r"age did not encrypt the backup: age: error: .*recipient"):
        backed_up(tmp_path / "backup.age", "--to=olive")
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []


def test_missing_tool_is_named(full_site, tmp_path, monkeypatch):
    monkeypatch.setattr("sendguide.backup.encryption.shutil", SimpleNamespace(which=lambda name: None))
    with pytest.raises(CommandError, match=r"There is no age on this machine.*apt install age.* No backup was made"):
        backed_up(tmp_path / "backup.age", "--to=age1x")
