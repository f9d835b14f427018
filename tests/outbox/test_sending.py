"""What becomes of an e-mail when its turn comes, and to whom it belongs meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import OperationalError, transaction
from django.utils import timezone

from sendguide.outbox import sending
from sendguide.outbox.actions import send_again
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import Email, NotNeeded
from sendguide.outbox.sending import BACK_OFF, LEASE, claim, send_round
from tests import factories

pytestmark = pytest.mark.django_db
TRIAL = Email(subject="Hello", template="emails/outbox/trial", context={})


def test_sent_email_keeps_what_was_sent():
    row = factories.queued_email()
    before = timezone.now()
    assert send_round() is False
    (message,) = mail.outbox
    row.refresh_from_db()
    assert (row.status, row.attempts, row.lease_until, row.lease_token) == ("sent", 1, None, None)
    assert before <= row.sent_at <= timezone.now()
    assert (row.sent_subject, row.sent_text) == (message.subject, message.body)
    assert row.sent_html == message.alternatives[0].content


def test_email_is_written_when_it_is_sent_with_what_was_queued(new_kind):
    seen = []
    new_kind("tests.hello")(lambda about, details: seen.append((about, details)) or TRIAL)
    factories.queued_email(kind="tests.hello", about=7, details={"old": "10am"})
    assert seen == []
    send_round()
    assert seen == [(7, {"old": "10am"})]


@pytest.mark.parametrize(
    ("reason", "why"),
    [("The call was cancelled.", "The call was cancelled."), ("", "What it was about has moved on.")],
)
def test_email_that_is_no_longer_needed_is_skipped(new_kind, reason, why):
    @new_kind("tests.late")
    def late(about, details):
        raise NotNeeded(reason)

    row = factories.queued_email(kind="tests.late")
    send_round()
    row.refresh_from_db()
    assert (row.status, row.why, mail.outbox) == ("skipped", why, [])


@pytest.mark.parametrize(
    ("address", "status", "why"),
    [
        ("mistyped@example.org", "skipped", "The address was changed since: this one is no longer theirs."),
        ("Ann@Example.org", "sent", ""),
    ],
)
def test_email_sent_again_reaches_nobody_but_whose_it_is_now(new_kind, address, status, why):
    new_kind("tests.own")(lambda about, details: replace(TRIAL, only_to="ann@example.org"))
    row = factories.queued_email(kind="tests.own", to=address, status="sent", sent_at=timezone.now())
    send_again(QueuedEmail.objects.all())
    send_round()
    row.refresh_from_db()
    assert (row.status, row.why, [each.to for each in mail.outbox]) == (status, why, [] if why else [[address]])


def test_email_without_an_address_is_dead_and_says_so():
    row = factories.queued_email(to="")
    send_round()
    row.refresh_from_db()
    assert (row.status, row.why, mail.outbox) == ("dead", "It has no address (any more).", [])


def test_unknown_kind_is_dead_and_says_so():
    row = factories.queued_email(kind="nobody.knows")
    send_round()
    row.refresh_from_db()
    assert (row.status, row.why) == (
        "dead",
        "No part of the site writes e-mails of the kind “nobody.knows” (any more).",
    )


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        (lambda about, details: details["anna@family.example"], "KeyError"),
        (lambda about, details: Email(subject="S", template="emails/none", context={}), "TemplateDoesNotExist"),
        (lambda about, details: None, "AttributeError"),
    ],
)
def test_fault_of_the_site_ends_one_email_and_is_logged_without_anybodys_data(new_kind, caplog, broken, name):
    new_kind("tests.broken")(broken)
    row, other = factories.queued_email(kind="tests.broken"), factories.queued_email()
    send_round()
    row.refresh_from_db()
    assert (row.status, row.why) == ("dead", f"It could not be written: a fault of the site ({name}).")
    assert [message.to for message in mail.outbox] == [[other.to]]
    assert f"E-mail {row.pk} (tests.broken) could not be written" in caplog.text
    assert f"MessageLeftOut: {name}" in caplog.text
    assert "sendguide/outbox/writing.py" in caplog.text
    assert "anna@family.example\n" not in caplog.text.replace('details["anna@family.example"]', "")


def test_database_that_goes_away_leaves_the_email_to_its_lease(new_kind):
    @new_kind("tests.away")
    def away(about, details):
        raise OperationalError

    row = factories.queued_email(kind="tests.away")
    with pytest.raises(OperationalError):
        send_round()
    row.refresh_from_db()
    assert row.status == "sending"
    assert not QueuedEmail.objects.ready(row.lease_until - timedelta(seconds=1)).exists()
    assert QueuedEmail.objects.ready(row.lease_until).get() == row


@pytest.fixture
def database_away_after_sending(monkeypatch):
    """Sends a round. At its end the database goes away, before or after it has heard what became of the e-mail."""
    note = sending._note

    def send(*, heard):
        def lost(row, changes):
            if heard:
                note(row, changes)
            raise OperationalError

        with monkeypatch.context() as patch:
            patch.setattr(sending, "_note", lost)
            with pytest.raises(OperationalError):
                send_round()

    return send


def test_what_became_of_an_email_is_noted_when_the_database_is_back(database_away_after_sending):
    row = factories.queued_email()
    database_away_after_sending(heard=False)
    row.refresh_from_db()
    assert (row.status, len(mail.outbox)) == ("sending", 1)
    assert send_round() is False
    row.refresh_from_db()
    assert (row.status, row.attempts, row.lease_token, len(mail.outbox)) == ("sent", 1, None, 1)
    assert row.sent_subject == mail.outbox[0].subject


def test_what_the_database_noted_without_saying_so_is_left_as_it_is(database_away_after_sending, caplog):
    row = factories.queued_email()
    database_away_after_sending(heard=True)
    row.refresh_from_db()
    sent_at = row.sent_at
    assert send_round() is False
    row.refresh_from_db()
    assert (row.status, row.sent_at, len(mail.outbox), caplog.text) == ("sent", sent_at, 1, "")


def test_who_notes_later_than_the_lease_changes_nothing_any_more(database_away_after_sending, caplog):
    row = factories.queued_email()
    database_away_after_sending(heard=False)
    with time_machine.travel(timezone.now() + LEASE):
        other = claim(row.pk)
        assert send_round() is False
    row.refresh_from_db()
    assert (row.status, row.lease_token) == ("sending", other.lease_token)
    assert f"E-mail {row.pk} (outbox.trial) took longer than its lease and may be sent twice" in caplog.text


def test_email_in_hand_is_out_of_reach_until_its_lease_has_run_out():
    row = factories.queued_email()
    first = claim(row.pk)
    assert claim(row.pk) is None
    with time_machine.travel(timezone.now() + LEASE):
        second = claim(row.pk)
    assert (second.attempts, second.message_id) == (2, first.message_id)
    assert second.lease_token != first.lease_token


@pytest.mark.parametrize("status", ["sent", "skipped", "dead"])
def test_email_that_has_come_to_its_end_is_not_taken(status):
    row = factories.queued_email(status=status, sent_at=timezone.now(), why="It is over.")
    assert claim(row.pk) is None


def test_who_was_slower_than_the_lease_changes_nothing_any_more(caplog):
    row = factories.queued_email()
    slow = claim(row.pk, lease=timedelta(0))
    quick = claim(row.pk)
    sending._put_back(slow, status="dead", why="Too late.")
    row.refresh_from_db()
    assert (row.status, row.lease_token) == ("sending", quick.lease_token)
    assert f"E-mail {row.pk} (outbox.trial) took longer than its lease and may be sent twice" in caplog.text


def test_email_that_stops_its_sender_every_time_is_given_up():
    row = factories.queued_email(attempts=len(BACK_OFF) + 1)
    send_round()
    row.refresh_from_db()
    assert (row.status, mail.outbox) == ("dead", [])
    assert row.why == "Its sender was stopped in the middle of each attempt."


def test_round_is_limited_and_says_that_there_is_more(monkeypatch):
    monkeypatch.setattr(sending, "ROUND_EMAILS", 2)
    for _ in range(3):
        factories.queued_email()
    assert [send_round(), len(mail.outbox), send_round(), len(mail.outbox)] == [True, 2, False, 3]


def test_round_ends_after_its_time(monkeypatch):
    monkeypatch.setattr(sending, "ROUND_SECONDS", -1)
    factories.queued_email()
    assert send_round() is True
    assert mail.outbox == []


def test_stop_is_noticed_between_two_emails():
    factories.queued_email()
    factories.queued_email()
    assert send_round(should_stop=lambda: len(mail.outbox) == 1) is True
    assert len(mail.outbox) == 1


def test_nothing_due_costs_one_query_and_no_connection(settings, django_assert_num_queries):
    settings.EMAIL_BACKEND = "no.such.backend"
    factories.queued_email(next_attempt_at=timezone.now() + timedelta(hours=1))
    with django_assert_num_queries(1):
        assert send_round() is False


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction():
    row = factories.queued_email()
    with transaction.atomic(), pytest.raises(RuntimeError, match=r"durable"):
        send_round()
    assert mail.outbox == []
    row.refresh_from_db()
    assert row.status == "waiting"


@pytest.mark.django_db(transaction=True)
def test_email_is_written_and_sent_while_no_transaction_is_open(new_kind):
    open_ones = []

    @new_kind("tests.watching")
    def watching(about, details):
        open_ones.append(transaction.get_connection().in_atomic_block)
        return TRIAL

    factories.queued_email(kind="tests.watching")
    send_round()
    assert (open_ones, len(mail.outbox)) == ([False], 1)
