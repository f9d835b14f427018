"""Correcting what we know of a family, on the page of their call."""

from datetime import timedelta

import pytest
import time_machine

from bookings.actions import cancel, correct_details, move
from bookings.models import Booking
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.admin.acting import act_address, logged, press, words_of
from tests.bookings.admin.conftest import NOW, at_time
from tests.bookings.queued import queued
from tests.factories import CALL_TIME
from tests.guides.admin.posting import desk, fields_of, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
NEW = {
    "name": "Secret Bea",
    "phone": "18001 07700 900 123",
    "email": "bea@example.org",
    "word": "moonlight",
    "may_say_who": "on",
    "may_leave_message": "on",
    "access_needs": ["relay", "other"],
    "access_details": "Slowly, please",
    "about": "Nights",
}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def later(call):
    """Some time after it was booked."""
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield


def faults_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_form_shows_what_is_kept(amiras, amira):
    call = factories.booking(adviser=amira, phone="+447700900123", phone_prefix="18001", access_needs=["bsl"])
    fields = fields_of(amiras.get(act_address(call, "correct")))
    assert {name: fields[name] for name in ("name", "phone", "email", "word", "access_needs")} == {
        "name": ["Ann"],
        "phone": ["18001 07700 900123"],
        "email": [call.email],
        "word": ["sunshine"],
        "access_needs": ["bsl"],
    }
    assert "may_say_who" not in fields


def test_saving_the_form_as_it_is_changes_nothing(amiras, call, later):
    before = Booking.objects.values().get()
    response = press(amiras, call, "correct")
    assert messages_of(response) == ["Nothing was different, so nothing was changed."]
    assert (Booking.objects.values().get(), queued(), logged()) == (before, [], [])


def test_everything_is_corrected_and_written_down_without_what_it_is(amiras, call, later):
    response = press(amiras, call, "correct", **NEW)
    assert response.redirect_chain == [(desk(call), 302)]
    assert messages_of(response) == [
        "The details are corrected. The family will be e-mailed the confirmation at the new address. "
        "The old link has stopped."
    ]
    call.refresh_from_db()
    assert (call.name, call.phone, call.phone_prefix, call.email) == (
        *("Secret Bea", "+447700900123", "18001", "bea@example.org"),
    )
    assert (call.word, call.may_say_who, call.may_leave_message, call.about) == ("moonlight", True, True, "Nights")
    assert (call.access_needs, call.access_details) == (["relay", "other"], "Slowly, please")
    assert queued() == [("booked", "bea@example.org")]
    assert logged() == [
        (
            str(call),
            "Corrected: name, phone, e-mail, may say who calls, may leave a message, access needs, access details, "
            "their word, wants to talk about.",
        )
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"phone": "07700 900123"}, "The family is not e-mailed: nothing of this stands in their confirmation."),
        ({"word": "moonlight"}, "The family will be e-mailed the new details."),
        ({"email": ""}, "We have no e-mail address: please tell the family yourself."),
    ],
)
def test_staff_read_whether_the_family_is_told(amiras, call, later, typed, told):
    assert messages_of(press(amiras, call, "correct", **typed)) == [f"The details are corrected. {told}"]
    assert queued() == ([("corrected", "ann@example.org")] if "word" in typed else [])


def test_topic_and_council_are_corrected(amiras, call, later):
    topic, council = factories.topic(), factories.council()
    press(amiras, call, "correct", topic=str(topic.pk), council=str(council.pk))
    call.refresh_from_db()
    assert (call.topic, call.council) == (topic, council)
    assert logged() == [(str(call), "Corrected: topic, council.")]


def test_topic_with_which_the_adviser_cannot_help_is_refused_with_all_that_was_typed(amiras, amira, call, later):
    amira.topics.set([factories.topic()])
    other = factories.topic()
    response = press(amiras, call, "correct", topic=str(other.pk), name="Bea")
    assert (response.status_code, fields_of(response)["topic"]) == (422, [str(other.pk)])
    assert faults_of(response)["__all__"] == [
        "Amira cannot help with this topic, or does not know the law where they live. Nothing is changed yet. Leave "
        "topic and council as they were, or move the call to somebody who can help, and come back."
    ]
    assert (Booking.objects.get().name, logged()) == ("Secret Sue", [])


def test_topic_that_the_adviser_no_longer_helps_with_stands_in_no_ones_way(amiras, amira, call, later):
    Booking.objects.update(topic=factories.topic())
    amira.topics.set([factories.topic()])
    press(amiras, call, "correct", name="Bea")
    assert (Booking.objects.get().name, Booking.objects.get().topic is None) == ("Bea", False)


def test_what_cannot_be_is_said_at_its_field_and_all_that_was_typed_stays(amiras, call, later):
    typed = NEW | {"phone": "12", "email": "bea", "name": ""}
    response = press(amiras, call, "correct", **typed)
    assert (response.status_code, set(faults_of(response))) == (422, {"name", "phone", "email"})
    assert "Please look at what is marked below. Nothing is changed yet." in words_of(response)
    fields = fields_of(response)
    assert {name: fields[name] for name in NEW} == {
        name: value if name in ("access_needs", "about") else [value] for name, value in typed.items()
    }
    assert (Booking.objects.get().name, queued(), logged()) == ("Secret Sue", [], [])


