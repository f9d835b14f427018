"""What staff write down of a call: tries, outcome, summary and guides."""

from datetime import timedelta

import pytest

from bookings.actions import cancel
from bookings.models import Booking
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.admin.acting import act_address, logged, press, words_of
from tests.bookings.admin.conftest import NOW, at_time
from tests.bookings.queued import queued
from tests.factories import CALL_TIME
from tests.guides.admin.posting import desk, errors_of, fields_of, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def nobody_answered(client, call):
    """Press the button on the page of the call."""
    return client.post(act_address(call, "tried"), fields_of(client.get(desk(call))), follow=True)


def test_tries_are_counted_up_to_three(amiras, call):
    with at_time(CALL_TIME + HOUR, amiras, call):
        for number in (1, 2, 3):
            assert messages_of(nobody_answered(amiras, call)) == [f"Nobody answered, try {number} of 3."]
        assert "You have tried 3 times. Record the outcome" in words_of(amiras.get(desk(call)))
        for tries in ("3", "2", "-1", "x", ""):
            amiras.post(act_address(call, "tried"), {"tries": tries})
    assert Booking.objects.get().tries == 3
    assert logged() == [(str(call), f"Nobody answered, try {number} of 3.") for number in (1, 2, 3)]


def test_desk_names_as_many_tries_as_are_promised(amiras, call, monkeypatch):
    monkeypatch.setattr("bookings.templatetags.desk.TRIES", 5)
    with at_time(CALL_TIME + HOUR, amiras, call):
        nobody_answered(amiras, call)
        page = words_of(amiras.get(desk(call)))
    assert "Tried 1 of 5 times." in page
    assert "We try 5 times." in page
    assert "We try 5 times. We leave no message" in words_of(amiras.get("/admin/bookings/book/"))


def test_pressing_twice_counts_one_try(amiras, call):
    with at_time(CALL_TIME + HOUR, amiras, call):
        page = fields_of(amiras.get(desk(call)))
        for _ in range(2):
            amiras.post(act_address(call, "tried"), page)
    assert Booking.objects.get().tries == 1


def test_nobody_is_tried_before_the_call(amiras, call):
    response = amiras.post(act_address(call, "tried"), {"tries": "0"}, follow=True)
    assert messages_of(response) == [
        "This call has not begun yet. Once it has, you can write down here what became of it."
    ]
    assert (Booking.objects.get().tries, logged()) == (0, [])


def test_outcome_is_kept_and_e_mailed(amiras, call):
    guide = factories.guide(title="Anxiety")
    factories.guide(title="Half done", status="draft")
    with at_time(CALL_TIME + HOUR, amiras, call):
        page = words_of(amiras.get(act_address(call, "outcome")))
        assert ("Anxiety" in page, "Half done" in page) == (True, False)
        assert "The summary and the guides go to ann@example.org." in page
        response = press(
            amiras, call, "outcome", outcome="helped", summary="Ask the school.", guides=[guide.pk], e_mail="on"
        )
    assert messages_of(response) == ["The outcome is kept.", "The family will be e-mailed the summary and the guides."]
    call.refresh_from_db()
    assert (call.outcome, call.summary, list(call.guides.all())) == ("helped", "Ask the school.", [guide])
    assert queued() == [("summary", "ann@example.org")]
    assert logged() == [(str(call), "Recorded the outcome: helped.")]


def test_later_of_two_who_write_down_an_outcome_is_told_and_keeps_what_was_typed(amiras, call):
    with at_time(CALL_TIME + HOUR, amiras, call):
        opened = fields_of(amiras.get(act_address(call, "outcome")))
        press(amiras, call, "outcome", outcome="helped", summary="Ask the school.")
        response = amiras.post(act_address(call, "outcome"), opened | {"outcome": "other", "summary": "Ask the GP."})
        told = (
            "Somebody saved this while you had it open (2 December 2026, 11am). What you typed is still here. Look at "
            "the call in another tab to see their changes. If you save again, yours replace theirs."
        )
        assert (response.status_code, errors_of(response)) == (422, {"__all__": [told]})
        assert told in words_of(response)
        assert (Booking.objects.get().summary, len(logged())) == ("Ask the school.", 1)
        fields = fields_of(response)
        assert (fields["outcome"], fields["summary"]) == (["other"], "Ask the GP.")
        amiras.post(act_address(call, "outcome"), fields)
    call.refresh_from_db()
    assert (call.outcome, call.summary) == ("other", "Ask the GP.")


