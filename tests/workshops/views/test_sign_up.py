"""From “Sign up” to what became of it."""

import re

import pytest
from django.urls import reverse

from guides.models import Council
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.workshops.queued import queued
from tests.workshops.views.posting import hidden_fields, send, text_of
from workshops.links import place_path
from workshops.models import SignUp, WorkshopDate

ANN = {"name": "Ann", "email": "ann@example.org", "access_needs": "Captions, please"}


def path(date: WorkshopDate, area: str = "leeds") -> str:
    return f"{date.get_absolute_url()}?area={area}"


def nothing_kept() -> bool:
    return (SignUp.objects.count(), QueuedEmail.objects.count()) == (0, 0)


def test_where_somebody_lives_is_asked_first_and_alone(client, date):
    page = client.get(date.get_absolute_url())
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "where do you live?" in text_of(page)
    assert 'name="email"' not in page.content.decode()
    assert page.cookies == {}


@pytest.mark.parametrize("area", ["nowhere", "", "%00", "HULL'"])
def test_unknown_area_is_asked_again(client, date, area):
    assert "where do you live?" in text_of(client.get(path(date, area)))


def test_who_may_come_gets_the_form(client, date):
    page = client.get(path(date))
    assert "You live in Leeds : this workshop is open to you." in text_of(page)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    assert list(page.cookies) == ["csrftoken"]


def test_sign_up_leads_to_ones_own_page(client, date):
    answer = send(client, path(date), **ANN)
    made = SignUp.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, place_path(made))
    assert (made.name, made.email, made.access_needs, made.council.slug) == (*ANN.values(), "leeds")
    assert queued() == [("placed", "ann@example.org")]
    page = text_of(client.get(answer["Location"]))
    assert "You have a place Sleep Support" in page
    assert "ann@example.org" not in page


def test_full_date_says_how_many_wait_before_anything_is_asked(client, date):
    factories.sign_up(date=date)
    assert "Nobody is waiting yet. You would be the first." in text_of(client.get(path(date)))
    factories.sign_up(date=date, status="waiting")
    assert "1 person is waiting. You would be number 2." in text_of(client.get(path(date)))
    factories.sign_up(date=date, status="waiting")
    assert "2 people are waiting. You would be number 3." in text_of(client.get(path(date)))


def test_who_comes_too_late_learns_where_in_the_queue(client, date):
    factories.sign_up(date=date)
    factories.sign_up(date=date, status="waiting")
    page = client.get(send(client, path(date), **ANN)["Location"])
    assert "You are number 2 on the waiting list" in text_of(page)


def test_place_taken_while_the_form_was_open_puts_on_the_waiting_list(client, date):
    form = hidden_fields(client.get(path(date)))
    factories.sign_up(date=date)
    page = client.post(path(date), {**form, **ANN}, follow=True)
    assert "You are number 1 on the waiting list" in text_of(page)


@pytest.mark.parametrize(("area", "other"), [("hull", "leeds"), ("leeds", "hull")])
def test_neighbours_of_a_new_home_are_named_whether_it_is_open_to_them_or_not(client, date, area, other):
    page = client.get(f"{path(date, area)}&near={other}")
    assert f"Some postcodes near yours are in {other.title()} . If your home is new" in text_of(page)
    assert f'href="{path(date, other)}">{other.title()}</a>' in page.content.decode()


def test_who_lives_outside_gets_the_reason_local_help_and_what_is_open(client, date, hull):
    open_to_all = factories.workshop_date(workshop=factories.workshop(title="Masking"))
    page = client.get(path(date, "hull"))
    assert page.status_code == 200
    text = text_of(page)
    assert "This workshop is not open to Hull" in text
    assert "“Sleep Support” is for all areas outside Hull." in text
    assert f'href="{hull.get_absolute_url()}"' in page.content.decode()
    assert f'href="{open_to_all.workshop.get_absolute_url()}?area=hull"' in page.content.decode()
    assert 'name="email"' not in page.content.decode()


def test_form_made_up_outside_the_area_is_refused_with_the_same_help(client, date, hull):
    form = hidden_fields(client.get(path(date)))
    page = client.post(path(date, "hull"), {**form, **ANN})
    assert (page.status_code, nothing_kept()) == (403, True)
    assert "This workshop is not open to Hull" in text_of(page)


def test_area_that_was_closed_while_the_form_was_open_is_refused(client, date, leeds):
    form = hidden_fields(client.get(path(date)))
    date.workshop.councils.add(leeds)
    page = client.post(path(date), {**form, **ANN})
    assert (page.status_code, nothing_kept()) == (403, True)


