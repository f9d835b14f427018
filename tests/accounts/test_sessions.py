"""How long somebody stays logged in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from sendguide.accounts.sessions import end_sessions
from tests.accounts.people import PASSWORD, give_password, logged_in, member

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def test_who_does_nothing_for_two_hours_is_logged_out(clock, client):
    client.force_login(member())
    clock.shift(timedelta(hours=2))
    assert logged_in(client)
    clock.shift(timedelta(hours=2, seconds=1))
    assert not logged_in(client)
    assert Session.objects.count() == 0


def test_who_goes_on_working_is_logged_out_after_a_day(clock, client):
    client.force_login(member())
    for _ in range(11):
        clock.shift(timedelta(hours=1))
        assert logged_in(client)
    clock.shift(timedelta(minutes=59, seconds=59))
    assert logged_in(client)
    clock.shift(timedelta(seconds=2))
    assert not logged_in(client)


def test_visits_are_written_down_seldom(clock, client, django_assert_num_queries):
    client.force_login(member())
    session = Session.objects.get()
    clock.shift(timedelta(minutes=5))
    client.get("/admin/")
    assert Session.objects.get().session_data == session.session_data
    clock.shift(timedelta(seconds=1))
    client.get("/admin/")
    assert Session.objects.get().session_data != session.session_data


def test_changed_password_ends_all_other_sessions():
    person = member()
    here, there = Client(), Client()
    for client in (here, there):
        give_password(client, person)
    new = "other quiet words"
    here.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert (logged_in(here), logged_in(there)) == (True, False)


def test_sessions_of_one_person_end_and_nobody_elses():
    one, other = member(), member()
    theirs, another, others = Client(), Client(), Client()
    for client, person in ((theirs, one), (another, one), (others, other)):
        client.force_login(person)
    assert end_sessions(one) == 2
    assert [logged_in(client) for client in (theirs, another, others)] == [False, False, True]
