"""Too many wrong passwords."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client

from tests.accounts.people import give_password, logged_in, member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
HERE, THERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def mistype(person, times, **where):
    """The last answer."""
    return [give_password(Client(), person, "not this one", **where) for _ in range(times)][-1]


def gets_in(person, **where):
    client = Client()
    give_password(client, person, **where)
    return logged_in(client)


def test_five_wrong_passwords_lock_out_also_the_right_one(clock):
    person = member()
    assert mistype(person, 4, **HERE).status_code == 200
    page = mistype(person, 1, **HERE)
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (429, "900", "no-store")
    assert "Please try again in 15 minutes." in page.text
    assert give_password(Client(), person, **HERE).status_code == 429
    assert not gets_in(person, **HERE)


def test_page_tells_how_long_it_still_lasts_and_trying_makes_it_no_longer(clock):
    person = member()
    mistype(person, 5, **HERE)
    clock.shift(timedelta(minutes=10))
    assert "Please try again in 5 minutes." in mistype(person, 1, **HERE).text
    clock.shift(timedelta(minutes=5, seconds=1))
    assert gets_in(person, **HERE)


def test_right_password_makes_wrong_ones_forgotten(clock):
    person = member()
    mistype(person, 4, **HERE)
    assert gets_in(person, **HERE)
    assert AccessAttempt.objects.count() == 0
    assert mistype(person, 4, **HERE).status_code == 200


def test_stranger_locks_out_neither_the_person_nor_a_colleague_beside_them(clock):
    person, colleague = member(), member()
    mistype(person, 5, **THERE)
    assert gets_in(person, **HERE)
    assert gets_in(colleague, **THERE)


def test_name_that_is_tried_from_everywhere_is_locked(clock):
    person = member()
    for number in range(12):
        mistype(person, 4, REMOTE_ADDR=f"192.0.2.{number + 10}")
    assert gets_in(person, **HERE)
    for number in range(13):
        mistype(person, 4, REMOTE_ADDR=f"198.51.100.{number}")
    assert not gets_in(person, **HERE)


def test_connection_that_tries_many_names_is_locked(clock):
    for _ in range(13):
        mistype(member(), 4, **THERE)
    person = member()
    assert not gets_in(person, **THERE)
    assert gets_in(person, **HERE)


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 429)])
def test_made_up_address_is_not_believed(settings, clock, proxies, status):
    settings.TRUSTED_PROXIES = proxies
    person = member()
    for number in range(5):
        seen = ", 203.0.113.9" if proxies else ""
        page = mistype(person, 1, **HERE, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}{seen}")
    assert page.status_code == status
    assert {each.ip_address for each in AccessAttempt.objects.all()} == {"203.0.113.9" if proxies else "192.0.2.1"}


def test_what_a_trusted_proxy_says_tells_visitors_apart(settings, clock):
    settings.TRUSTED_PROXIES = 1
    person = member()
    mistype(person, 5, **HERE, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert gets_in(person, **HERE, HTTP_X_FORWARDED_FOR="203.0.113.10")


def test_network_of_an_ipv6_address_is_one_connection(clock):
    person = member()
    for number in range(5):
        page = mistype(person, 1, REMOTE_ADDR=f"2001:db8::{number + 1}")
    assert page.status_code == 429


def test_neither_names_nor_addresses_nor_passwords_are_logged(clock, caplog):
    person = member(username="Canary7")
    with caplog.at_level(logging.DEBUG):
        mistype(person, 6, **HERE)
    assert "Locking out somebody after repeated login failures." in caplog.text
    assert [word for word in ("canary7", "192.0.2.1", "not this one") if word in caplog.text.lower()] == []


def test_password_is_kept_nowhere(clock):
    mistype(member(), 6, **HERE)
    assert [each.post_data for each in AccessAttempt.objects.all() if "not this one" in each.post_data] == []


def test_manager_lets_somebody_in_again(client):
    person = member(username="Marta")
    mistype(person, 5, **HERE)
    client.force_login(member("view_failedlogin", "delete_failedlogin"))
    address = "/admin/accounts/failedlogin/"
    page = client.get(address)
    assert ("Marta" in page.text, "192.0.2.1" in page.text, "not locked out" in page.text) == (True, True, False)
    data = {"action": "let_in", "_selected_action": [AccessAttempt.objects.get().pk]}
    page = client.post(address, data, follow=True)
    assert "They can try again now: Marta." in page.text
    assert gets_in(person, **HERE)
    assert "Marta" not in LogEntry.objects.get().object_repr


def test_who_may_only_look_lets_nobody_in(client):
    mistype(member(), 5, **HERE)
    client.force_login(member("view_failedlogin"))
    data = {"action": "let_in", "_selected_action": [AccessAttempt.objects.get().pk]}
    client.post("/admin/accounts/failedlogin/", data)
    assert AccessAttempt.objects.count() == 1


def test_command_lets_somebody_in_again(capsys):
    person = member()
    mistype(person, 5, **HERE)
    call_command("axes_reset_username", person.username)
    assert gets_in(person, **HERE)
