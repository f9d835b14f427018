"""Who looks after the site sees when e-mail is stuck: on the start page, and from outside by /healthz."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sendguide.outbox.models import JobRun
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


def test_start_page_says_how_many_emails_could_not_be_sent(start_page):
    sign_of_life(seconds=1)
    assert "Every e-mail could be sent, or is still waiting for its time." in start_page()
    factories.queued_email(status="dead", why="No such user")
    link = '<a href="/admin/outbox/queuedemail/?status__exact=dead">{} could not be sent</a>'
    assert link.format("1 e-mail") in start_page()
    factories.queued_email(status="dead", why="No such user")
    assert link.format("2 e-mails") in start_page()


def test_start_page_says_when_the_job_worker_is_silent(start_page):
    assert "The job worker has never run." in start_page()
    sign_of_life(minutes=6)
    assert "The job worker has not run since" in start_page()
    sign_of_life(minutes=4)
    assert "The job worker has" not in start_page()


def test_start_page_says_nothing_of_emails_to_others(client):
    client.force_login(factories.staff("view_guide"))
    assert "E-mail</h2>" not in client.get("/admin/").content.decode()


def test_health_counts_emails_that_are_dead_or_long_due(client, django_assert_num_queries):
    now = timezone.now()
    long_due = now - timedelta(minutes=16)
    factories.queued_email(status="dead", why="No such user")
    factories.queued_email(next_attempt_at=long_due)
    factories.queued_email(next_attempt_at=long_due, status="sent", sent_at=now)
    factories.queued_email(next_attempt_at=long_due, status="skipped", why="Cancelled.")
    factories.queued_email(next_attempt_at=now - timedelta(minutes=14))
    factories.queued_email(next_attempt_at=now + timedelta(days=1))
    sign_of_life(days=1)
    sign_of_life(seconds=40)
    with django_assert_num_queries(2):
        response = client.get("/healthz")
    assert response.status_code == 200
    answer = response.json()
    assert 40 <= answer.pop("worker_seconds") <= 60
    assert answer == {"status": "ok", "mail_stuck": 2}