def test_number_that_has_a_call_is_refused_with_all_that_was_typed(amiras, amira, call, later):
    factories.booking(
        adviser=amira, starts_at=CALL_TIME + 60 * MINUTE, phone="+447700900123", email="known@example.org"
    )
    response = press(amiras, call, "correct", **NEW)
    assert (response.status_code, fields_of(response)["name"]) == (422, ["Secret Bea"])
    assert response.context["problem"].startswith("This phone number or e-mail address has a call to come already")
    assert queued() == [("already", "known@example.org")]
    assert (Booking.objects.get(pk=call.pk).name, logged()) == ("Secret Sue", [])


def test_later_of_two_who_correct_is_told_and_can_still_save(amiras, call):
    opened = fields_of(amiras.get(act_address(call, "correct")))
    with time_machine.travel(NOW + MINUTE, tick=False):
        press(amiras, call, "correct", phone="07700 900123")
    with time_machine.travel(NOW + 2 * MINUTE, tick=False):
        response = amiras.post(act_address(call, "correct"), opened | {"name": "Bea"})
        assert response.status_code == 422
        assert faults_of(response)["__all__"] == [
            "Somebody saved this while you had it open (1 December 2026, 9:01am). What you typed is still here. "
            "Look at the call in another tab to see their changes. If you save again, yours replace theirs."
        ]
        assert fields_of(response)["name"] == ["Bea"]
        assert (Booking.objects.get().name, Booking.objects.get().phone) == ("Secret Sue", "+447700900123")
        amiras.post(act_address(call, "correct"), fields_of(response))
    assert (Booking.objects.get().name, Booking.objects.get().phone) == ("Bea", call.phone)


def test_call_that_was_moved_meanwhile_is_looked_at_first(amiras, amira, call):
    opened = fields_of(amiras.get(act_address(call, "correct")))
    with time_machine.travel(NOW + MINUTE, tick=False):
        move(booking=call, start=CALL_TIME + 60 * MINUTE, now=NOW + MINUTE)
        response = amiras.post(act_address(call, "correct"), opened | {"name": "Bea"})
    assert "Wednesday 2 December 2026, 11am (UK time), Amira Somebody saved this" in words_of(response)


@pytest.mark.parametrize("opened_at", ["", "x", "9999-99-99"])
def test_form_that_does_not_say_what_it_showed_is_told_too(amiras, call, later, opened_at):
    response = press(amiras, call, "correct", name="Bea", opened_at=opened_at)
    assert (response.status_code, Booking.objects.get().name) == (422, "Secret Sue")
    assert fields_of(response)["opened_at"] == [NOW.isoformat()]


@pytest.mark.parametrize("state", ["begun", "cancelled"])
def test_what_is_over_is_not_corrected(amiras, call, state):
    page = fields_of(amiras.get(act_address(call, "correct")))
    if state == "cancelled":
        cancel(booking=call, now=NOW)
    with at_time(CALL_TIME if state == "begun" else NOW, amiras, call):
        before = Booking.objects.values().get()
        response = amiras.post(act_address(call, "correct"), page | {"name": "Bea"}, follow=True)
        sentence = "This call has been cancelled, has begun or is over: its details stay as they are."
        assert (response.status_code, sentence in words_of(response)) == (422, True)
        assert sentence in words_of(amiras.get(act_address(call, "correct")))
        assert "Correct details" not in words_of(amiras.get(desk(call)))
    assert Booking.objects.values().get() == before


def test_call_that_is_cancelled_at_the_same_moment_is_not_corrected(amiras, call, later, monkeypatch):
    """Between the look at it and the correction."""
    page = fields_of(amiras.get(act_address(call, "correct")))
    monkeypatch.setattr("bookings.admin.correct.correct_details", _after_cancelling)
    response = amiras.post(act_address(call, "correct"), page | {"name": "Bea"})
    assert (response.status_code, Booking.objects.get().name) == (422, "Secret Sue")
    assert "its details stay as they are" in response.context["problem"]


def _after_cancelling(**arguments):
    cancel(booking=arguments["booking"], now=NOW)
    return correct_details(**arguments)


def test_call_of_another_adviser_has_no_such_page(amiras):
    theirs = factories.booking()
    assert amiras.get(act_address(theirs, "correct")).status_code == 404
    assert amiras.post(act_address(theirs, "correct"), NEW).status_code == 404


@pytest.mark.parametrize("permissions", [("view_booking", "see_all_calls"), ("change_booking",)])
def test_only_who_may_change_calls_corrects(client, call, permissions):
    client.force_login(factories.staff(*permissions))
    assert client.post(act_address(call, "correct"), NEW).status_code == 403
    assert Booking.objects.get().name == "Secret Sue"


def test_nothing_of_the_family_is_kept_in_the_outbox_but_the_address(amiras, call, later):
    press(amiras, call, "correct", word="moonlight")
    assert QueuedEmail.objects.get().details == {}