def test_form_without_an_area_is_asked_for_it(client, date):
    form = hidden_fields(client.get(path(date)))
    page = client.post(date.get_absolute_url(), {**form, **ANN})
    assert "where do you live?" in text_of(page)
    assert nothing_kept()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Enter your name. Your first name is enough."),
        ({"name": "x" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
        ({"email": ""}, "Enter your e-mail address: the link to join goes there."),
        ({"email": "ann at example"}, "Enter an e-mail address such as name@example.org"),
        ({"email": f"{'x' * 250}@example.org"}, "Ensure this value has at most 254 characters (it has 262)."),
        ({"access_needs": "x" * 501}, "Please keep it to 500 characters."),
        ({"name": "Ann\0"}, "Null characters are not allowed."),
        ({"name": "Win now: https://spam.example"}, "Enter a name without a web address or line breaks."),
        ({"name": "See WWW.spam.example"}, "Enter a name without a web address or line breaks."),
        ({"name": "Ann, spam.com"}, "Enter a name without a web address or line breaks."),
        ({"name": "Ann\nBuy"}, "Enter a name without a web address or line breaks."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, date, wrong, sentence):
    page = send(client, path(date), **ANN | wrong)
    assert (page.status_code, nothing_kept()) == (422, True)
    assert text_of(page).count(sentence) == 2
    assert "Captions, please" in page.content.decode() or "access_needs" in wrong
    assert 'value="Ann"' in page.content.decode() or "name" in wrong


def test_spaces_around_an_address_are_no_mistake(client, date):
    send(client, path(date), **ANN | {"email": "  ann@example.org "})
    assert SignUp.objects.get().email == "ann@example.org"


def test_known_address_learns_nothing_on_the_screen(client, date):
    factories.sign_up(date=date, email="Ann@example.org")
    answer = send(client, path(date), **ANN)
    assert answer["Location"] == reverse("check_your_email", args=["sleep", date.pk])
    page = text_of(client.get(answer["Location"]))
    assert "Please look at your e-mail" in page
    assert not re.search(r"[Yy]ou have a place|already", page)
    assert (SignUp.objects.count(), queued()) == (1, [("already", "Ann@example.org")])


def test_double_click_leads_to_the_same_page(client, date):
    form = hidden_fields(client.get(path(date)))
    answers = [client.post(path(date), {**form, **ANN})["Location"] for _ in range(2)]
    assert answers == [place_path(SignUp.objects.get())] * 2


def test_program_gets_an_answer_as_if_it_had_been_taken_and_nothing_is_kept(client, date):
    answer = send(client, path(date), **ANN, other_reason="buy")
    assert answer["Location"] == reverse("check_your_email", args=["sleep", date.pk])
    assert nothing_kept()


def test_too_many_from_one_connection_are_told_so_and_lose_nothing(client, date, settings):
    settings.SIGN_UPS_AN_HOUR = 1
    send(client, path(date), **ANN)
    page = send(client, path(date), **ANN | {"email": "bea@example.org"})
    assert page.status_code == 429
    assert "We have had too many tries from your internet connection" in text_of(page)
    assert (page["Retry-After"], page["X-Robots-Tag"]) == ("3600", "noindex")
    assert 'value="bea@example.org"' in page.content.decode()
    assert 'href="/contact/">Write to us, and we will do it for you</a>' in page.content.decode()
    assert SignUp.objects.count() == 1


def test_many_tries_with_one_address_have_to_wait_wherever_they_come_from(client, date):
    form = {**hidden_fields(client.get(path(date))), **ANN}
    pages = [client.post(path(date), form, REMOTE_ADDR=f"192.0.2.{number}") for number in range(11)]
    assert [page.status_code for page in pages] == [302] * 10 + [429]


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"status": "cancelled", "cancelled_because": "Our speaker is ill."}, "This date is cancelled"),
        ({"closes_at": "2026-11-26T20:00Z"}, "Sign-up for this date has ended"),
        (
            {"starts_at": "2026-11-27T07:00Z", "closes_at": "2026-11-27T06:00Z", "capacity": 0},
            "All places are taken",
        ),
        ({"starts_at": "2026-11-26T20:00Z", "closes_at": "2026-11-26T19:00Z"}, "This workshop has begun or is over"),
    ],
)
def test_closed_date_says_why_and_what_else_there_is(client, date, workshop, fields, heading):
    form = hidden_fields(client.get(path(date)))
    other = factories.workshop_date(workshop=workshop, starts_at=factories.next_month())
    WorkshopDate.objects.filter(pk=date.pk).update(**fields)
    for page, status in ((client.get(path(date)), 200), (client.post(path(date), {**form, **ANN}), 409)):
        assert page.status_code == status
        text = text_of(page)
        assert heading in text
        assert str(other.starts_at.year) in text
        assert "Our speaker is ill." in text or "cancelled_because" not in fields
    assert nothing_kept()


def test_draft_and_what_is_not_there_look_alike(client, workshop):
    draft = factories.workshop_date(workshop=workshop, status="draft")
    other = factories.workshop_date()
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(f"/workshops/{workshop.slug}/dates/{other.pk}/").status_code == 404
    assert client.get(f"/workshops/{workshop.slug}/dates/999999/").status_code == 404


def test_page_without_form_token_is_refused(date):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    form = {**hidden_fields(strict.get(path(date))), **ANN}
    assert strict.post(path(date), {**form, "csrfmiddlewaretoken": "x"}).status_code == 403
    assert nothing_kept()


def test_search_engines_are_kept_out(client, date, leeds: Council):
    assert 'name="robots" content="noindex"' in client.get(path(date)).content.decode()
