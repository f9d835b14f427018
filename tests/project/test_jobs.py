"""What each job does at its time; what the daily purge removes beside personal fields, and what its command says."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.management import call_command

from bookings.models import BookedCell, Booking, ExtraHours, Offer, WaitingEntry
from sendguide.jobs import JOBS, forget, purge_details
from sendguide.outbox.folder import EmailBackend
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.queued import queued
from tests.factories import CALL_TIME
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


def do(name, at):
    """The job called ``name``, as the worker does it ``at`` that time."""
    (job,) = (job for job in JOBS if job.name == name)
    with time_machine.travel(at, tick=False):
        assert job.work() is None
    return job.every


def test_calls_are_reminded_of_each_minute():
    call = factories.booking(timed_at=CALL_TIME - timedelta(days=9))
    assert do("call reminders", CALL_TIME - timedelta(hours=24)) == timedelta(minutes=1)
    do("call reminders", CALL_TIME - timedelta(hours=1))
    assert queued() == [("day_reminder", call.email), ("hour_reminder", call.email)]


def test_calls_that_have_begun_are_ended_each_minute():
    factories.booking()
    assert do("calls that have begun", CALL_TIME) == timedelta(minutes=1)
    assert not Booking.objects.get().is_upcoming


def test_waiting_list_for_calls_moves_each_minute():
    """What ran out goes to the next, what is free to the one after, and who has waited for too long is taken off."""
    ends = CALL_TIME - timedelta(days=1)
    adviser = factories.adviser(weekdays=())
    ExtraHours.objects.create(adviser=adviser, day=CALL_TIME.date(), starts="10:00", ends="10:40")
    ran_out = factories.offer(adviser=adviser, held_until=ends)
    too_long = factories.waiting_entry(created_at=ends - timedelta(days=90), weekdays=[6])
    one, two = factories.waiting_entry(), factories.waiting_entry()
    silent = factories.waiting_entry(created_at=ends - timedelta(days=2), confirmed_at=None)
    assert do("waiting list for calls", ends) == timedelta(minutes=1)
    assert list(Offer.objects.order_by("pk").values_list("entry", "starts_at", "status")) == [
        (ran_out.entry_id, CALL_TIME, "ran out"),
        (one.pk, CALL_TIME, "open"),
        (two.pk, CALL_TIME + timedelta(minutes=20), "open"),
    ]
    assert [WaitingEntry.objects.get(status=status) for status in ("too long", "lapsed")] == [too_long, silent]


def test_old_times_of_calls_are_forgotten_each_hour():
    factories.booking()
    assert do("old times of calls", CALL_TIME + timedelta(days=8)) == timedelta(hours=1)
    assert not BookedCell.objects.exists()
