"""From the chosen time to the booking."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from bookings.actions import book, cancel
from bookings.links import call_path
from bookings.models import Booking
from bookings.weeks import as_text
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.bookings.views.conftest import FIRST, NOW
from tests.bookings.views.test_times import starts
from tests.workshops.views.posting import hidden_fields, text_of

DETAILS = "/support-call/details/"
HERE = f"{DETAILS}?start={as_text(FIRST)}"
SECOND = FIRST + timedelta(minutes=20)
ANN = {
    "name": "Ann",
    "phone": "07700 900123",
    "may_say_who": "yes",
    "may_leave_message": "no",
    "email": "ann@example.org",
    "word": "blue bird",
    "access_needs": ["relay", "language"],
    "access_details": "Polish, please",
    "about": "School says he is fine.",
}


def send(client: Client, path: str = HERE, **fields: object) -> HttpResponse:
    return client.post(path, {**hidden_fields(client.get(path)), **ANN, **fields})


def nothing_kept() -> bool:
    return (Booking.objects.count(), QueuedEmail.objects.count()) == (0, 0)


def lost(page: HttpResponse, **changed: object) -> list[str]:
    """What was typed and does not stand in ``page`` any more."""
    html, typed = unescape(page.content.decode()), ANN | changed
    names = ("name", "phone", "email", "word", "access_details")
    texts = [name for name in names if typed[name] and f'value="{typed[name]}"' not in html]
    if typed["about"] not in html:
        texts.append("about")
    chosen = {(name, value) for name, value in re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', html)}
    ticked = {
        ("may_say_who", "yes"),
        ("may_leave_message", "no"),
        ("access_needs", "relay"),
        ("access_needs", "language"),
    }
    return texts + sorted(map(str, ticked - chosen))


def test_form_shows_the_time_and_what_was_said_before(client, adviser, hull):
    topic = factories.topic(slug="adhd", name="ADHD")
    page = client.get(f"{HERE}&topic={topic.slug}&area=hull")
    text = text_of(page)
    assert "Your call: Tuesday 1 December 2026, 1pm , UK time. Change the time" in text
    assert "You want to talk about ADHD. You live in Hull." in text
    assert 'href="/support-call/?topic=adhd&amp;area=hull&amp;week=2026-12-01"' in page.content.decode()
    assert (page.status_code, page["Cache-Control"], page["X-Robots-Tag"]) == (200, "no-store", "noindex")
    assert list(page.cookies) == ["csrftoken"]


def test_who_has_not_said_where_they_live_is_asked_without_losing_anything(client, adviser, hull):
    page = client.get(HERE)
    assert "You have not said where you live. The law differs" in text_of(page)
    assert 'href="/support-call/?week=2026-12-01#where">Say where you live</a>' in page.content.decode()
    # What was typed would be lost on the way.
    for other in (client.get(f"{HERE}&area=hull"), send(client, name="")):
        assert "You have not said where you live." not in text_of(other)


def test_booking_leads_to_its_own_page(client, adviser, hull):
    topic = factories.topic(slug="adhd")
    answer = send(client, f"{HERE}&topic=adhd&area=hull")
    made = Booking.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, call_path(made))
    assert (made.starts_at, made.adviser, made.topic, made.council) == (FIRST, adviser, topic, hull)
    kept = {name: getattr(made, name) for name in (*ANN, "phone_prefix")}
    assert kept == ANN | {"phone": "+447700900123", "phone_prefix": "", "may_say_who": True, "may_leave_message": False}
    assert queued() == [("booked", "ann@example.org"), ("adviser_booked", "sam@staff.example")]
    assert broken() == []
    assert "Your call is booked" in text_of(client.get(answer["Location"]))


def test_least_that_can_be_said_is_enough(client, adviser):
    form = hidden_fields(client.get(HERE))
    least = {"name": "Ann", "phone": "18001 020 7946 0000", "email": "ann@example.org", "word": "sun"}
    client.post(HERE, {**form, **least, "may_say_who": "no", "may_leave_message": "no"})
    made = Booking.objects.get()
    assert (made.phone, made.phone_prefix, made.access_needs, made.about) == ("+442079460000", "18002", [], "")
    assert (made.may_say_who, made.may_leave_message) == (False, False)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Enter your name. Your first name is enough."),
        ({"name": "Win: https://spam.example"}, "Enter a name without a web address or line breaks."),
        ({"phone": ""}, "Enter a phone number, like 07700 900123 or 020 7946 0000."),
        ({"phone": "07700"}, "This phone number is too short. Please check that it has all its digits"),
        ({"phone": "+1 212 555 0100"}, "We can only call UK phone numbers. They begin with 0 or +44."),
        ({"phone": "9" * 10_000}, "This phone number is too long."),
        ({"email": ""}, "Enter your e-mail address: the link to move or cancel the call goes there."),
        ({"email": "ann at example"}, "Enter an e-mail address such as name@example.org"),
        ({"word": ""}, "Enter a word of 3 to 30 letters, such as sunshine. The adviser will say it first."),
        ({"word": "ab"}, "Enter a word of 3 to 30 letters, such as sunshine."),
        ({"word": "x" * 31}, "Enter a word of 3 to 30 letters, such as sunshine."),
        ({"word": "s3cret"}, "Enter a word of 3 to 30 letters, such as sunshine."),
        ({"word": "spam.example"}, "Enter a word of 3 to 30 letters, such as sunshine."),
        ({"about": "x" * 501}, "Please keep it to 500 characters."),
        ({"access_details": "x" * 201}, "Please keep it to 200 characters."),
        ({"email": "ann@gmail.con"}, "Did you mean ann@gmail.com? If ann@gmail.con is right, press the button again."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, adviser, wrong, sentence):
    page = send(client, **wrong)
    assert (page.status_code, nothing_kept()) == (422, True)
    assert text_of(page).count(sentence) == 2
    assert lost(page, **wrong) == []
    assert "Your call: Tuesday 1 December 2026, 1pm , UK time." in text_of(page)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"may_say_who": ""}, "Choose yes or no."),
        ({"may_leave_message": "perhaps"}, "Choose yes or no."),
        ({"access_needs": ["relay", "more"]}, "Choose from the list."),
    ],
)
def test_answers_that_no_page_offers_are_refused(client, adviser, wrong, sentence):
    page = send(client, **wrong)
    assert (page.status_code, nothing_kept()) == (422, True)
    assert text_of(page).count(sentence) == 2


def test_time_taken_meanwhile_is_answered_with_times_in_the_same_form(client, adviser):
    form = hidden_fields(client.get(HERE))
    book(start=FIRST, caller=factories.caller(), now=NOW)
    page = client.post(HERE, {**form, **ANN})
    assert (page.status_code, page["Cache-Control"], lost(page)) == (409, "no-store", [])
    assert text_of(page).count("That time is no longer free. Choose another one.") == 2
    # The nearest, and no longer the one that is gone.
    assert (starts(page)[0], len(starts(page)), "start" in hidden_fields(page)) == (as_text(SECOND), 12, False)
    assert 'href="/support-call/">See all free times</a>' in page.content.decode()
    answer = client.post(HERE, {**hidden_fields(page), **ANN, "start": as_text(SECOND)})
    made = Booking.objects.get(email="ann@example.org")
    assert (answer["Location"], made.starts_at) == (call_path(made), SECOND)
    assert broken() == []


def test_nearest_times_come_from_the_day_that_was_wanted(client, adviser):
    wanted = FIRST + timedelta(days=2)
    page = send(client, f"{DETAILS}?start={as_text(wanted)}", start=as_text(wanted + timedelta(minutes=7)))
    assert page.status_code == 409
    assert {start[:8] for start in starts(page)} == {"20261203"}


@pytest.mark.parametrize(
    ("start", "status"),
    [("20261201T1307Z", 409), ("20261201T0900Z", 409), ("20261206T1000Z", 409), ("20991231T2355Z", 409),
     ("20000101T0000Z", 409),
     ("", 422), ("soon", 422)],
)  # fmt: skip
def test_time_that_was_never_offered_books_nothing(client, adviser, start, status):
    page = send(client, start=start)
    assert (page.status_code, nothing_kept(), lost(page)) == (status, True, [])
    assert len(starts(page)) == 12


def test_all_that_is_wrong_is_said_at_once(client, adviser):
    form = hidden_fields(client.get(HERE))
    factories.booking(adviser=adviser, starts_at=FIRST)
    page = client.post(HERE, {**form, **ANN, "name": ""})
    assert page.status_code == 422
    assert "That time is no longer free." in text_of(page)
    assert "Enter your name." in text_of(page)


def test_last_time_taken_leads_to_the_waiting_list(client, adviser):
    form = hidden_fields(client.get(HERE))
    adviser.weekly_hours.all().delete()
    page = client.post(HERE, {**form, **ANN})
    assert (page.status_code, starts(page), lost(page)) == (409, [], [])
    assert "All calls are booked at the moment. Join the waiting list" in text_of(page)
    assert 'href="/support-call/waiting-list/"' in page.content.decode()


@pytest.mark.parametrize("mine", [{"email": "Ann@example.org"}, {"phone": "+447700900123"}])
def test_who_has_a_call_is_told_by_email(client, adviser, mine):
    theirs = factories.booking(adviser=adviser, **mine)
    page = send(client)
    assert (page.status_code, lost(page), Booking.objects.count()) == (409, [], 1)
    text, html = text_of(page), page.content.decode()
    told = "A call is booked already with this e-mail address or phone number. Look for our e-mail about it:"
    assert f"There is a problem {told}" in text
    assert '<a href="/contact/">No e-mail from us? Write to us, and we will sort it out with you</a>' in html
    assert "A call is booked already We can book one call at a time for you." in text
    assert "Then mend it here. We can still book you Tuesday 1 December 2026, 1pm , UK time." in text
    assert ("Your call:" in text, "I have mended it: book this call" in text) == (False, True)
    assert theirs.reference not in text
    assert queued() == [("already", theirs.email)]


def test_who_mistyped_an_address_that_has_a_call_mends_it_and_books(client, adviser):
    factories.booking(adviser=adviser, email="anne@example.org")
    page = send(client, email="anne@example.org")
    answer = client.post(HERE, {**hidden_fields(page), **ANN})
    assert answer["Location"] == call_path(Booking.objects.get(email="ann@example.org"))


def test_who_has_a_call_and_wants_a_time_that_is_gone_is_shown_others(client, adviser):
    factories.booking(adviser=adviser, email="ann@example.org")
    form = hidden_fields(client.get(HERE))
    factories.booking(adviser=adviser, starts_at=FIRST)
    page = client.post(HERE, {**form, **ANN})
    assert (page.status_code, starts(page)[0]) == (409, as_text(SECOND))
    text = text_of(page)
    assert ("Then mend it here." in text, "We can still book you" in text, "Choose another time" in text) == (
        True,
        False,
        True,
    )


def test_double_click_books_once(client, adviser):
    form = {**hidden_fields(client.get(HERE)), **ANN}
    answers = {client.post(HERE, form)["Location"] for _ in range(2)}
    assert answers == {call_path(Booking.objects.get())}
    assert queued("booked") == [("booked", "ann@example.org")]


def test_program_gets_an_answer_that_tells_it_nothing(client, adviser):
    answer = send(client, other_reason="buy")
    assert (answer.status_code, answer["Location"], nothing_kept()) == (302, f"{DETAILS}check-your-email/", True)
    page = client.get(answer["Location"])
    assert "We will e-mail the address that you typed." in text_of(page)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")


def test_many_bookings_from_one_connection_have_to_wait(client, adviser, settings):
    settings.CALLS_AN_HOUR = 1
    send(client)
    path = f"{DETAILS}?start={as_text(SECOND)}"
    page = send(client, path, email="bea@example.org", phone="07700 900124")
    assert (page.status_code, page["Retry-After"], Booking.objects.count()) == (429, "3600", 1)
    assert lost(page, email="bea@example.org", phone="07700 900124") == []
    assert "We have had too many tries from your internet connection" in text_of(page)
    assert 'href="/contact/">Write to us</a>' in page.content.decode()


def test_looking_books_nothing(client, adviser):
    for method in (client.get, client.head):
        assert method(HERE, ANN | {"start": as_text(FIRST)}).status_code == 200
    assert nothing_kept()


def test_how_long_details_are_kept_is_said(client, adviser):
    assert f"We delete what you type here {settings.CALL_KEPT_DAYS} days after the call." in text_of(client.get(HERE))


def test_who_goes_back_and_mends_wrongly_keeps_their_own_time(client, adviser):
    fields = hidden_fields(client.get(HERE)) | ANN
    client.post(HERE, fields)
    page = client.post(HERE, fields | {"email": "ann at example"})
    assert (page.status_code, 'type="radio" name="start"' in page.content.decode()) == (422, False)
    assert "Your call: Tuesday 1 December 2026, 1pm" in text_of(page)
    assert client.post(HERE, fields | {"word": "green bird"}).status_code == 302
    assert Booking.objects.get().word == "green bird"


def test_time_of_a_call_that_was_cancelled_is_theirs_no_longer(client, adviser):
    fields = hidden_fields(client.get(HERE)) | ANN
    client.post(HERE, fields)
    cancel(booking=Booking.objects.get(), now=NOW)
    book(start=FIRST, caller=factories.caller(), now=NOW)
    page = client.post(HERE, fields | {"email": "ann at example"})
    assert (page.status_code, starts(page)[0]) == (422, as_text(SECOND))


def test_one_address_is_counted_wherever_it_is_typed(client, adviser, monkeypatch):
    monkeypatch.setattr("sendguide.guard.rate_limit.MOST_FOR_ONE_EMAIL", 1)
    assert send(client).status_code == 302
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert send(elsewhere, f"{DETAILS}?start={as_text(SECOND)}", email=" ANN@example.org").status_code == 429
