"""Personal details go when their time is over: from rows, their history, the staff site's log and old sessions."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from sendguide.privacy.purge import Purged, batches, purge
from tests import factories
from tests.privacy.canary import places_of
from tests.privacy.people.models import Guest, Letter, Stay, Visitor

NOW = datetime(2026, 12, 1, 3, 30, tzinfo=UTC)
LAST_DAY = NOW - timedelta(days=30)
HistoricalGuest = Guest.history.model

pytestmark = pytest.mark.django_db


def guest(name="Canary7", ended=LAST_DAY, **fields):
    """Whose time is just over, with one version in the history."""
    stay = Stay.objects.create(ends_at=ended)
    return Guest.objects.create(**{"stay": stay, "name": name, "details": {"asked": name}} | fields)


def log_entry(row, model=Guest):
    """What the staff site writes when somebody changes ``row``."""
    return LogEntry.objects.create(
        user=factories.staff(),
        content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
        object_id=str(row.pk),
        object_repr=str(row),
        action_flag=CHANGE,
        change_message=f"Called {row}.",
    )


def counts(**options):
    """By name of model; what was not found is left out."""
    return {model.__name__: rows for model, rows, _ in purge(now=NOW, **options) if rows}


def test_row_keeps_everything_until_its_last_day_is_over():
    guest(ended=LAST_DAY + timedelta(seconds=1))
    assert counts() == {}
    assert Guest.objects.get().name == "Canary7"


def test_details_go_and_the_rest_of_the_row_stays():
    row = guest(email_key="canary7")
    assert counts() == {"Guest": 1, "HistoricalGuest": 1}
    row.refresh_from_db()
    assert (row.name, row.email_key, row.details) == ("", None, {})
    assert (row.phone_kind, row.stay.ends_at) == ("mobile", LAST_DAY)


def test_each_model_has_its_own_rule(settings):
    settings.EMAIL_KEPT_DAYS = 3
    for days in (None, 2, 3):
        Letter.objects.create(to=f"{days}", sent_at=days and NOW - timedelta(days=days))
    assert counts() == {"Letter": 1}
    assert list(Letter.objects.order_by("pk").values_list("to", flat=True)) == ["None", "2", ""]


def test_setting_says_how_long(settings):
    guest()
    settings.PLACE_KEPT_DAYS = 31
    assert counts() == {}


def test_person_is_found_nowhere_afterwards():
    row = guest(email_key="canary7")
    row.phone_kind = "landline"
    row._change_reason = "Canary7 rang"
    row.save()
    log_entry(row)
    log_entry(row, Visitor)
    assert len(places_of("Canary7")) == 9
    assert counts() == {"Guest": 1, "HistoricalGuest": 2, "LogEntry": 2}
    assert places_of("Canary7") == []
    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {"Details removed"}


def test_person_whom_staff_deleted_is_found_nowhere_afterwards():
    row = guest(ended=NOW)
    log_entry(row)
    row.delete()
    assert counts() == {"HistoricalGuest": 2, "LogEntry": 1}
    assert places_of("Canary7") == []


def test_others_are_left_alone():
    guest()
    other = guest("Canary8", ended=NOW, email_key="canary8")
    log_entry(other)
    # Has the guest's number, and is no guest.
    log_entry(Stay(pk=other.pk + 1, ends_at=NOW), Stay)
    before = places_of("Canary8")
    assert counts() == {"Guest": 1, "HistoricalGuest": 1}
    assert places_of("Canary8") == before
    assert LogEntry.objects.filter(object_repr="Details removed").count() == 0


def test_what_is_blank_is_not_counted_again():
    log_entry(guest())
    assert counts() == {"Guest": 1, "HistoricalGuest": 1, "LogEntry": 1}
    assert counts() == {}


def test_row_in_which_something_is_left_is_blanked_again():
    row = guest()
    purge(now=NOW)
    Guest.objects.filter(pk=row.pk).update(details={"late": "Canary7"})
    assert counts() == {"Guest": 1}


def test_dry_run_foretells_and_changes_nothing():
    log_entry(guest())
    guest("Canary8")
    Session.objects.create(session_key="a", expire_date=NOW)
    before = (list(Guest.objects.values()), list(HistoricalGuest.objects.values()), list(LogEntry.objects.values()))
    foretold = counts(dry_run=True)
    assert foretold == {"Guest": 2, "HistoricalGuest": 2, "LogEntry": 1, "Session": 1}
    after = (list(Guest.objects.values()), list(HistoricalGuest.objects.values()), list(LogEntry.objects.values()))
    assert after == before
    assert counts() == foretold


def test_sessions_that_ended_are_deleted():
    Session.objects.create(session_key="old", expire_date=NOW)
    Session.objects.create(session_key="new", expire_date=NOW + timedelta(seconds=1))
    assert counts() == {"Session": 1}
    assert Session.objects.get().session_key == "new"


def test_answer_names_every_model_and_its_rule():
    made_up = {Guest, HistoricalGuest, Letter, Session}
    answer = purge(now=NOW)
    assert [each for each in answer if each.model in made_up or re.search("guests|letters", each.rule)] == [
        Purged(Guest, 0, "30 days after the stay ended (PLACE_KEPT_DAYS)"),
        Purged(HistoricalGuest, 0, "of guests that are blank or gone"),
        Purged(LogEntry, 0, "about guests that are blank or gone"),
        Purged(Letter, 0, "30 days after it was sent (EMAIL_KEPT_DAYS)"),
        Purged(LogEntry, 0, "about letters that are blank or gone"),
        Purged(Session, 0, "after they ended"),
    ]


def test_each_batch_is_a_few_rows():
    for number in range(5):
        guest(f"Guest {number}")
    due = Guest.objects.exclude(name="")
    assert [part.update(name="") for part in batches(due, 2)] == [2, 2, 1]


def test_batch_leaves_a_row_that_is_not_due_any_more():
    row = guest()
    (part,) = batches(Guest.PERSONAL.overdue(Guest.objects.all(), NOW), 2)
    Stay.objects.update(ends_at=NOW)
    assert part.update(name="") == 0
    row.refresh_from_db()
    assert row.name == "Canary7"


@pytest.mark.django_db(transaction=True)
def test_purge_that_was_killed_is_ended_by_the_next(monkeypatch):
    rows = [guest(f"Canary7n{number}") for number in range(5)]
    log_entry(rows[0])
    update, updates = QuerySet.update, []

    def killed(self, **values):
        if len(updates) == 2:
            raise KeyboardInterrupt
        updates.append(update(self, **values))
        return updates[-1]

    monkeypatch.setattr(QuerySet, "update", killed)
    with pytest.raises(KeyboardInterrupt):
        purge(now=NOW, batch=2)
    monkeypatch.undo()
    assert (updates, Guest.objects.filter(name="").count()) == ([2, 2], 4)
    assert counts() == {"Guest": 1, "HistoricalGuest": 5, "LogEntry": 1}
    assert places_of("Canary7n0") == []


def test_wrong_passwords_go_a_week_after_the_last_one():
    fields = {"username": "Canary7", "ip_address": "192.0.2.1", "failures_since_start": 5}
    for days, agent in ((7, "old"), (6, "new")):
        AccessAttempt.objects.create(**fields, user_agent=agent)
        AccessAttempt.objects.filter(user_agent=agent).update(attempt_time=NOW - timedelta(days=days))
    assert counts(dry_run=True) == {"AccessAttempt": 1}
    assert [str(each) for each in purge(now=NOW)][-1] == (
        "1 access attempt: 7 days after the last wrong password (LOGIN_TRIES_KEPT_DAYS)"
    )
    assert AccessAttempt.objects.get().user_agent == "new"
