"""The private address of an adviser's calendar."""

import pytest
from django.contrib.admin.models import LogEntry

from bookings.links import DeadLink, adviser_for, feed_path
from bookings.models import Adviser
from tests import factories
from tests.guides.admin.posting import fields_of, messages_of

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
    other = factories.adviser()
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
