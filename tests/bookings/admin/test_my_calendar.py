"""The private address of an adviser's calendar."""

import pytest
from django.contrib.admin.models import LogEntry

from bookings.links import DeadLink, adviser_for, feed_path
from bookings.models import Adviser
from tests import factories
from tests.guides.admin.posting import desk, fields_of, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
PAGE = "/admin/bookings/my-calendar/"


def token_in(path):
    return path.split("/")[-2]


def test_adviser_finds_the_address_of_the_own_calendar(amiras, amira, settings):
    settings.SITE_URL = "https://sendguide.example"
    page = amiras.get(PAGE).content.decode()
    assert f'value="https://sendguide.example{feed_path(amira)}"' in page
    assert f'href="webcal://sendguide.example{feed_path(amira)}"' in page
    assert adviser_for(token_in(feed_path(amira))) == amira


def test_new_address_stops_the_old_one(amiras, amira):
    other = factories.adviser(user=factories.staff())
    old = token_in(feed_path(amira))
    response = amiras.post(PAGE, fields_of(amiras.get(PAGE)), follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert messages_of(response) == ["Your calendar has a new address. The old one has stopped: subscribe to this one."]
    with pytest.raises(DeadLink):
        adviser_for(old)
    amira.refresh_from_db()
    assert feed_path(amira) in response.content.decode()
    assert adviser_for(token_in(feed_path(other))) == other
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == ("Amira", "Made a new address for the calendar.")


def test_manager_stops_the_address_of_another(client, amira):
    client.force_login(factories.staff("change_adviser", "view_adviser"))
    old = token_in(feed_path(amira))
    page = client.get(desk(amira)).content.decode()
    address = f"/admin/bookings/adviser/{amira.pk}/new-calendar/"
    assert f'action="{address}"' in page
    client.get(address)
    assert adviser_for(old) == amira
    response = client.post(address, follow=True)
    assert response.redirect_chain == [(desk(amira), 302)]
    sentence = "The calendar address of Amira has stopped. “My calendar” shows them a new one."
    assert messages_of(response) == [sentence]
    with pytest.raises(DeadLink):
        adviser_for(old)
    amira.refresh_from_db()
    assert feed_path(amira) not in response.content.decode()
    assert LogEntry.objects.get().change_message == "Made a new address for the calendar."
    assert client.post("/admin/bookings/adviser/0/new-calendar/").status_code == 404


def test_who_does_not_manage_advisers_stops_no_address(amiras, amira):
    address = f"/admin/bookings/adviser/{amira.pk}/new-calendar/"
    assert address not in amiras.get("/admin/bookings/my-hours/").content.decode()
    assert amiras.post(address).status_code == 403
    assert Adviser.objects.get().feed_version == 1


def test_adviser_without_account_has_no_address_to_stop(manager):
    assert "new-calendar" not in manager.get(desk(factories.adviser())).content.decode()


def test_looking_makes_no_new_address(amiras):
    amiras.get(PAGE)
    amiras.head(PAGE)
    assert Adviser.objects.get().feed_version == 1


def test_address_of_another_purpose_opens_no_calendar(amira):
    with pytest.raises(DeadLink):
        adviser_for("made-up:token")


def test_account_without_adviser_is_told_what_to_do(manager):
    for response in (manager.get(PAGE), manager.post(PAGE)):
        assert response.status_code == 404
        assert "Your account does not belong to an adviser yet." in response.content.decode()


def test_adviser_without_the_right_to_see_calls_has_no_calendar_page(client):
    adviser = factories.adviser(user=factories.staff("view_guide"))
    client.force_login(adviser.user)
    assert [client.get(PAGE).status_code, client.post(PAGE).status_code] == [403, 403]
    assert Adviser.objects.get().feed_version == 1


def test_visitors_are_sent_to_the_login_page(client):
    assert client.post(PAGE)["Location"] == f"/admin/login/?next={PAGE}"
