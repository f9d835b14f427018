"""Joining the waiting list."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from bookings.links import waiting_path
from bookings.models import Offer, WaitingEntry
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.queued import queued
from tests.bookings.views.conftest import NOW
from tests.whole_site.document import Document
from tests.whole_site.document import words as words_of
from tests.workshops.views.posting import hidden_fields, send, text_of

pytestmark = pytest.mark.usefixtures("pages")
JOIN, JOINED = "/support-call/waiting-list/", "/support-call/waiting-list/joined/"
ANN = {"email": "ann@example.org", "weekdays": ["0", "4"], "parts": ["evening"]}


def nothing_kept() -> bool:
    return (WaitingEntry.objects.count(), QueuedEmail.objects.count()) == (0, 0)


def test_page_says_how_the_list_works_and_promises_nothing(client, settings):
    settings.CALL_OFFER_HOURS = 7
    page = client.get(JOIN)
    assert (page.status_code, page["Cache-Control"], page["X-Robots-Tag"]) == (200, "no-store", "noindex")
    text = text_of(page)
    assert "Open it and press the button there within 2 days. Only then are you on the list." in text
    assert "We hold it for you for 7 hours. If these end at night, we hold it until the morning." in text
    assert "After 2 offers without an answer we take you off the list, and tell you." in text
    assert "Nobody is waiting now. We cannot promise a call, or say how long it takes." in text


@pytest.mark.parametrize(("waiting", "words"), [(1, "1 family is waiting now."), (2, "2 families are waiting now.")])
def test_page_says_how_many_wait(client, waiting, words):
    for _ in range(waiting):
        factories.waiting_entry()
    factories.waiting_entry(status="left"), factories.waiting_entry(confirmed_at=None)
    assert words in text_of(client.get(JOIN))


def test_topic_and_area_come_from_the_address(client):
    factories.adviser()
    topic = factories.topic(slug="sleep", name="Sleep")
    hull = factories.council(slug="hull", short_names=["Hull"])
    page = client.get(f"{JOIN}?topic=sleep&area=hull")
    html = page.content.decode()
    assert "You live in Hull : we look for an adviser who knows the law in England." in text_of(page)
    assert '<option value="sleep" selected>Sleep</option>' in html
    assert f'href="{reverse("find_council")}?then=/support-call/waiting-list/%3Ftopic%3Dsleep"' in html
    assert 'href="/support-call/?topic=sleep&amp;area=hull"' in html
    send(client, f"{JOIN}?topic=sleep&area=hull", **ANN, topic="sleep")
    entry = WaitingEntry.objects.get()
    assert (entry.topic, entry.council) == (topic, hull)


@pytest.mark.parametrize("query", ["?topic=nonsense&area=nowhere", "?topic=%00&area=%00", "?topic=&area="])
def test_address_that_means_nothing_is_no_error(client, query):
    page = client.get(JOIN + query)
    assert (page.status_code, "Tell us where you live" in text_of(page)) == (200, True)


def test_choosing_a_council_leads_back_with_the_topic(client):
    council = factories.council(slug="hull")
    then = f"{JOIN}?topic=sleep"
    answer = client.get(reverse("find_council"), {"then": then, "council": council.slug})
    assert answer["Location"] == f"{JOIN}?topic=sleep&area=hull"


def test_joining_keeps_the_wish_and_leads_to_a_page_that_tells_nothing(client):
    answer = send(client, JOIN, **ANN)
    assert (answer.status_code, answer["Location"]) == (302, JOINED)
    entry = WaitingEntry.objects.get()
    assert (entry.email, entry.weekdays, entry.parts, entry.topic, entry.queued_at) == (
        "ann@example.org",
        [0, 4],
        ["evening"],
        None,
        NOW,
    )
    assert queued() == [("waiting", "ann@example.org")]
    page = client.get(JOINED)
    assert (page.status_code, page["Cache-Control"], page["X-Robots-Tag"]) == (200, "no-store", "noindex")
    assert "Now open our e-mail and press the button We will e-mail the address that you typed." in text_of(page)
    assert "Press the button within 2 days." in text_of(page)


def test_known_address_learns_nothing_on_the_screen(client):
    factories.waiting_entry(email="Ann@example.org")
    call = factories.booking(email="bea@example.org", adviser=factories.adviser(weekdays=()))
    for email in ("ann@example.org", call.email):
        assert send(client, JOIN, email=email)["Location"] == JOINED
    assert WaitingEntry.objects.count() == 1
    assert queued() == [("already_waiting", "Ann@example.org"), ("already", "bea@example.org")]


def test_free_time_that_suits_is_held_once_they_say_yes_by_the_link_in_the_email(client):
    factories.adviser()
    send(client, JOIN, email="ann@example.org", weekdays=["2"], parts=["morning"])
    path = waiting_path(WaitingEntry.objects.get())
    text = text_of(client.get(path))
    assert "Do you want to wait for a call? Then press the button. You will be 1st in line." in text
    assert Offer.objects.count() == 0
    answer = client.post(path, {"confirm": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, path)
    offer = Offer.objects.get()
    assert (offer.entry.email, offer.starts_at) == ("ann@example.org", datetime(2026, 12, 2, 9, tzinfo=UTC))
    assert queued() == [("waiting", "ann@example.org"), ("offer", "ann@example.org")]
    assert "We hold a time for you" in text_of(client.get(path))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": ""}, "Enter your e-mail address: that is where we tell you about a free time."),
        ({"email": "ann at example"}, "Enter an e-mail address such as name@example.org"),
        ({"topic": "nonsense"}, "Choose a topic from the list, or “Any topic, or not sure”."),
        ({"weekdays": ["7"]}, "Choose days from the list."),
        ({"weekdays": ["Monday"]}, "Choose days from the list."),
        ({"parts": ["night"]}, "Choose times from the list."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, wrong, sentence):
    page = send(client, JOIN, **ANN | wrong)
    assert (page.status_code, nothing_kept()) == (422, True)
    assert text_of(page).count(sentence) == 2
    html = page.content.decode()
    assert 'value="ann@example.org"' in html or "email" in wrong
    assert 'value="4" id="id_weekdays_4" checked' in html or "weekdays" in wrong
    assert 'value="evening" id="id_parts_2" checked' in html or "parts" in wrong


def test_nobody_waits_for_a_topic_that_no_adviser_takes(client):
    factories.adviser(topics=[factories.topic()])
    factories.topic(slug="sleep", name="Sleep")
    page = send(client, JOIN, **ANN, topic="sleep")
    assert (page.status_code, nothing_kept()) == (422, True)
    assert "At the moment none of our advisers can help with this topic where you live." in text_of(page)
    assert send(client, JOIN, **ANN).status_code == 302


def test_nation_without_adviser_is_said_before_anything_is_asked(client):
    factories.adviser(nations=["England"])
    council = factories.council(slug="fife", nation="Scotland", short_names=["Fife"])
    page = client.get(f"{JOIN}?area=fife")
    assert "At the moment we have no adviser for Scotland" in text_of(page)
    assert f'href="{council.get_absolute_url()}"' in page.content.decode()
    assert "we have no adviser" not in text_of(client.get(JOIN))
    assert send(client, f"{JOIN}?area=fife", **ANN).status_code == 302


def test_days_without_calls_are_marked_and_can_be_waited_for(client):
    factories.adviser()
    days = [words_of(label) for label in Document(client.get(JOIN).content.decode()).find("label")]
    assert [day for day in days if "no calls" in day] == [
        "Saturday: no calls at the moment",
        "Sunday: no calls at the moment",
    ]
    assert send(client, JOIN, **ANN | {"weekdays": ["5", "6"], "parts": []}).status_code == 302
    path = waiting_path(WaitingEntry.objects.get())
    nobody = "At the moment nobody takes calls at the times that suit you"
    warned = f"{nobody} You can wait all the same, but it may take long."
    assert f"{warned} Do other times suit you too? Join with more days or times ." in text_of(client.get(path))
    page = client.post(path, {"confirm": "yes"}, follow=True)
    assert f"{warned} Do other times suit you too? Then leave the list below, and join it again." in text_of(page)
    factories.adviser(weekdays=[6])
    assert "nobody takes calls" not in text_of(client.get(path))


def test_where_nobody_has_hours_no_day_is_worse_than_another(client):
    factories.adviser(weekdays=())
    assert "no calls at the moment" not in text_of(client.get(JOIN))


def test_double_click_is_one_entry(client):
    form = hidden_fields(client.get(JOIN))
    answers = [client.post(JOIN, {**form, **ANN})["Location"] for _ in range(2)]
    assert (answers, WaitingEntry.objects.count()) == ([JOINED] * 2, 1)
    assert queued() == [("waiting", "ann@example.org")]


def test_program_gets_an_answer_as_if_it_had_been_taken_and_nothing_is_kept(client):
    answer = send(client, JOIN, **ANN, other_reason="buy")
    assert (answer["Location"], nothing_kept()) == (JOINED, True)


def test_too_many_from_one_connection_are_told_so_and_lose_nothing(client, settings):
    settings.CALLS_AN_HOUR = 1
    send(client, JOIN, **ANN)
    page = send(client, JOIN, **ANN | {"email": "bea@example.org"})
    assert (page.status_code, page["Retry-After"], page["X-Robots-Tag"]) == (429, "3600", "noindex")
    assert "We have had too many tries from your internet connection" in text_of(page)
    assert 'value="bea@example.org"' in page.content.decode()
    assert WaitingEntry.objects.count() == 1


def test_many_tries_with_one_address_have_to_wait_wherever_they_come_from(client, settings):
    settings.CALLS_AN_HOUR = 1
    spellings = [f"{'Ann' if number % 2 else 'ann'}@example.org" for number in range(11)]
    form = hidden_fields(client.get(JOIN))
    pages = [
        client.post(JOIN, {**form, "email": email}, REMOTE_ADDR=f"192.0.2.{number}")
        for number, email in enumerate(spellings)
    ]
    assert [page.status_code for page in pages] == [302] * 10 + [429]
    assert 'href="/contact/">Write to us, and we will do it for you</a>' in pages[-1].content.decode()


def test_form_without_token_is_refused():
    strict = Client(enforce_csrf_checks=True)
    form = {**hidden_fields(strict.get(JOIN)), **ANN}
    assert strict.post(JOIN, {**form, "csrfmiddlewaretoken": "x"}).status_code == 403
    assert nothing_kept()
