"""Queueing: once per event, in the transaction of what the e-mail tells about."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sendguide.outbox.actions import Letter, queue, queue_all
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import UnknownKind, email, in_words, writer_of
from tests import factories

LETTER = {"kind": "outbox.trial", "key": "trial:1", "to": "anna@family.example", "about": 7}


@pytest.mark.django_db
def test_queued_email_waits_with_what_it_needs():
    before = timezone.now()
    queue(**LETTER, details={"old": "10am"})
    row = QueuedEmail.objects.get()
    assert (row.kind, row.key, row.to, row.about) == ("outbox.trial", "trial:1", "anna@family.example", 7)
    assert (row.details, row.status, row.attempts, row.why) == ({"old": "10am"}, "waiting", 0, "")
    assert before <= row.next_attempt_at == row.created_at <= timezone.now()


@pytest.mark.django_db
def test_email_for_later_is_not_ready_before():
    later = timezone.now() + timedelta(hours=1)
    queue(**LETTER, not_before=later)
    assert not QueuedEmail.objects.ready(later - timedelta(seconds=1)).exists()
    assert QueuedEmail.objects.ready(later).get().key == "trial:1"


@pytest.mark.django_db
def test_same_event_is_queued_once_and_the_transaction_goes_on():
    queue(**LETTER)
    queue(**LETTER | {"to": "other@family.example"})
    queue_all([Letter(**LETTER), Letter(**LETTER | {"key": "trial:2"})])
    assert list(QueuedEmail.objects.order_by("key").values_list("key", "to")) == [
        ("trial:1", "anna@family.example"),
        ("trial:2", "anna@family.example"),
    ]


@pytest.mark.django_db(transaction=True)
def test_queueing_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match=r"transaction\.atomic"):
        queue(**LETTER)
    assert not QueuedEmail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_email_goes_with_the_transaction():
    with transaction.atomic():
        queue(**LETTER)
        transaction.set_rollback(True)
    assert not QueuedEmail.objects.exists()


@pytest.mark.django_db
def test_many_are_queued_with_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        queue_all(Letter(**LETTER | {"key": f"trial:{number}"}) for number in range(30))
    assert QueuedEmail.objects.values("message_id").distinct().count() == 30


@pytest.mark.django_db
def test_message_id_is_on_the_sites_own_host(settings):
    settings.SITE_URL = "https://sendguide.example:8443"
    queue(**LETTER)
    assert QueuedEmail.objects.get().message_id.endswith("@sendguide.example>")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("outbox_email_status", {"status": "gone"}),
        ("outbox_email_lease_while_sending", {"status": "sending"}),
        ("outbox_email_lease_while_sending", {"lease_until": datetime.fromisoformat("2026-11-24T10:00Z")}),
        ("outbox_email_sent_has_time", {"status": "sent"}),
        ("outbox_email_end_has_reason", {"status": "dead"}),
        ("outbox_email_end_has_reason", {"status": "skipped"}),
    ],
)
def test_database_refuses_what_cannot_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        factories.queued_email(**fields)


@pytest.mark.django_db
def test_database_refuses_a_second_email_about_one_event():
    factories.queued_email(key="trial:1")
    with pytest.raises(IntegrityError):
        factories.queued_email(key="trial:1")


def test_kind_has_one_function():
    with pytest.raises(ValueError, match=r"outbox\.trial"):
        email("outbox.trial", called="Another")(lambda about, details: None)


def test_unknown_kind_is_named():
    with pytest.raises(UnknownKind, match=r"nobody\.knows"):
        writer_of("nobody.knows")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("workshops.given_back", "Workshop: you gave your place back"), ("nobody.knows", "nobody.knows")],
)
def test_kind_is_read_in_words(kind, words):
    assert in_words(kind) == words


def test_kind_cannot_be_without_words():
    with pytest.raises(TypeError, match="called"):
        email("tests.wordless")


@pytest.mark.django_db
def test_email_is_named_without_its_address():
    row = factories.queued_email(to="anna@family.example", created_at=datetime.fromisoformat("2026-11-24T10:30Z"))
    assert str(row) == "Trial e-mail, 24 November 2026, 10:30am"
