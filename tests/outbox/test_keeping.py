"""How long e-mails are kept, whatever became of them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from sendguide.outbox.actions import give_up_old, send_again, set_aside
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.sending import claim, send_round
from sendguide.privacy.purge import purge
from tests import factories
from tests.privacy.canary import places_of

NOW = datetime(2026, 12, 1, 3, 30, tzinfo=UTC)
MONTH_AGO = NOW - timedelta(days=30)
SENT = {"status": "sent", "sent_subject": "Canary7", "sent_text": "Canary7", "sent_html": "Canary7"}

pytestmark = pytest.mark.django_db


def queued(**fields):
    """A month ago, with the canary in it."""
    given = {"to": "canary7@family.example", "details": {"name": "Canary7"}}
    return factories.queued_email(**given | {"created_at": MONTH_AGO, "next_attempt_at": MONTH_AGO} | fields)


def lease(ends):
    return {"status": "sending", "attempts": 1, "lease_until": ends, "lease_token": uuid4()}


def forget(now=NOW):
    """How many were given up, and how many of the others were blanked."""
    given_up = give_up_old(now=now)
    return given_up, sum(rows for model, rows, _ in purge(now=now) if model is QueuedEmail)


@pytest.mark.parametrize("fields", [{}, {"attempts": 2, "next_attempt_at": NOW + timedelta(days=1)}, lease(NOW)])
def test_email_that_could_not_be_sent_for_so_long_is_given_up_and_blanked(fields):
    row = queued(why="The mail server said: 451 canary7", **fields)
    assert give_up_old(now=NOW, dry_run=True) == 1
    assert QueuedEmail.objects.get().status == row.status
    assert forget() == (1, 0)
    row.refresh_from_db()
    assert (row.status, row.why, row.to, row.details) == ("dead", "Not sent within 30 days.", "", {})
    assert (row.lease_until, row.lease_token) == (None, None)
    assert places_of("Canary7") == []
    assert forget() == (0, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"created_at": MONTH_AGO + timedelta(seconds=1)},
        {"next_attempt_at": NOW + timedelta(seconds=1)},
        lease(NOW + timedelta(seconds=1)),
    ],
)
def test_email_whose_time_is_not_over_or_which_is_being_sent_is_left_alone(fields):
    row = queued(**fields)
    assert forget() == (0, 0)
    assert QueuedEmail.objects.values().get() == {key: getattr(row, key) for key in QueuedEmail.objects.values().get()}


def test_setting_says_when_an_unsent_email_is_given_up(settings):
    settings.EMAIL_KEPT_DAYS = 31
    queued()
    assert forget() == (0, 0)
    settings.EMAIL_KEPT_DAYS = 3
    assert forget() == (1, 0)
    assert QueuedEmail.objects.get().why == "Not sent within 3 days."


def test_email_that_was_given_up_cannot_come_back_but_be_set_aside():
    queued()
    forget()
    assert send_again(QueuedEmail.objects.all()) == []
    assert len(set_aside(QueuedEmail.objects.all())) == 1


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"status": "dead", "why": "The mail server said: 550 canary7"}, "Details removed."),
        ({"status": "skipped", "why": "Set aside by staff. 550 canary7"}, "Details removed."),
        (SENT | {"sent_at": MONTH_AGO, "why": "canary7"}, ""),
    ],
)
def test_reason_goes_with_the_rest(fields, kept):
    queued(**fields)
    assert len(places_of("Canary7")) > 2
    assert forget() == (0, 1)
    assert places_of("Canary7") == []
    assert QueuedEmail.objects.get().why == kept
    assert forget() == (0, 0)


@pytest.mark.parametrize("fields", [SENT | {"sent_at": MONTH_AGO}, {"status": "dead", "why": "The server was away."}])
def test_email_that_is_put_back_on_its_last_day_is_kept_until_it_was_sent_and_from_then(fields):
    row = queued(**fields)
    with time_machine.travel(NOW - timedelta(minutes=1), tick=False):
        send_again(QueuedEmail.objects.all())
    assert forget() == (0, 0)
    again = QueuedEmail.objects.get()
    assert (again.to, again.status, again.sent_at) == (row.to, "waiting", None)
    assert (again.sent_subject, again.sent_text, again.sent_html) == ("", "", "")
    with time_machine.travel(NOW, tick=False):
        send_round()
    assert forget(NOW + timedelta(days=29)) == (0, 0)
    assert QueuedEmail.objects.get().status == "sent"
    assert forget(NOW + timedelta(days=30)) == (0, 1)


def test_email_that_is_put_back_and_never_sent_is_given_up_after_as_many_days():
    queued(**SENT, sent_at=MONTH_AGO)
    with time_machine.travel(NOW, tick=False):
        send_again(QueuedEmail.objects.all())
    assert forget(NOW + timedelta(days=29)) == (0, 0)
    assert forget(NOW + timedelta(days=30)) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_email_that_was_given_up_is_no_longer_taken():
    row = queued()
    forget()
    with time_machine.travel(NOW, tick=False):
        assert claim(row.pk) is None