def test_outcome_that_is_sent_twice_is_kept(amiras, call):
    guide = factories.guide()
    with at_time(CALL_TIME + HOUR, amiras, call):
        typed = {"outcome": "helped", "summary": "Ask.", "guides": [guide.pk], "e_mail": "on"}
        page = fields_of(amiras.get(act_address(call, "outcome"))) | typed
        sent = [amiras.post(act_address(call, "outcome"), page).status_code for _ in range(2)]
    assert (sent, queued()) == ([302, 302], [("summary", "ann@example.org")])


def test_outcome_is_e_mailed_only_when_asked_for(amiras, call):
    with at_time(CALL_TIME + HOUR, amiras, call):
        response = press(amiras, call, "outcome", outcome="other", summary="Ask the school.")
    assert (messages_of(response), queued()) == (["The outcome is kept."], [])


def test_family_that_was_not_reached_is_told_once(amiras, call):
    Booking.objects.update(tries=3)
    with at_time(CALL_TIME + HOUR, amiras, call):
        for _ in range(2):
            press(amiras, call, "outcome", outcome="not reached")
    assert queued() == [("missed", "ann@example.org")]


def test_family_is_not_given_up_before_the_tries_that_it_was_promised_without_a_question(amiras, call):
    Booking.objects.update(tries=1)
    with at_time(CALL_TIME + HOUR, amiras, call):
        asked = press(amiras, call, "outcome", outcome="not reached", summary="Ask.")
        assert (asked.status_code, Booking.objects.get().outcome, queued()) == (422, "", [])
        assert "You have noted 1 of 3 tries" in words_of(asked)
        page = fields_of(asked)
        assert (page["outcome"], page["summary"]) == (["not reached"], "Ask.")
        amiras.post(act_address(call, "outcome"), page)
    assert (Booking.objects.get().outcome, queued("missed")) == ("not reached", [("missed", "ann@example.org")])


def test_outcome_is_shown_again_to_be_mended(amiras, call):
    guide = factories.guide()
    Booking.objects.update(outcome="helped", summary="Ask.")
    call.guides.set([guide])
    with at_time(CALL_TIME + HOUR, amiras, call):
        fields = fields_of(amiras.get(act_address(call, "outcome")))
    assert (fields["outcome"], fields["summary"], fields["guides"]) == (["helped"], "Ask.", [str(guide.pk)])


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"summary": "Ask."}, {"outcome": ["Choose what became of the call."]}),
        (
            {"outcome": "helped", "e_mail": "on"},
            {"e_mail": ["Write a summary or choose a guide: there is nothing to e-mail yet."]},
        ),
        ({"outcome": "helped", "summary": "a" * 2001}, {"summary": ["Please keep it to 2000 characters."]}),
        (
            {"outcome": "helped", "guides": ["999"]},
            {"guides": ["One of these guides is not published any more. Choose again."]},
        ),
    ],
)
def test_outcome_that_cannot_be_kept_loses_nothing_typed(amiras, call, typed, faults):
    with at_time(CALL_TIME + HOUR, amiras, call):
        response = press(amiras, call, "outcome", **typed)
    assert (response.status_code, errors_of(response)) == (422, faults)
    assert fields_of(response)["summary"] == typed.get("summary", "")
    assert (Booking.objects.get().outcome, queued(), logged()) == ("", [], [])


def test_call_without_address_offers_no_e_mail(amiras, call):
    Booking.objects.update(email="")
    with at_time(CALL_TIME + HOUR, amiras, call):
        assert "E-mail this to the family" not in words_of(amiras.get(act_address(call, "outcome")))
        press(amiras, call, "outcome", outcome="helped", summary="Ask.", e_mail="on")
    assert (Booking.objects.get().outcome, queued()) == ("helped", [])


@pytest.mark.parametrize("state", ["to come", "cancelled"])
def test_outcome_of_what_did_not_take_place_is_refused_with_all_typed(amiras, call, state):
    if state == "cancelled":
        cancel(booking=call, now=NOW)
    response = press(amiras, call, "outcome", outcome="helped", summary="Ask.")
    assert (response.status_code, fields_of(response)["summary"]) == (422, "Ask.")
    assert response.context["problem"]
    assert (Booking.objects.get().outcome, logged()) == ("", [])


def test_log_and_messages_hold_nothing_of_the_family(amiras, call):
    with at_time(CALL_TIME + HOUR, amiras, call):
        press(amiras, call, "outcome", outcome="helped", summary="Secret summary", e_mail="on")
        nobody_answered(amiras, call)
    texts = " ".join(f"{entry} {said}" for entry, said in logged())
    assert not [each for each in ("Secret", "ann@example.org", call.phone, "sunshine") if each in texts]
    assert QueuedEmail.objects.get().details == {"version": Booking.objects.get().summary_version()}
