from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from tests.workshops.admin.conftest import NOW

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 19, tzinfo=UTC)


def test_start_page_shows_how_the_next_workshops_fill_up(organiser):
    workshop = factories.workshop(title="Masking")
    date = factories.workshop_date(workshop=workshop, capacity=1)
    factories.sign_up(date=date)
    factories.sign_up(date=date, status="waiting")
    factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=1))
    for fields in ({"status": "draft"}, {"status": "cancelled"}, {"starts_at": START - timedelta(days=30)}):
        factories.workshop_date(**fields)
    response = organiser.get("/admin/")
    assert [each.workshop for each in response.context["next_dates"]] == [workshop, workshop]
    page = response.content.decode()
    assert "<span>10 December 2026, 7pm: 1 of 1 taken, 1 waiting</span>" in page
    assert "<span>11 December 2026, 7pm: 0 of 10 taken</span>" in page


def test_start_page_warns_of_dates_that_start_soon_without_a_link(organiser):
    soon = factories.workshop_date(starts_at=NOW + timedelta(days=3), joining_link="")
    page = organiser.get("/admin/").content.decode()
    assert "Starts soon, and has no link to join:" in page
    assert page.count(f'<a href="/admin/workshops/workshopdate/{soon.pk}/change/">{soon}</a>') == 1
    soon.joining_link = "https://meet.example/room"
    soon.save()
    assert "no link to join" not in organiser.get("/admin/").content.decode()


def test_start_page_says_when_no_date_is_open(organiser):
    assert "No date is open." in organiser.get("/admin/").content.decode()


def test_start_page_shows_workshops_only_to_those_who_may_see_them(client):
    client.force_login(factories.staff("view_guide"))
    assert "Workshops filling up" not in client.get("/admin/").content.decode()


def test_workshops_come_before_their_dates_and_people(organiser):
    apps = {app["name"]: app["models"] for app in organiser.get("/admin/").context["app_list"]}
    assert [model["name"] for model in apps["Workshops"]] == ["Workshops", "Dates", "Sign-ups"]
