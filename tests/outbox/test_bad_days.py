"""What mail servers do to us, with a real one."""

import logging
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from sendguide.outbox.failures import failure_of
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.sending import BACK_OFF, ServerAway, send_round
from tests import factories
from tests.project.running import free_port

pytestmark = pytest.mark.django_db


def states():
    """(status, attempts, why) of every e-mail, in the order in which they were queued."""
    return list(QueuedEmail.objects.order_by("pk").values_list("status", "attempts", "why"))


def test_emails_are_sent_in_order_over_one_connection(server):
    rows = [factories.queued_email() for _ in range(3)]
    assert send_round() is False
    assert server.recipients == [row.to for row in rows]
    assert server.message_ids == [row.message_id for row in rows]
    assert server.connections == 1
    assert states() == [("sent", 1, "")] * 3


def test_server_that_refuses_connections_costs_no_attempts_and_is_tried_again(server, settings):
    rows = [factories.queued_email() for _ in range(3)]
    settings.EMAIL_PORT = free_port()
    with pytest.raises(ServerAway, match=r"^The mail server does not answer: Connection refused\.$"):
        send_round()
    assert states() == [("waiting", 0, "")] * 3
    settings.EMAIL_PORT = server.port
    send_round()
    assert server.recipients == [row.to for row in rows]


def test_server_that_stalls_costs_one_attempt_of_one_email(server, settings):
    settings.EMAIL_TIMEOUT = 0.2
    first, second = factories.queued_email(), factories.queued_email()
    server.stalled.set()
    with pytest.raises(ServerAway, match=r"timed out"):
        send_round()
    server.stalled.clear()
    assert [state[:2] for state in states()] == [("waiting", 1), ("waiting", 0)]
    # The server may have kept the first: it comes once more, and can be seen to be the same.
    with time_machine.travel(timezone.now() + BACK_OFF[0]):
        send_round()
    assert server.recipients == [first.to, second.to, first.to]
    assert server.message_ids == [first.message_id, second.message_id, first.message_id]
    assert [state[:2] for state in states()] == [("sent", 2), ("sent", 1)]


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_server_that_closes_with_421_is_left_alone_and_recovers(server, step):
    first, second = factories.queued_email(), factories.queued_email()
    server.answers[step] = ["421 4.3.2 Going down"]
    with pytest.raises(ServerAway, match=r"^The mail server said: 421 4\.3\.2 Going down$"):
        send_round()
    assert states() == [("waiting", 1, "The mail server said: 421 4.3.2 Going down"), ("waiting", 0, "")]
    send_round()
    with time_machine.travel(timezone.now() + BACK_OFF[0]):
        send_round()
    assert server.recipients == [second.to, first.to]
    assert states() == [("sent", 2, ""), ("sent", 1, "")]


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_server_that_hangs_up_is_left_alone(server, step):
    factories.queued_email()
    server.answers[step] = ["hang up"]
    with pytest.raises(ServerAway, match=r"^The mail server does not answer: Connection unexpectedly closed"):
        send_round()
    assert [state[:2] for state in states()] == [("waiting", 1)]


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_address_that_is_refused_for_good_ends_one_email(server, step):
    first, second = factories.queued_email(to="gone@family.example"), factories.queued_email()
    server.answers[step] = ["550 5.1.1 <gone@family.example>: no such\tuser"]
    send_round()
    assert states() == [("dead", 1, "The mail server said: 550 5.1.1 <(the address)>: no such user"), ("sent", 1, "")]
    assert server.recipients == [second.to]
    assert first.to not in QueuedEmail.objects.get(pk=first.pk).why


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("<anna.b@family.example>: no such user", "<(the address)>: no such user"),
        ("ANNA.B@FAMILY.EXAMPLE unknown.", "(the address) unknown."),
        (
            "<anna.b@mx1.family.example> relays to Anna.B@xn--fmily-kra.example",
            "<(the address)> relays to (the address)",
        ),
        ("<anna.b>: user unknown", "<(the address)>: user unknown"),
        ("<annaxb>: user unknown", "<annaxb>: user unknown"),
        ("4.2.2 mailbox full", "4.2.2 mailbox full"),
    ],
)
def test_address_is_left_out_however_the_server_spells_it(said, kept):
    refused = smtplib.SMTPRecipientsRefused({"": (550, said.encode())})
    assert failure_of(refused, "Anna.B@family.example").sentence == f"The mail server said: 550 {kept}"


