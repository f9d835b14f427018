"""Who comes to a date: the page, the table for the leader, giving a place back."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.utils.html import strip_tags

from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.guides.admin.posting import act_on, messages_of
from tests.workshops.admin.conftest import NOW
from tests.workshops.queued import queued
from workshops.actions import cancel_date
from workshops.models import WorkshopDate

pytestmark = pytest.mark.django_db


def address(date, page="people/"):
    return f"/admin/workshops/workshopdate/{date.pk}/{page}"


def give_back(*sign_ups):
    return f"/admin/workshops/signup/give-back/?{'&'.join(f'who={each.pk}' for each in sign_ups)}"


def rows(page):
    """The texts of the cells of each row of the tables, without their headings."""
    found = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in page.split("<tr>") if "<td" in row]
    return [[" ".join(strip_tags(cell).split()) for cell in cells] for cells in found]


def statuses(date):
    return [each.status for each in date.sign_ups.order_by("pk")]


def test_people_are_listed_in_order_with_what_the_leader_must_know(organiser):
    date, hull = factories.workshop_date(capacity=2), factories.council(name="Hull City Council")
    for name, status in (("Ann", "placed"), ("Bob", "placed"), ("Cy", "waiting"), ("Di", "given back")):
        more = {"council": hull, "access_needs": "Captions", "email": f"{name.lower()}@example.org"}
        factories.sign_up(date=date, name=name, status=status, **more)
    date.sign_ups.filter(name="Bob").update(council=None, access_needs="")
    page = organiser.get(address(date)).content.decode()
    assert "2 of 2 taken, 0 free, 1 waiting" in page
    assert [[*row[:5], row[6]] for row in rows(page)] == [
        ["1", "Ann", "ann@example.org", "Hull City Council", "Captions", "Give back this place: Ann"],
        ["2", "Bob", "bob@example.org", "", "", "Give back this place: Bob"],
        ["1", "Cy", "cy@example.org", "Hull City Council", "Captions", "Take off the list: Cy"],
    ]


def test_people_of_a_cancelled_date_are_those_whose_places_ended_with_it(organiser):
    date = factories.workshop_date(capacity=1)
    # Long names: the token of a form may hold "Cy" by chance.
    for name, status in (("Annabel", "placed"), ("Cyrilla", "waiting"), ("Dietmar", "given back")):
        placed_at = None if status == "waiting" else date.updated_at
        factories.sign_up(date=date, name=name, status=status, email=f"{name.lower()}@example.org", placed_at=placed_at)
    cancel_date(date=date, because="Ill.", now=NOW)
    page = organiser.get(address(date)).content.decode()
    assert [row[:3] for row in rows(page)] == [
        ["1", "Annabel", "annabel@example.org"],
        ["1", "Cyrilla", "cyrilla@example.org"],
    ]
    had, waited = page.index("Had a place until it was cancelled"), page.index("Waited until it was cancelled")
    assert had < page.index("Annabel") < waited < page.index("Cyrilla")
    assert ("0 of 1 taken" in page, "Message to everyone" in page, "Give back" in page) == (False, False, False)
    assert table(organiser.get(address(date, "people.csv")))[1:] == [
        ["Annabel", "the date was cancelled", "", ""],
        ["Cyrilla", "the date was cancelled", "", ""],
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_people_takes_the_same_number_of_queries(organiser, django_assert_num_queries, number):
    date = factories.workshop_date()
    for _ in range(number):
        factories.sign_up(date=date, council=factories.council())
    with django_assert_num_queries(5):
        organiser.get(address(date))


@pytest.mark.parametrize("number", [1, 3])
def test_table_for_the_leader_takes_the_same_number_of_queries(organiser, django_assert_num_queries, number):
    date = factories.workshop_date()
    for status in ("placed", "waiting"):
        for _ in range(number):
            factories.sign_up(date=date, status=status, council=factories.council())
    with django_assert_num_queries(5):
        organiser.get(address(date, "people.csv"))


def table(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_table_for_the_leader_has_no_addresses_and_opens_in_excel(organiser):
    date = factories.workshop_date(workshop=factories.workshop(slug="masking"))
    hull = factories.council(name="Hull City Council")
    factories.sign_up(date=date, name="Zoë", access_needs="BSL, please\nand chat", council=hull)
    factories.sign_up(date=date, name="=HYPERLINK(1)", access_needs="+1", status="waiting")
    factories.sign_up(date=date, name="Gone", status="given back")
    response = organiser.get(address(date, "people.csv"))
    assert response.content.startswith(b"\xef\xbb\xbfName,")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="masking-2026-12-10.csv"'
    assert "no-store" in response["Cache-Control"]
    assert table(response) == [
        ["Name", "Status", "Access needs", "Council"],
        ["Zoë", "has a place", "BSL, please\nand chat", "Hull City Council"],
        ["'=HYPERLINK(1)", "on the waiting list", "'+1", ""],
    ]


def test_table_has_addresses_when_asked_for(organiser):
    sign_up = factories.sign_up(email="ann@example.org")
    response = organiser.get(address(sign_up.date, "people.csv?emails=1"))
    assert table(response)[1] == ["Ann", "has a place", "", "", "ann@example.org"]


def test_place_is_given_back_after_a_question_and_goes_to_the_first_who_waits(organiser):
    date = factories.workshop_date(capacity=1)
    ann = factories.sign_up(date=date, email="ann@example.org")
    factories.sign_up(date=date, email="w@example.org", status="waiting")
    page = organiser.get(give_back(ann)).content.decode()
    assert f"Ann (ann@example.org): has a place, {date}" in page
    assert (statuses(date), QueuedEmail.objects.count()) == (["placed", "waiting"], 0)
    response = organiser.post(give_back(ann), follow=True)
    assert response.redirect_chain == [(address(date), 302)]
    assert messages_of(response) == ["Done for 1 person. Free places went to those who wait, who are e-mailed."]
    assert statuses(date) == ["given back", "placed"]
    assert WorkshopDate.objects.get().taken == 1
    assert queued() == [("given_back", "ann@example.org"), ("promoted", "w@example.org")]


def test_several_places_are_given_back_from_the_list(organiser):
    chosen = [factories.sign_up(), factories.sign_up(status="waiting")]
    response = act_on(organiser, chosen, "give_back_selected")
    assert [path.partition("?")[0] for path, _ in response.redirect_chain] == ["/admin/workshops/signup/give-back/"]
    assert set(response.context["sign_ups"]) == set(chosen)
    response = organiser.post(give_back(*chosen), follow=True)
    assert response.redirect_chain == [("/admin/workshops/signup/", 302)]
    assert [each.date.sign_ups.get().status for each in chosen] == ["given back", "left"]


def test_more_than_an_address_can_hold_are_not_given_back_at_once(organiser):
    date = factories.workshop_date(capacity=101)
    chosen = [factories.sign_up(date=date) for _ in range(101)]
    response = act_on(organiser, chosen, "give_back_selected")
    assert response.redirect_chain == [("/admin/workshops/signup/", 302)]
    assert messages_of(response) == [
        "You chose 101 people. This works for at most 100 at once, and nothing was done. "
        "Narrow the list, to one date for instance."
    ]
    response = act_on(organiser, chosen[1:], "give_back_selected")
    assert (len(response.context["sign_ups"]), len(response.request["QUERY_STRING"]) < 4000) == (100, True)


def test_what_has_begun_is_not_given_back(organiser):
    over = factories.sign_up(date=factories.workshop_date(starts_at=datetime(2026, 11, 1, 19, tzinfo=UTC)))
    page = organiser.get(address(over.date)).content.decode()
    assert "Give back this place" not in page
    response = organiser.post(give_back(over), follow=True)
    assert messages_of(response) == ["1 person had nothing to give back any more."]
    assert (statuses(over.date), queued()) == (["placed"], [])


def test_nobody_is_given_back_twice(organiser):
    gone = factories.sign_up(status="given back")
    assert "None of them has a place" in organiser.get(give_back(gone)).content.decode()
    for who in ("x", "999", "9" * 23, "9" * 5000):
        page = organiser.get(f"/admin/workshops/signup/give-back/?who={who}")
        assert "None of them has a place" in page.content.decode()
    organiser.post(give_back(gone))
    assert queued() == []
