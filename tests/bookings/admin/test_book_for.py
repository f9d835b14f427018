"""Booking a call for somebody who is on the line."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry

from bookings.actions import book, cancel, move
from bookings.models import Booking
from tests import factories
from tests.bookings.admin.acting import logged, offered, words_of
from tests.bookings.admin.conftest import NOW
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.factories import CALL_TIME
from tests.guides.admin.posting import desk, fields_of, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
PAGE = "/admin/bookings/book/"
SOON = NOW + timedelta(minutes=20)
SAID = {
    "start": SOON.isoformat(),
    "name": "Secret Sue",
    "phone": "18001 07700 900 123",
    "email": "sue@example.org",
    "word": "sunshine",
    "may_say_who": "on",
    "access_needs": ["relay", "other"],
    "access_details": "Slowly, please",
    "about": "Nights",
}


def send(client, button="book", page=None, **typed):
    return client.post(PAGE, fields_of(page or client.get(PAGE)) | typed | {button: "1"}, follow=True)


def faults_of(response):
    return dict(response.context["form"].errors)


def test_call_is_booked_without_notice(amiras, amira):
    topic, council = factories.topic(), factories.council()
    response = send(amiras, **SAID, topic=str(topic.pk), council=str(council.pk))
    call = Booking.objects.get()
    assert response.redirect_chain == [(desk(call), 302)]
    assert messages_of(response) == [
        f"The call is booked: Tuesday 1 December 2026, 9:20am, with Amira. Its reference is {call.reference}. "
        "They will be e-mailed."
    ]
    assert (call.starts_at, call.adviser, call.booked_by, call.topic, call.council) == (
        *(SOON, amira, amira.user, topic, council),
    )
    assert (call.name, call.phone, call.phone_prefix, call.email) == (
        *("Secret Sue", "+447700900123", "18001", "sue@example.org"),
    )
    assert (call.word, call.may_say_who, call.may_leave_message, call.about) == ("sunshine", True, False, "Nights")
    assert (call.access_needs, call.access_details) == (["relay", "other"], "Slowly, please")
    assert queued() == [("booked", "sue@example.org"), ("adviser_booked", "amira@staff.example")]
    assert broken() == []
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == (str(call), "Booked for somebody.")


def test_e_mail_address_is_not_needed(amiras, amira):
    response = send(amiras, **SAID | {"email": ""})
    assert messages_of(response)[0].endswith("Tell them: there is no e-mail address.")
    assert queued() == [("adviser_booked", "amira@staff.example")]


def test_pressing_twice_books_once(amiras):
    page = amiras.get(PAGE)
    for second in range(2):
        with time_machine.travel(NOW + timedelta(seconds=second), tick=False):
            assert send(amiras, page=page, **SAID).status_code == 200
    assert Booking.objects.count() == 1
    assert [message for _, message in logged()] == ["Booked for somebody."]


@pytest.mark.parametrize(
    ("state", "sentence"), [("cancelled", "has been cancelled."), ("begun", "has begun, or is over.")]
)
@pytest.mark.parametrize("is_late", [False, True], ids=["before", "meanwhile"])
def test_page_sent_again_for_a_call_that_is_over_says_so_and_can_book_another(
    amiras, amira, monkeypatch, state, sentence, is_late
):
    """The call is over before the page is sent again, or only while it is moved to the other time."""
    page, later = amiras.get(PAGE), NOW + timedelta(minutes=80)
    send(amiras, page=page, **SAID)
    first = Booking.objects.get()

    def end():
        if state == "cancelled":
            cancel(booking=first, now=NOW, by_staff=True)
        else:
            Booking.objects.update(starts_at=NOW - timedelta(minutes=5))

    def move_late(**arguments):
        end()
        return move(**arguments)

    if is_late:
        monkeypatch.setattr("bookings.actions.correcting.move", move_late)
    else:
        end()
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        response = send(amiras, page=page, **SAID | {"start": later.isoformat()})
        problem = response.context["problem"]
        assert (
            response.status_code,
            problem.startswith(f"This page has booked a call before, and that call {sentence}"),
        ) == (*(422, True),)
        assert (messages_of(response), fields_of(response)["name"], len(logged())) == ([], ["Secret Sue"], 1)
        if is_late:
            end()
        response = send(amiras, page=response)
    assert messages_of(response)[0].startswith("The call is booked: Tuesday 1 December 2026, 10:20am")
    assert list(Booking.objects.order_by("pk").values_list("starts_at", flat=True))[1:] == [later]


def test_topic_and_council_that_were_chosen_after_going_back_are_kept(amiras, amira):
    page = amiras.get(PAGE)
    send(amiras, page=page, **SAID)
    topic, council = factories.topic(), factories.council()
    send(amiras, page=page, **SAID, topic=str(topic.pk), council=str(council.pk))
    assert (Booking.objects.get().topic, Booking.objects.get().council) == (topic, council)


def test_times_are_those_of_who_can_help(amiras, amira):
    WEEKDAYS = ["2026-12-02"]  # noqa: N806 - one day
    topic = factories.topic(name="Sleep")
    amira.weekly_hours.all().delete()
    factories.adviser(topics=[topic], weekdays=[2], nations=["Scotland"])
    scottish, english = factories.council(nation="Scotland"), factories.council(nation="England")
    assert list(offered(amiras.get(PAGE))) == WEEKDAYS
    assert list(offered(send(amiras, "show", topic=str(topic.pk), council=str(scottish.pk)))) == WEEKDAYS
    for wish in ({"topic": str(factories.topic().pk)}, {"council": str(english.pk)}):
        assert "Nothing is free." in words_of(send(amiras, "show", **wish))


def test_leafing_through_the_times_keeps_all_that_was_typed_and_complains_of_nothing(amiras):
    page = send(amiras, "later", **SAID | {"phone": "not a number yet", "name": ""})
    fields = fields_of(page)
    assert (page.status_code, faults_of(page), Booking.objects.count()) == (200, {}, 0)
    assert {name: fields[name] for name in ("phone", "email", "word", "about", "access_needs", "may_say_who")} == {
        "phone": ["not a number yet"],
        "email": ["sue@example.org"],
        "word": ["sunshine"],
        "about": "Nights",
        "access_needs": ["relay", "other"],
        "may_say_who": ["on"],
    }
    assert next(iter(offered(page))) == "2026-12-07"


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"start": ""}, {"start": ["Choose a time."]}),
        ({"name": " "}, {"name": ["Enter their name. The first name is enough."]}),
        ({"phone": ""}, {"phone": ["Enter a phone number, like 07700 900123 or 020 7946 0000."]}),
        ({"phone": "+1 202 555 0100"}, {"phone": ["We can only call UK phone numbers. They begin with 0 or +44."]}),
        (
            {"email": "sue"},
            {"email": ["Enter an e-mail address such as name@example.org, or leave it empty."]},
        ),
        ({"about": "a" * 501}, {"about": ["Please keep it to 500 characters."]}),
        (
            {"start": (NOW - timedelta(hours=1)).isoformat()},
            {"start": ["That time is not free any more. Here are the times that are free now: choose another one."]},
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(amiras, typed, faults):
    response = send(amiras, **SAID | typed)
    assert (response.status_code, faults_of(response)) == (422, faults)
    assert fields_of(response)["word"] == ["sunshine"]
    assert (Booking.objects.count(), queued()) == (0, [])


def test_time_that_was_taken_meanwhile_gives_the_times_left(amiras, monkeypatch):
    def taken_first(**arguments):
        book(start=SOON, caller=factories.caller(), now=NOW, by=arguments["by"])
        return book(**arguments)

    monkeypatch.setattr("bookings.admin.book_for.book", taken_first)
    response = send(amiras, **SAID)
    assert (response.status_code, fields_of(response)["name"]) == (422, ["Secret Sue"])
    assert response.context["problem"].startswith("That time is not free any more.")
    assert "9:20am" not in offered(response)["2026-12-01"]
    assert Booking.objects.count() == 1


def test_who_has_a_call_is_not_booked_another(amiras, amira):
    factories.booking(adviser=amira, phone="+447700900123", email="known@example.org")
    response = send(amiras, **SAID)
    assert (response.status_code, fields_of(response)["name"]) == (422, ["Secret Sue"])
    assert response.context["problem"].startswith("This phone number or e-mail address has a call to come already")
    assert queued() == [("already", "known@example.org")]
    assert Booking.objects.count() == 1


def test_call_that_another_adviser_gets_is_told_in_the_diary(amiras, amira):
    ben = factories.adviser(name="Ben")
    amira.weekly_hours.all().delete()
    response = send(amiras, **SAID | {"start": CALL_TIME.isoformat()})
    assert response.redirect_chain == [("/admin/bookings/diary/", 302)]
    assert "with Ben. Its reference is" in messages_of(response)[0]
    assert Booking.objects.get().adviser == ben


@pytest.mark.parametrize("permissions", [(), ("view_booking",), ("change_booking",), ("see_all_calls", "view_booking")])
def test_only_who_may_change_calls_books_them(client, permissions):
    client.force_login(factories.staff(*permissions))
    assert [client.get(PAGE).status_code, client.post(PAGE, SAID).status_code] == [403, 403]
    assert PAGE not in client.get("/admin/").content.decode()
    assert Booking.objects.count() == 0


def test_visitors_are_sent_to_the_login_page(client):
    assert client.post(PAGE, SAID)["Location"] == f"/admin/login/?next={PAGE}"
