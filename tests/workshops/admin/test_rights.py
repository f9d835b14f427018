"""Who may do what with workshops at the staff's desk."""

from uuid import uuid4

import pytest
from django.test import Client

from tests import factories
from tests.guides.admin.posting import act_on, desk
from tests.workshops.queued import queued
from workshops.models import SignUp, WorkshopDate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_workshop")]
VIEWS = ("view_workshop", "view_workshopdate", "view_signup")
SENT = {"because": "Ill.", "subject": "S", "text": "T", "send": "", "first_day": "17/12/2026", "number": "1"}


def pages_of(date, sign_up):
    acts = [
        f"/admin/workshops/workshopdate/{date.pk}/{act}" for act in ("people/", "people.csv", "people.csv?emails=1")
    ]
    acts += [f"/admin/workshops/workshopdate/{date.pk}/{act}/" for act in ("copies", "cancel", "message")]
    return [*acts, f"/admin/workshops/signup/give-back/?who={sign_up.pk}"]


def statuses(client, date, sign_up):
    return [client.get(page).status_code for page in pages_of(date, sign_up)]


@pytest.mark.parametrize("make", [factories.workshop, factories.workshop_date, factories.sign_up])
def test_staff_without_the_right_are_refused(client, make):
    row = make()
    client.force_login(factories.staff())
    for act in ("changelist", "change"):
        assert client.get(desk(type(row) if act == "changelist" else row, act)).status_code == 403


def test_visitors_are_sent_to_the_login_page(client):
    sign_up = factories.sign_up()
    for page in pages_of(sign_up.date, sign_up):
        for response in (client.get(page), client.post(page, SENT)):
            assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize(
    ("permissions", "allowed"),
    [
        # people, table, table with addresses, copies, cancelling, message, giving back
        ((), [403, 403, 403, 403, 403, 403, 403]),
        (("view_workshopdate",), [403, 403, 403, 403, 403, 403, 403]),
        (VIEWS, [200, 200, 403, 403, 403, 403, 403]),
        (("change_workshopdate",), [403, 403, 403, 403, 200, 200, 403]),
        (("add_workshopdate",), [403, 403, 403, 200, 403, 403, 403]),
        (("view_signup", "change_workshopdate"), [200, 200, 200, 403, 200, 200, 200]),
    ],
)
def test_each_page_of_a_date_has_its_right(client, permissions, allowed):
    sign_up = factories.sign_up()
    client.force_login(factories.staff(*permissions))
    assert statuses(client, sign_up.date, sign_up) == allowed


def test_the_right_to_view_changes_nothing(client):
    sign_up = factories.sign_up()
    date, before = sign_up.date, WorkshopDate.objects.values().get()
    client.force_login(factories.staff(*VIEWS))
    for row in (date.workshop, date):
        page = client.get(desk(row)).content.decode()
        assert ('name="_save"' in page, "opened_at" in page) == (False, False)
        for act in ("change", "delete"):
            assert client.post(desk(row, act), {"post": "yes", "title": "X", "leader": "X"}).status_code == 403
        assert client.post(desk(type(row), "add"), {"title": "X"}).status_code == 403
    for page in pages_of(date, sign_up)[3:]:
        assert client.post(page, SENT | {"message_id": uuid4()}).status_code == 403
    act_on(client, [sign_up], "give_back_selected")
    act_on(client, [date], "delete_selected", post="yes")
    assert WorkshopDate.objects.values().get() == before
    assert (SignUp.objects.get().status, queued()) == ("placed", [])


def test_who_may_only_view_is_offered_nothing_to_do(client):
    sign_up = factories.sign_up()
    client.force_login(factories.staff(*VIEWS))
    people, form = (
        client.get(page).content.decode() for page in (pages_of(sign_up.date, sign_up)[0], desk(sign_up.date))
    )
    for words in ("Give back", "e-mail addresses", "Message to everyone"):
        assert words not in people
    for words in ("Duplicate", "Message to everyone", "Cancel this date"):
        assert words not in form
    assert client.get(desk(SignUp, "changelist")).context["action_form"] is None


def test_names_are_shown_only_to_those_who_may_see_people(client):
    sign_up = factories.sign_up(name="Secret Sue", email="sue@example.org")
    client.force_login(factories.staff("view_workshop", "change_workshop", "view_workshopdate", "change_workshopdate"))
    date, pages = sign_up.date, pages_of(sign_up.date, sign_up)
    for page in (*pages[4:6], desk(date), desk(date.workshop), desk(WorkshopDate, "changelist"), "/admin/"):
        response = client.get(page)
        assert response.status_code == 200
        for secret in ("Secret Sue", "sue@example.org", "/people/"):
            assert secret not in response.content.decode()


def test_acts_need_the_token_of_the_form(client):
    user, sign_up = factories.staff(is_superuser=True), factories.sign_up()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    for page in pages_of(sign_up.date, sign_up)[3:]:
        assert strict.post(page, SENT | {"message_id": uuid4()}).status_code == 403
    assert (SignUp.objects.get().status, queued()) == ("placed", [])
