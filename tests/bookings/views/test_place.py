"""One's own place on the waiting list, opened by the link in an e-mail."""

from datetime import timedelta

import pytest
import time_machine

from bookings.links import offer_path, waiting_path
from bookings.models import Offer, WaitingEntry
from tests import factories
from tests.bookings.views.conftest import NOW
from tests.factories import CALL_TIME
from tests.workshops.views.posting import PERSONAL, privacy_of, send, text_of

pytestmark = pytest.mark.usefixtures("pages")
JOIN = "/support-call/waiting-list/"


@pytest.fixture
def mine() -> WaitingEntry:
    return factories.waiting_entry(email="ann@example.org", weekdays=[0], parts=["evening"], queued_at=NOW)


def test_looking_changes_nothing_and_tells_nobody_else_anything(client, mine):
    before = WaitingEntry.objects.values().get()
    for method in (client.get, client.head):
        page = method(waiting_path(mine))
        assert (page.status_code, privacy_of(page)) == (200, PERSONAL)
    assert WaitingEntry.objects.values().get() == before
    assert "ann@example.org" not in client.get(waiting_path(mine)).content.decode()


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (0, "You are 1st in line Nobody is before you."),
        (1, "You are 2nd in line 1 family is before you."),
        (2, "You are 3rd in line 2 families are before you."),
        (11, "You are 12th in line 11 families are before you."),
    ],
)
def test_place_in_the_line_is_said(client, mine, ahead, words):
    for _ in range(ahead):
        factories.waiting_entry(queued_at=NOW - timedelta(days=1))
    factories.waiting_entry(queued_at=NOW + timedelta(days=1))
    factories.waiting_entry(queued_at=NOW - timedelta(days=1), status="left")
    assert words in text_of(client.get(waiting_path(mine)))


def test_wish_is_said_in_words(client, mine):
    assert "What suits you Mondays: evenings, from 5pm What happens next" in text_of(client.get(waiting_path(mine)))
    mine.topic = factories.topic(name="Sleep")
    mine.council = factories.council(short_names=["Hull"])
    mine.save()
    words = "What suits you Mondays: evenings, from 5pm Topic Sleep You live in Hull What happens next"
    assert words in text_of(client.get(waiting_path(mine)))


def test_time_that_is_held_is_said_with_the_way_to_it(client, mine):
    offer = factories.offer(entry=mine, held_until=NOW + timedelta(hours=12))
    page = client.get(waiting_path(mine))
    words = "Wednesday 2 December 2026, 10am , UK time. We hold it until Tuesday 1 December 2026, 9pm ."
    assert f"We hold a time for you {words}" in text_of(page)
    assert f'href="{offer_path(offer)}"' in page.content.decode()


def test_offer_whose_time_is_up_is_no_longer_promised(client, mine):
    factories.offer(entry=mine, held_until=NOW)
    assert "You are 1st in line" in text_of(client.get(waiting_path(mine)))


def test_list_is_left_by_its_button(client, mine):
    factories.offer(entry=mine)
    other = factories.waiting_entry()
    answer = send(client, waiting_path(mine))
    assert (answer.status_code, answer["Location"]) == (302, waiting_path(mine))
    page = text_of(client.get(answer["Location"]))
    assert ("You left the waiting list" in page, "Join the waiting list again" in page) == (True, True)
    assert list(Offer.objects.filter(status="open").values_list("entry", "starts_at")) == [(other.pk, CALL_TIME)]


def test_button_pressed_twice_changes_nothing_more(client, mine):
    send(client, waiting_path(mine))
    left = WaitingEntry.objects.values().get()
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert "You left the waiting list" in text_of(client.post(waiting_path(mine), follow=True))
    assert WaitingEntry.objects.values().get() == left


@pytest.mark.parametrize(
    ("status", "missed", "words"),
    [
        ("left", 0, "You left the waiting list Thank you for telling us."),
        ("booked", 0, "You have booked a call So you do not wait any more."),
        ("lapsed", 2, "You are no longer on the waiting list We held a time for you 2 times and heard nothing"),
        ("too long", 1, "You are no longer on the waiting list We are sorry: in all this time we found none"),
    ],
)
def test_what_is_over_explains_itself(client, mine, status, missed, words):
    WaitingEntry.objects.update(status=status, missed=missed)
    page = text_of(client.get(waiting_path(mine)))
    assert words in page
    assert "Yes, leave the waiting list" not in page


def test_what_is_over_can_be_read_when_the_address_is_deleted(client, mine):
    WaitingEntry.objects.update(status="left", email="", email_key="")
    assert "You left the waiting list" in text_of(client.get(waiting_path(mine)))


@pytest.mark.parametrize("token", ["x", "WzEsMV0:forged", "%00", "a:b:c", "W10:abc"])
def test_what_opens_nothing_is_the_same_404(client, token):
    answer = client.get(f"{JOIN}{token}/")
    assert answer.status_code == 404
    assert "This link does not work any more" in text_of(answer)


def test_link_that_was_revoked_or_is_for_something_else_is_the_same_404(client, mine):
    path = waiting_path(mine)
    other = offer_path(factories.offer(entry=mine)).replace("/offer/", "/waiting-list/")
    WaitingEntry.objects.update(link_version=2)
    for address in (path, other):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "This link does not work any more" in text_of(answer)


def test_who_says_yes_and_has_to_wait_is_told_the_place(client):
    path = waiting_path(factories.waiting_entry(confirmed_at=None))
    assert "You are 1st in line" in text_of(client.post(path, {"confirm": "yes"}, follow=True))
    assert "Yes, I want to wait" not in text_of(client.post(path, {"confirm": "yes"}, follow=True))


def test_who_says_no_is_not_put_on_the_list(client):
    path = waiting_path(factories.waiting_entry(confirmed_at=None))
    assert "Do not put me on the list" in text_of(client.get(path))
    assert "You left the waiting list" in text_of(client.post(path, follow=True))


def test_who_said_nothing_in_time_reads_why_they_do_not_wait(client):
    path = waiting_path(factories.waiting_entry(confirmed_at=None, status="lapsed", email=""))
    assert "You did not press the button in our e-mail within 2 days" in text_of(client.get(path))
