"""A backup is one moment, whatever goes on meanwhile, and keeps nobody waiting."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from sendguide.backup import postgresql, sqlite
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.backup.copies import another_site, backed_up, everything, restored
from tests.bookings.invariants import broken as broken_calls
from tests.races.invariants import broken
from workshops.actions import Applicant, sign_up
from workshops.models import SignUp

PEOPLE = 3


def sign_up_until_told(date, council, stop):
    """How many there were."""
    number = 0
    try:
        while not stop.is_set():
            person = Applicant(name="Ann", email=f"{uuid4()}@example.org", council=council, submission_id=uuid4())
            sign_up(date_id=date.pk, applicant=person, now=timezone.now())
            number += 1
    finally:
        connections.close_all()
    return number


def test_backups_while_people_sign_up_are_whole_and_lose_nobody(transactional_db, settings, tmp_path):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    council = factories.council()
    date = factories.workshop_date(capacity=30_000, starts_at=factories.next_month())
    stop = Event()
    with ThreadPoolExecutor(PEOPLE) as pool:
        people = [pool.submit(sign_up_until_told, date, council, stop) for _ in range(PEOPLE)]
        try:
            backups = [backed_up(tmp_path / f"{number}.tar") for number in range(3)]
        finally:
            stop.set()
        assert sum(person.result() for person in people) == SignUp.objects.count()
    found = []
    for number, backup in enumerate(backups):
        with another_site(tmp_path / f"site-{number}"):
            restored(backup)
            assert (broken(), broken_calls()) == ([], [])
            assert QueuedEmail.objects.count() == SignUp.objects.count()
            found.append(SignUp.objects.count())
    assert found == sorted(found)
    # People did sign up between the first and the last.
    assert found[0] < found[-1] < SignUp.objects.count() + 1


def test_what_comes_behind_the_moment_is_in_no_part_of_it(full_site, tmp_path, monkeypatch):
    """Something of several tables is written after the copy has begun and before it is read."""
    rows = everything()
    module, name = {"sqlite": (sqlite, "read_facts"), "postgresql": (postgresql, "_run")}[connection.vendor]
    real = getattr(module, name)
    written = []

    def write_first(*arguments, **options):
        if not written:
            written.append(factories.sign_up())
        return real(*arguments, **options)

    monkeypatch.setattr(module, name, write_first)
    backup = backed_up(tmp_path / "backup.tar")
    assert SignUp.objects.filter(pk=written[0].pk).exists()
    with another_site(tmp_path / "other"):
        restored(backup)
        assert everything() == rows


@pytest.mark.parametrize("ends_well", [True, False])
def test_act_that_has_not_ended_is_not_in_it_and_goes_on(full_site, tmp_path, ends_well):
    """On PostgreSQL and SQLite alike: a backup neither waits for a transaction nor makes it wait."""
    rows = everything()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("UPDATE workshops_workshopdate SET capacity = capacity + 1")
            backup = backed_up(tmp_path / "backup.tar")
            cursor.execute("COMMIT" if ends_well else "ROLLBACK")
    finally:
        other.close()
    assert (everything() == rows) is not ends_well
    with another_site(tmp_path / "other"):
        restored(backup)
        assert everything() == rows
