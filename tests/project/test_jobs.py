"""What the daily purge removes beside personal fields, and what its command says of all."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.management import call_command

from sendguide.jobs import forget, purge_details
from sendguide.outbox.folder import EmailBackend
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.privacy.people.models import Guest, Stay

NOW = datetime(2026, 12, 1, 3, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "mail"


def month_old(folder):
    """An e-mail that was never sent, and one that became a file."""
    with time_machine.travel(NOW - timedelta(days=30), tick=False):
        EmailBackend().send_messages([EmailMessage("Hello", to=["anna@family.example"])])
        factories.queued_email()


def test_daily_purge_gives_up_unsent_emails_and_deletes_old_files(folder):
    month_old(folder)
    with time_machine.travel(NOW, tick=False):
        purge_details()
    assert list(QueuedEmail.objects.values_list("status", "to")) == [("dead", "")]
    assert list(folder.iterdir()) == []


def test_dry_run_foretells_and_leaves_emails_and_files(folder):
    month_old(folder)
    foretold = forget(now=NOW, dry_run=True)
    assert list(QueuedEmail.objects.values_list("status", flat=True)) == ["waiting"]
    assert len(list(folder.iterdir())) == 1
    assert [line for line in foretold if not line.startswith("0")] == [
        "1 unsent e-mail: 30 days after being queued (EMAIL_KEPT_DAYS)",
        "1 file in DATA_DIR/mail: 30 days after being written (EMAIL_KEPT_DAYS)",
    ]
    assert forget(now=NOW) == foretold
    assert [line for line in forget(now=NOW) if not line.startswith("0")] == []


def test_folder_that_cannot_be_read_keeps_nothing_in_the_database(folder, monkeypatch):
    month_old(folder)

    def refused(path, missing_ok):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.unlink", refused)
    with pytest.raises(PermissionError):
        forget(now=NOW)
    assert QueuedEmail.objects.get().to == ""


@pytest.mark.parametrize(("options", "head", "left"), [([], "Went:", ""), (["--dry-run"], "Would go:", "Canary7")])
def test_command_says_what_goes_and_why(options, head, left):
    stay = Stay.objects.create(ends_at=NOW - timedelta(days=30))
    Guest.objects.create(stay=stay, name="Canary7")
    said = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("purge", *options, stdout=said)
    first, *lines = said.getvalue().splitlines()
    assert first == head
    assert [line for line in lines if re.search("guest|letter|session|unsent|file", line)] == [
        "0 unsent e-mails: 30 days after being queued (EMAIL_KEPT_DAYS)",
        "1 guest: 30 days after the stay ended (PLACE_KEPT_DAYS)",
        "1 historical guest: of guests that are blank or gone",
        "0 log entries: about guests that are blank or gone",
        "0 letters: 30 days after it was sent (EMAIL_KEPT_DAYS)",
        "0 log entries: about letters that are blank or gone",
        "0 sessions: after they ended",
        "0 files in DATA_DIR/mail: 30 days after being written (EMAIL_KEPT_DAYS)",
    ]
    assert Guest.objects.get().name == left
