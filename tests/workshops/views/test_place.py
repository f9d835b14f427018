"""Somebody's own page, opened by the link in their e-mail."""

import pytest
from icalendar import Calendar

from tests import factories
from tests.whole_site.checks import CHECKS
from tests.whole_site.pages import Page
from tests.whole_site.quiet_checks import QUIET_CHECKS
from tests.workshops.queued import queued
from tests.workshops.views.conftest import START
from tests.workshops.views.posting import PERSONAL, hidden_fields, privacy_of, send, text_of
from workshops.links import place_path
from workshops.models import SignUp, WorkshopDate

DEAD = "This link does not work any more"
pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def mine(date: WorkshopDate) -> SignUp:
    return factories.sign_up(date=date, name="Annabel", email="ann@example.org", access_needs="Captions")


def test_looking_changes_nothing_and_tells_nobody_else_anything(client, mine):
    before = SignUp.objects.values().get()
    for method in (client.get, client.head):
        page = method(place_path(mine))
        assert (page.status_code, privacy_of(page)) == (200, PERSONAL)
    assert SignUp.objects.values().get() == before
    text = client.get(place_path(mine)).content.decode()
    assert [secret for secret in ("ann@example.org", "Annabel", "Captions", "secret-room") if secret in text] == []


def test_place_is_given_back_by_its_button(client, mine):
    waiting = factories.sign_up(date=mine.date, status="waiting", email="bea@example.org")
    answer = send(client, place_path(mine))
    assert (answer.status_code, answer["Location"]) == (302, place_path(mine))
    page = text_of(client.get(answer["Location"]))
    assert "You gave your place back" in page
    assert "Sign up again" in page
    waiting.refresh_from_db()
    assert waiting.is_placed
    assert queued() == [("given_back", "ann@example.org"), ("promoted", "bea@example.org")]


def test_button_pressed_twice_changes_nothing_more(client, mine):
    send(client, place_path(mine))
    assert "You gave your place back" in text_of(client.post(place_path(mine), follow=True))
    mine.date.refresh_from_db()
    assert (mine.date.taken, len(queued())) == (0, 1)


def test_who_waits_sees_where_and_can_leave(client, mine):
    first = factories.sign_up(date=mine.date, status="waiting")
    second = factories.sign_up(date=mine.date, status="waiting")
    assert "You are number 2 on the waiting list" in text_of(client.get(place_path(second)))
    assert "You left the waiting list" in text_of(client.post(place_path(first), follow=True))
    assert "You are number 1 on the waiting list" in text_of(client.get(place_path(second)))


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        ("lapsed", "No place came free"),
        ("left", "You left the waiting list"),
        ("given back", "You gave your place back"),
    ],
)
def test_what_is_over_explains_itself(client, mine, status, heading):
    SignUp.objects.update(status=status)
    page = text_of(client.get(place_path(mine)))
    assert heading in page
    assert "give my place back" not in page


def test_cancelled_date_says_why(client, mine):
    WorkshopDate.objects.update(status="cancelled", cancelled_because="Our speaker is ill.", taken=0)
    SignUp.objects.update(status="cancelled")
    page = text_of(client.get(place_path(mine)))
    assert "This date is cancelled We are sorry. Our speaker is ill." in page
    assert "Sign up again" not in page


def test_nothing_can_be_given_back_once_it_has_begun(client, mine):
    import time_machine

    with time_machine.travel(START):
        page = client.post(place_path(mine), follow=True)
        assert "This workshop has begun or is over" in text_of(page)
        assert "give my place back" not in text_of(page)
    mine.refresh_from_db()
    assert mine.is_placed


def test_calendar_entry_of_ones_own_holds_nothing_private(client, mine):
    answer = client.get(place_path(mine, "place_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer["Cache-Control"] == "no-store"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["dtstart"].dt, event["summary"]) == (START, "Online workshop (SEND Guide)")
    plain = answer.content.replace(b"\r\n ", b"").decode()
    secrets = ("ann@example.org", "Annabel", "secret-room", "Sleep", place_path(mine).split("/")[3])
    assert [secret for secret in secrets if secret in plain] == []


def test_who_has_no_place_has_no_calendar_entry(client, mine):
    SignUp.objects.update(status="given back")
    answer = client.get(place_path(mine, "place_calendar"))
    assert (answer.status_code, DEAD in text_of(answer)) == (404, True)


@pytest.mark.parametrize("token", ["x", "WzEsMV0:forged", "%00", "a:b:c", "W10:abc"])
def test_what_opens_nothing_says_what_to_do(client, token):
    answer = client.get(f"/workshops/place/{token}/")
    assert answer.status_code == 404
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    text = text_of(answer)
    for part in (DEAD, "Look for our newest e-mail", "sign up again with the same e-mail address", "Write to us"):
        assert part in text


def test_forged_revoked_and_unknown_links_cannot_be_told_apart(client, mine):
    path = place_path(mine)
    unknown = place_path(SignUp(pk=mine.pk + 1))
    SignUp.objects.update(link_version=2)
    calendar = place_path(SignUp(pk=mine.pk), "place_calendar")
    answers = [client.get(each) for each in (path, unknown, calendar, "/workshops/place/x/")] + [client.post(path)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_dead_link_is_a_whole_page(client, pages):
    response = client.get("/workshops/place/x/")
    page = Page("/workshops/place/x/", 404, dict(response.items()), tuple(response.cookies), response.text)
    assert [fault for check in [*CHECKS, *QUIET_CHECKS] for fault in check(page)] == []


def test_button_works_as_browsers_press_it(mine):
    """They say where the form came from, and Django looks at it."""
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    form = hidden_fields(browser.get(place_path(mine)))
    origins = {"null": 403, "https://elsewhere.example": 403, "http://testserver": 302}
    answers = {origin: browser.post(place_path(mine), form, headers={"Origin": origin}) for origin in origins}
    assert {origin: answer.status_code for origin, answer in answers.items()} == origins
    assert "Please press the button once more" in text_of(answers["null"])
