"""Who looks after the site sees when e-mail is stuck: on the start page, and from outside by /readyz."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from sendguide.outbox.models import JobRun, QueuedEmail
from sendguide.outbox.sending import BACK_OFF, send_round
from tests import factories

pytestmark = pytest.mark.django_db


def sign_of_life(**ago):
    moment = timezone.now() - timedelta(**ago)
    JobRun.objects.create(name=f"job-{moment}", started_at=moment, finished_at=moment)


@pytest.fixture
def start_page(client):
    """What the start page says to those who may see e-mails."""
    client.force_login(factories.staff("view_queuedemail"))
    return lambda: client.get("/admin/").content.decode()


def test_start_page_says_how_many_emails_are_stuck(start_page):
    sign_of_life(seconds=1)
    assert "Every e-mail could be sent, or is still waiting for its time." in start_page()
    factories.queued_email(status="dead", why="No such user")
    link = '<a href="/admin/outbox/queuedemail/?stuck=yes">{} stuck</a>'
    assert link.format("1 e-mail is") in start_page()
    factories.queued_email(attempts=3, next_attempt_at=timezone.now() + timedelta(hours=1))
    assert link.format("2 e-mails are") in start_page()


def test_link_of_the_start_page_shows_those_that_are_stuck(client, start_page):
    stuck = {
        factories.queued_email(status="dead", why="No such user"),
        factories.queued_email(next_attempt_at=timezone.now() - timedelta(minutes=16)),
        factories.queued_email(attempts=3, next_attempt_at=timezone.now() + timedelta(hours=1)),
    }
    factories.queued_email()
    found = client.get(re.search(r'"([^"]+)">3 e-mails are stuck', start_page())[1])
    assert set(found.context["cl"].result_list) == stuck
    assert client.get("/readyz").json()["checks"]["mail"]["stuck"] == 3


def test_server_that_puts_everything_off_is_seen_at_every_moment(server):
    server.answers["RCPT"] = ["451 4.3.0 Later"] * 20
    factories.queued_email()
    now, found = timezone.now(), []
    for _ in range(len(BACK_OFF) + 1):
        with time_machine.travel(now, tick=False):
            send_round()
        row = QueuedEmail.objects.get()
        found.append(QueuedEmail.objects.stuck(now).count())
        now = row.next_attempt_at
    assert found == [0, 0, *[1] * (len(BACK_OFF) - 1)]


def test_start_page_says_what_keeps_a_job_from_its_work(start_page):
    moment = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    JobRun.objects.create(name="places", started_at=moment - timedelta(days=1), problem="Something older.")
    assert "The job “places” cannot do its work" in start_page()
    problem = "The mail server does not answer: Connection refused."
    run = JobRun.objects.create(name="e-mail", started_at=moment, problem=problem)
    page = start_page()
    assert f"The job “e-mail” cannot do its work (last tried: 24 November 2026, 10:30am). {problem}" in page
    assert "Something older." not in page
    JobRun.objects.update(problem="")
    assert f"The job “{run.name}”" not in start_page()


def test_stuck_emails_are_found_by_an_index():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # It would read a table of few rows as a whole, whatever the indexes.
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = QueuedEmail.objects.stuck(timezone.now()).order_by().explain()
    assert ("outbox_email_state_due" in plan, re.findall("SCAN|Seq Scan", plan)) == (True, [])


def test_start_page_says_when_the_job_worker_is_silent(start_page):
    assert "The job worker has never run." in start_page()
    sign_of_life(minutes=6)
    assert "The job worker has not run since" in start_page()
    sign_of_life(minutes=4)
    assert "The job worker has" not in start_page()


def test_start_page_says_nothing_of_emails_to_others(client):
    client.force_login(factories.staff("view_guide"))
    assert "E-mail</h2>" not in client.get("/admin/").content.decode()


def test_health_counts_emails_that_are_dead_long_due_or_tried_in_vain(client, django_assert_num_queries):
    now = timezone.now()
    long_due = now - timedelta(minutes=16)
    factories.queued_email(status="dead", why="No such user")
    factories.queued_email(next_attempt_at=long_due)
    factories.queued_email(next_attempt_at=long_due, status="sent", sent_at=now)
    factories.queued_email(next_attempt_at=long_due, status="skipped", why="Cancelled.")
    factories.queued_email(next_attempt_at=now - timedelta(minutes=14))
    factories.queued_email(next_attempt_at=now + timedelta(days=1))
    factories.queued_email(next_attempt_at=now + timedelta(days=1), attempts=2)
    factories.queued_email(next_attempt_at=now + timedelta(days=1), attempts=3)
    factories.queued_email(attempts=3, status="sent", sent_at=now)
    sign_of_life(days=1)
    sign_of_life(seconds=40)
    client.get("/readyz")  # what the code knows of migrations is read once
    with django_assert_num_queries(4):
        response = client.get("/readyz")
    assert response.status_code == 200
    checks = response.json()["checks"]
    assert 40 <= checks["worker"].pop("seconds") <= 60
    assert checks["worker"] == {"status": "ok"}
    assert checks["mail"].pop("oldest_seconds") >= 15 * 60
    assert checks["mail"] == {"status": "look", "stuck": 3}
