"""Where there is no mail server."""

import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from sendguide.outbox.folder import EmailBackend, delete_files
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.sending import ServerAway, send_round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "sendguide.outbox.folder.EmailBackend"
    settings.DATA_DIR = tmp_path
    return tmp_path / "mail"


def test_each_email_is_a_whole_file_that_only_the_site_may_read(folder):
    rows = [factories.queued_email() for _ in range(3)]
    send_round()
    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    messages = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    assert [message["To"] for message in messages] == [row.to for row in rows]
    assert messages[0].get_body(("plain",)).get_content().startswith("E-mail works\r\n")
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert set(QueuedEmail.objects.values_list("status", flat=True)) == {"sent"}


def test_folder_that_cannot_be_made_is_like_a_server_that_is_away(folder):
    folder.touch()
    factories.queued_email()
    with pytest.raises(ServerAway, match=r"File exists"):
        send_round()
    assert QueuedEmail.objects.get().status == "waiting"


@pytest.mark.parametrize(("dry_run", "left"), [(True, 4), (False, 2)])
def test_old_files_are_deleted_and_others_left_alone(folder, dry_run, left):
    last = datetime(2026, 12, 1, 3, 30, tzinfo=UTC)
    for moment in (last - timedelta(days=1), last, last + timedelta(seconds=1)):
        with time_machine.travel(moment, tick=False):
            EmailBackend().send_messages([EmailMessage("Hello", to=["anna@family.example"])])
    (folder / "notes.eml").touch()
    assert delete_files(until=last, dry_run=dry_run) == 2
    assert len(list(folder.iterdir())) == left
    assert delete_files(until=last, dry_run=dry_run) == (2 if dry_run else 0)


def test_file_whose_writer_was_killed_is_deleted_too(folder):
    folder.mkdir()
    unfinished = folder / "2026-11-01T033000.000000-0a1b2c3d.part"
    unfinished.touch()
    assert delete_files(until=datetime(2026, 12, 1, tzinfo=UTC)) == 1
    assert not unfinished.exists()


def test_folder_that_is_not_there_holds_no_old_files(folder):
    assert delete_files(until=datetime(2026, 12, 1, tzinfo=UTC)) == 0
    assert not folder.exists()


def test_trial_goes_through_the_outbox(folder, capsys):
    call_command("try_email", "anna@family.example")
    assert capsys.readouterr().out.startswith("Queued. The job worker sends it;")
    send_round()
    assert QueuedEmail.objects.get().sent_subject == "E-mail from SEND Guide works"
    assert len(list(folder.glob("*.eml"))) == 1


def test_trial_needs_an_address():
    with pytest.raises(CommandError, match=r"^This is not an e-mail address\.$"):
        call_command("try_email", "anna")
    assert not QueuedEmail.objects.exists()