def test_what_a_server_says_is_kept_on_one_line_and_short():
    error = smtplib.SMTPDataError(554, b"no\x00 \r\n more " + b"x" * 400 + b"\xff")
    assert failure_of(error).sentence == "The mail server said: 554 no more " + "x" * 292


def test_what_a_server_cannot_do_ends_one_email():
    failure = failure_of(smtplib.SMTPNotSupportedError("SMTPUTF8 not supported by server"))
    assert failure.sentence == "The mail server cannot take it: SMTPUTF8 not supported by server."
    assert (failure.is_final, failure.is_connection_lost) == (True, False)


@pytest.mark.parametrize("answer", ["450 4.2.0 Greylisted", "451 4.7.1 Later", "452 4.2.2 Mailbox full"])
def test_temporary_refusal_of_one_email_does_not_keep_the_next(server, answer):
    factories.queued_email()
    factories.queued_email()
    server.answers["RCPT"] = [answer]
    before = timezone.now()
    assert send_round() is False
    assert states() == [("waiting", 1, f"The mail server said: {answer}"), ("sent", 1, "")]
    first = QueuedEmail.objects.order_by("pk").first()
    assert timedelta(0) <= first.next_attempt_at - before - BACK_OFF[0] < timedelta(seconds=10)


@pytest.mark.parametrize("answer", ["550 5.7.1 Sender not allowed", "450 Slow down"])
def test_refused_sender_is_our_fault_and_costs_no_email_an_attempt(server, answer):
    factories.queued_email()
    factories.queued_email()
    server.answers["MAIL"] = [answer]
    with pytest.raises(ServerAway, match=rf"^It refuses our sender address\. The mail server said: {answer}$"):
        send_round()
    assert states() == [("waiting", 0, ""), ("waiting", 0, "")]
    assert send_round() is False
    assert [state[0] for state in states()] == ["sent", "sent"]


def test_email_that_is_too_large_is_dead_and_keeps_no_other(server):
    factories.queued_email()
    factories.queued_email()
    server.answers["MAIL"] = ["552 5.3.4 Too large"]
    send_round()
    assert states() == [("dead", 1, "The mail server said: 552 5.3.4 Too large"), ("sent", 1, "")]


def test_waits_grow_to_about_three_days_and_then_it_is_given_up(server):
    factories.queued_email()
    server.answers["RCPT"] = ["450 Not yet"] * 20
    now, waits = timezone.now(), []
    for attempt in range(1, len(BACK_OFF) + 2):
        with time_machine.travel(now, tick=False):
            send_round()
        row = QueuedEmail.objects.get()
        assert row.attempts == attempt
        waits.append(row.next_attempt_at - now)
        now = row.next_attempt_at
    assert (waits[:-1], row.status) == (list(BACK_OFF), "dead")
    assert row.why == "Given up after 9 attempts. The mail server said: 450 Not yet"
    assert timedelta(days=2) < sum(BACK_OFF, timedelta(0)) < timedelta(days=3)


def test_log_names_nobody(server, caplog):
    caplog.set_level(logging.DEBUG, "sendguide")
    factories.queued_email(to="anna@family.example")
    factories.queued_email(to="gone@family.example")
    factories.queued_email(to="two@family.example, three@family.example")
    server.answers["RCPT"] = ["250 OK", "550 gone@family.example unknown"]
    send_round()
    assert [state[0] for state in states()] == ["sent", "dead", "dead"]
    assert "family.example" not in caplog.text
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
