"""What comes back is what was there: every row and every byte."""

import os
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from bookings.models import Booking
from guides.models import Guide, Picture, SearchState
from sendguide.backup.making import UNFINISHED
from tests import factories
from tests.backup.copies import another_site, backed_up, everything, files, restored
from workshops.models import SignUp


@pytest.fixture
def backup(full_site, tmp_path):
    return backed_up(tmp_path / "backup.tar")


def test_restored_into_an_empty_site_it_is_the_same(backup, full_site, tmp_path):
    rows, uploads = everything(), files(full_site)
    assert len(uploads) == 3
    with another_site(tmp_path / "other"):
        said = restored(backup)
        assert everything() == rows
        assert files(tmp_path / "other" / "media") == uploads
        assert {name for name in files(tmp_path / "other") if ".restore" in name} == set()
        # Numbers go on where they were.
        Booking.objects.get().delete()
        assert factories.booking().pk not in {row[0] for row in rows["bookings_booking"]}
    assert "The backup is whole: version " in said
    assert "Replaced" not in said


def test_all_content_comes_back(full_site, tmp_path):
    call_command("load_content", verbosity=0)
    rows = everything()
    assert len(rows["guides_glossaryterm"]) > 100
    backup = backed_up(tmp_path / "backup.tar")
    with another_site(tmp_path / "other"):
        restored(backup)
        assert everything() == rows


def test_restored_over_what_came_since_it_is_as_it_was(backup, full_site, tmp_path):
    rows, uploads = everything(), files(full_site)
    factories.booking()
    SignUp.objects.all().delete()
    Guide.objects.update(title="Another")
    (full_site / "pictures" / "new.webp").write_bytes(b"new")
    (full_site / "pictures" / "empty.webp").unlink()
    (full_site / Picture.objects.get().files[0]).write_bytes(b"spoilt")
    said = restored(backup, "--yes")
    assert (everything(), files(full_site)) == (rows, uploads)
    assert "Replaced:" in said
    assert "  bookings_booking: 2\n" in said
    assert "  uploaded files: 3\n" in said


def test_full_site_is_left_alone_without_yes(backup, full_site):
    factories.booking()
    rows, uploads = everything(), files(full_site)
    with pytest.raises(CommandError) as refused:
        restored(backup)
    assert str(refused.value).startswith("This site is not empty. A restore replaces all of this:\n")
    assert "\n  bookings_booking: 2\n" in str(refused.value)
    assert "Nothing was changed." in str(refused.value)
    assert (everything(), files(full_site)) == (rows, uploads)


def test_site_with_uploads_alone_is_not_empty(backup, tmp_path):
    with another_site(tmp_path / "other"):
        (tmp_path / "other" / "media").mkdir()
        (tmp_path / "other" / "media" / "one.webp").write_bytes(b"1")
        with pytest.raises(CommandError, match="uploaded files: 1"):
            restored(backup)


def test_nobody_stays_logged_in_and_search_reads_anew(full_site, tmp_path):
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() + timedelta(days=1))
    tokens = set(SearchState.objects.values_list("token", flat=True))
    assert tokens
    said = restored(backed_up(tmp_path / "backup.tar"), "--yes")
    assert not Session.objects.exists()
    assert set(SearchState.objects.values_list("token", flat=True)).isdisjoint(tokens)
    assert "Staff have to log in again." in said


def test_personal_details_whose_time_is_over_do_not_come_back(full_site, tmp_path, settings, time_machine):
    backup = backed_up(tmp_path / "backup.tar")
    call = Booking.objects.get()
    time_machine.move_to(call.ends_at + timedelta(days=settings.CALL_KEPT_DAYS, minutes=1))
    said = restored(backup, "--yes")
    assert Booking.objects.get().email == ""
    assert "Personal details whose time is over by now were removed from what came back:\n" in said
    assert "  1 call: 90 days after the call" in said


def test_changed_secret_key_is_told(backup, settings):
    assert "SECRET_KEY is another one" not in restored(backup, "--yes")
    settings.SECRET_KEY = "another"
    assert "SECRET_KEY is another one than when the backup was made" in restored(backup, "--yes")


def test_file_is_for_its_owner_alone_and_alone_in_its_folder(full_site, tmp_path):
    (tmp_path / "kept").mkdir()
    before = os.umask(0)
    try:
        backup = backed_up(tmp_path / "kept" / "backup.tar")
    finally:
        os.umask(before)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.iterdir()] == ["backup.tar"]
    assert [path.name for path in full_site.parent.iterdir() if path.name.startswith(UNFINISHED)] == []


def test_restored_uploads_can_be_served_as_before(backup, full_site):
    restored(backup, "--yes")
    assert {path.stat().st_mode & 0o777 for path in full_site.rglob("*.webp")} == {0o644}
