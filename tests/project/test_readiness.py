"""/readyz: 503 when this process cannot serve; what a person should look at takes nothing away."""

from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from sendguide.outbox.models import JobRun
from tests import factories

Usage = namedtuple("Usage", "free")


@pytest.fixture
def working(db):
    now = timezone.now()
    JobRun.objects.create(name="e-mail", started_at=now, finished_at=now)


def asked(client):
    """Status code, status, and the checks that are not well."""
    response = client.get("/readyz")
    answer = response.json()
    unwell = {name for name, check in answer["checks"].items() if check["status"] != "ok"}
    return response.status_code, answer["status"], unwell


def test_all_is_well(client, working):
    response = client.get("/readyz")
    answer = response.json()
    assert answer["checks"].pop("disk")["free_megabytes"] > 0
    assert answer["checks"].pop("worker")["seconds"] < 60
    assert answer == {
        "status": "ok",
        "checks": {
            "database": {"status": "ok"},
            "migrations": {"status": "ok", "pending": 0},
            "mail": {"status": "ok", "stuck": 0, "oldest_seconds": 0},
        },
    }
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert not response.cookies


def test_pending_migration_is_not_ready(client, working):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'guard'")
    assert asked(client) == (503, "not ready", {"migrations"})


def test_migration_of_a_version_to_come_is_no_hindrance(client, working):
    """The database is migrated before the last process has been started again."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('guides', '9999', '2026-12-01')")
    assert asked(client)[:2] == (200, "ok")


def test_database_that_is_away_is_not_ready(client, working, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", take_away)
        assert asked(client) == (503, "not ready", {"database"})
        assert client.get("/healthz").json() == {"status": "ok"}


def take_away(*arguments, **options):
    raise OperationalError("connection refused for anna")


def test_stuck_email_silent_worker_and_full_disk_are_to_be_looked_at(client, working, monkeypatch):
    factories.queued_email(next_attempt_at=timezone.now() - timedelta(minutes=20))
    assert asked(client) == (200, "look", {"mail"})
    JobRun.objects.update(finished_at=timezone.now() - timedelta(minutes=6))
    assert asked(client) == (200, "look", {"mail", "worker"})
    monkeypatch.setattr("sendguide.readiness.shutil.disk_usage", lambda folder: Usage(100))
    assert asked(client) == (200, "look", {"mail", "worker", "disk"})
