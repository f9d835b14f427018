"""A time that is held for somebody who waits, opened by the link in their e-mail."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bookings.actions import renew_link
from bookings.links import call_path, offer_path, waiting_path
from bookings.models import Booking, ExtraHours, Offer, WaitingEntry
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.bookings.views.conftest import NOW
from tests.factories import CALL_TIME
from tests.workshops.views.posting import PERSONAL, hidden_fields, privacy_of, send, text_of

pytestmark = pytest.mark.usefixtures("pages")
HELD_UNTIL = NOW + timedelta(hours=12)
ANN = {
    "name": "Ann",
    "phone": "07700 900123",
    "email": "ann@example.org",
    "may_say_who": "yes",
    "may_leave_message": "no",
    "word": "sunshine",
    "access_needs": ["bsl"],
    "about": "A letter from school",
}


@pytest.fixture
def offer() -> Offer:
    """Of an adviser who has no other time."""
    entry = factories.waiting_entry(email="ann@example.org", topic=factories.topic(name="Sleep", slug="sleep"))
    adviser = factories.adviser(name="Marta", weekdays=())
    ExtraHours.objects.create(adviser=adviser, day=CALL_TIME.date(), starts="10:00", ends="10:20")
    return factories.offer(entry=entry, adviser=adviser, held_until=HELD_UNTIL)


def test_looking_changes_nothing(client, offer):
    before = Offer.objects.values().get()
    for method in (client.get, client.head):
        page = method(offer_path(offer))
        assert (page.status_code, privacy_of(page)) == (200, PERSONAL)
    assert (Offer.objects.values().get(), Booking.objects.count()) == (before, 0)


def test_page_says_which_time_is_held_how_long_and_who_calls(client, offer):
    page = client.get(offer_path(offer))
    text = text_of(page)
    held = "We hold it for you until Tuesday 1 December 2026, 9pm . After that, somebody else can have it."
    assert f"A time for your call Wednesday 2 December 2026, 10am , UK time. {held}" in text
    assert "Marta calls you, from 020 7946 0018" in text
    assert "You want to talk about Sleep." in text
    assert "The one that you wait with, or another. We will e-mail you the time" in text


def test_address_that_waits_is_not_shown(client, offer):
    assert "ann@example.org" not in client.get(offer_path(offer)).content.decode()


def test_pages_of_a_call_say_how_often_we_try(client, offer, monkeypatch):
    for view in ("times", "offer", "call"):
        monkeypatch.setattr(f"bookings.views.{view}.TRIES", 4)
    for path in ("/support-call/", offer_path(offer)):
        assert "We try four times." in text_of(client.get(path))
    call = factories.booking()
    assert "we try again: four times in all." in text_of(client.get(call_path(call)))
    with time_machine.travel(CALL_TIME, tick=False):
        assert "we try again: four times in all." in text_of(client.get(call_path(call)))


def test_offer_of_a_time_that_is_near_is_held_until_then(client, offer):
    Offer.objects.update(held_until=CALL_TIME)
    for path in (offer_path(offer), waiting_path(offer.entry)):
        assert re.search("10am , UK time. We hold it (for you )?until then.", text_of(client.get(path)))


def test_offer_is_booked_and_leads_to_the_call(client, offer):
    council = factories.council()
    WaitingEntry.objects.update(council=council)
    answer = send(client, offer_path(offer), **ANN)
    made = Booking.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, call_path(made))
    assert answer["Referrer-Policy"] == "strict-origin"
    assert (made.starts_at, made.adviser, made.topic.slug, made.council) == (CALL_TIME, offer.adviser, "sleep", council)
    assert (made.name, made.phone, made.email, made.word) == ("Ann", "+447700900123", "ann@example.org", "sunshine")
    assert (made.may_say_who, made.may_leave_message, made.access_needs) == (True, False, ["bsl"])
    assert queued("booked") == [("booked", "ann@example.org")]
    assert WaitingEntry.objects.get().status == "booked"
    assert broken() == []


def test_time_is_that_of_the_offer_whatever_is_sent(client, offer):
    form = hidden_fields(client.get(offer_path(offer)))
    client.post(offer_path(offer), {**form, **ANN, "start": "20261208T1000Z"})
    assert Booking.objects.get().starts_at == CALL_TIME


def test_double_click_is_one_call(client, offer):
    form = hidden_fields(client.get(offer_path(offer)))
    answers = [client.post(offer_path(offer), {**form, **ANN})["Location"] for _ in range(2)]
    assert answers == [call_path(Booking.objects.get())] * 2


def test_booked_offer_says_where_the_link_to_the_call_is_and_does_not_show_it(client, offer):
    send(client, offer_path(offer), **ANN)
    page = client.get(offer_path(offer))
    assert (page.status_code, "You have booked this time" in text_of(page)) == (200, True)
    assert "Our e-mail about the call has a link to move or cancel it." in text_of(page)
    assert call_path(Booking.objects.get()) not in page.content.decode()


def test_old_links_open_nothing_once_the_link_to_the_call_is_renewed(client, offer):
    send(client, offer_path(offer), **ANN)
    other = factories.waiting_entry()
    call = Booking.objects.get()
    paths = [call_path(call), offer_path(offer), waiting_path(offer.entry)]
    assert renew_link(booking=call, seen=1)
    assert [client.get(path).status_code for path in paths] == [404] * 3
    assert client.get(waiting_path(other)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Enter your name. Your first name is enough."),
        ({"phone": "123"}, "We can only call UK phone numbers."),
        ({"email": "ann at example"}, "Enter an e-mail address such as name@example.org"),
        ({"about": "x" * 501}, "Please keep it to 500 characters."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, offer, wrong, sentence):
    page = send(client, offer_path(offer), **ANN | wrong)
    assert (page.status_code, Booking.objects.count()) == (422, 0)
    assert sentence in text_of(page) or "phone" in wrong
    html = page.content.decode()
    for name, value in ANN.items():
        assert name in wrong or isinstance(value, list) or value in html
    offer.refresh_from_db()
    assert offer.is_open


def test_who_has_a_call_is_told_and_loses_nothing(client, offer):
    factories.booking(phone="+447700900123", email="bea@example.org")
    page = send(client, offer_path(offer), **ANN)
    assert (page.status_code, Booking.objects.count()) == (409, 1)
    text = text_of(page)
    assert "A call is booked already with this e-mail address or phone number. Look for our e-mail about it:" in text
    assert "A call is booked already Wednesday 2 December 2026, 10am , UK time." in text
    assert ("I have mended it: book this call" in text, "Say no to this time" in text) == (True, True)
    assert "A letter from school" in page.content.decode()
    assert queued("already") == [("already", "bea@example.org")]
    offer.refresh_from_db()
    assert offer.is_open


def test_offer_that_ran_out_while_the_form_was_open_shows_other_times_and_loses_nothing(client, offer):
    form = hidden_fields(client.get(offer_path(offer)))
    factories.adviser()
    with time_machine.travel(HELD_UNTIL, tick=False):
        page = client.post(offer_path(offer), {**form, **ANN})
        text, html = text_of(page), page.content.decode()
        assert (page.status_code, Booking.objects.count()) == (409, 0)
        assert "We no longer hold this time for you" in text
        assert "Wednesday 2 December 2026, 1pm" in text
        for typed in ("07700 900123", "ann@example.org", "sunshine", "A letter from school"):
            assert typed in html
        assert 'action="/support-call/details/?topic=sleep"' in html
        answer = client.post("/support-call/details/?topic=sleep", {**form, **ANN, "start": "20261202T1300Z"})
    assert answer["Location"] == call_path(Booking.objects.get())


def test_offer_that_ran_out_is_said_also_to_who_made_a_mistake(client, offer):
    form = hidden_fields(client.get(offer_path(offer)))
    with time_machine.travel(HELD_UNTIL, tick=False):
        page = client.post(offer_path(offer), {**form, **ANN, "name": ""})
    assert page.status_code == 409
    assert "Enter your name. Your first name is enough." in text_of(page)
    assert "No other call is free at the moment." in text_of(page)
    assert "A letter from school" in page.content.decode()
    assert "Book this call" not in text_of(page)


def test_declined_time_goes_to_the_next_and_the_place_is_kept(client, offer):
    other = factories.waiting_entry(queued_at=NOW + timedelta(hours=1))
    answer = client.post(offer_path(offer), {"decline": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, offer_path(offer))
    page = client.get(answer["Location"])
    assert "You said no to this time" in text_of(page)
    assert "You are still on the waiting list." in text_of(page)
    assert f'href="{waiting_path(offer.entry)}"' in page.content.decode()
    assert list(Offer.objects.values_list("entry", "status")) == [(offer.entry.pk, "declined"), (other.pk, "open")]
    assert offer.entry.position() == 1
    assert broken() == []


def test_declining_twice_changes_nothing_more(client, offer):
    answers = [client.post(offer_path(offer), {"decline": "yes"})["Location"] for _ in range(2)]
    assert answers == [offer_path(offer)] * 2
    offer.refresh_from_db()
    assert offer.status == "declined"


@pytest.mark.parametrize(
    ("offer_status", "entry_status", "heading", "still_waits"),
    [
        ("taken", "booked", "You have booked this time", False),
        ("declined", "waiting", "You said no to this time", True),
        ("declined", "left", "You left the waiting list", False),
        ("ran out", "waiting", "We no longer hold this time for you", True),
        ("withdrawn", "waiting", "We had to take this time back", True),
        ("ran out", "lapsed", "We no longer hold this time for you", False),
        ("ran out", "too long", "We no longer hold this time for you", False),
        ("ran out", "booked", "You have booked another call", False),
        ("open", "booked", "You have booked another call", False),
    ],
)
def test_what_has_ended_explains_itself(client, offer, offer_status, entry_status, heading, still_waits):
    Offer.objects.update(status=offer_status)
    WaitingEntry.objects.update(status=entry_status)
    page = client.get(offer_path(offer))
    text = text_of(page)
    assert (page.status_code, heading in text) == (200, True)
    assert ("You are still on the waiting list." in text) == still_waits
    assert "Book this call" not in text
    assert ('href="/support-call/?topic=sleep"' in page.content.decode()) == (offer_status != "taken")


def test_offer_whose_time_is_up_cannot_be_booked_though_no_worker_has_noticed(client, offer):
    with time_machine.travel(HELD_UNTIL, tick=False):
        text = text_of(client.get(offer_path(offer)))
    assert "We no longer hold this time for you We held it until Tuesday 1 December 2026, 9pm." in text
    assert "Book this call" not in text


def test_program_gets_an_answer_and_nothing_is_kept(client, offer):
    answer = send(client, offer_path(offer), **ANN, other_reason="buy")
    assert answer["Location"] == reverse("call_check_your_email")
    offer.refresh_from_db()
    assert (Booking.objects.count(), offer.is_open) == (0, True)


def test_too_many_from_one_connection_are_told_so_and_lose_nothing(client, offer, settings):
    settings.CALLS_AN_HOUR = 0
    page = send(client, offer_path(offer), **ANN)
    assert (page.status_code, page["Retry-After"], Booking.objects.count()) == (429, "3600", 0)
    assert "A letter from school" in page.content.decode()


def test_many_tries_with_one_address_have_to_wait_wherever_they_come_from(client, offer):
    factories.booking(email="ann@example.org")
    form = {**hidden_fields(client.get(offer_path(offer))), **ANN}
    pages = [client.post(offer_path(offer), form, REMOTE_ADDR=f"192.0.2.{number}") for number in range(11)]
    assert [page.status_code for page in pages] == [409] * 10 + [429]


def test_acts_need_the_token_of_the_form(offer):
    strict = Client(enforce_csrf_checks=True)
    form = hidden_fields(strict.get(offer_path(offer)))
    for sent in ({"decline": "yes"}, {**form, **ANN, "csrfmiddlewaretoken": "x"}):
        assert strict.post(offer_path(offer), sent).status_code == 403
    offer.refresh_from_db()
    assert (offer.is_open, Booking.objects.count()) == (True, 0)


@pytest.mark.parametrize("token", ["x", "WzEsMV0:forged", "%00", "a:b:c", "W10:abc"])
def test_what_opens_nothing_is_the_same_404(client, token):
    answer = client.get(f"/support-call/offer/{token}/")
    assert answer.status_code == 404
    assert "This link does not work any more" in text_of(answer)


def test_link_that_was_revoked_or_is_for_something_else_is_the_same_404(client, offer):
    path = offer_path(offer)
    other = waiting_path(offer.entry).replace("/waiting-list/", "/offer/")
    WaitingEntry.objects.update(link_version=2)
    for address in (path, other):
        for method in (client.get, client.post):
            assert method(address).status_code == 404
