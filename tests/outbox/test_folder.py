"""Where there is no mail server."""

import email
import email.policy

import pytest
from django.core.management import CommandError, call_command

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
