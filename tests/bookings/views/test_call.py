"""Somebody's own call, opened by the link in their e-mail."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from icalendar import Calendar

from bookings.actions import Reason, Refused
from bookings.links import CALL, WAITING, call_path
from bookings.models import Booking, ExtraHours
from bookings.weeks import as_text
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.bookings.views.conftest import FIRST, NOW
from tests.bookings.views.test_times import starts
from tests.factories import CALL_TIME
from tests.workshops.views.posting import PERSONAL, hidden_fields, privacy_of, send, text_of

NAMES = ("call", "call_move", "call_cancel")
SECRETS = {
    "name": "Annabel",
    "phone": "+447700900123",
    "email": "ann@example.org",
    "word": "marzipan",
    "about": "School says he is fine.",
    "access_details": "Polish, please",
    "summary": "We talked about school.",
}
CAN_CHANGE = {"Move this call", "Cancel this call", "Put it in your calendar"}


@pytest.fixture
def mine(adviser) -> Booking:
    return factories.booking(adviser=adviser, **SECRETS)


def heading(page) -> str:
    return re.search(r"<h1>(.*?)</h1>", page.content.decode(), re.DOTALL)[1]


def deeds(page) -> set[str]:
    return {deed for deed in CAN_CHANGE if deed in text_of(page)}


@pytest.mark.parametrize("name", NAMES)
def test_looking_changes_nothing_and_tells_nobody_else_anything(client, mine, name):
    before = Booking.objects.values().get()
    for method in (client.get, client.head):
        page = method(call_path(mine, name))
        assert (page.status_code, privacy_of(page)) == (200, PERSONAL)
    assert (Booking.objects.values().get(), QueuedEmail.objects.count()) == (before, 0)
    html = client.get(call_path(mine, name)).content.decode()
    assert [secret for secret in (*SECRETS.values(), "07700", "m…n") if secret in html] == []


def test_call_says_when_who_and_what_can_be_done(client, mine, settings):
    settings.CALLS_COME_FROM = "020 7946 0999"
    page = client.get(call_path(mine))
    text = text_of(page)
    assert heading(page) == "Your call is booked"
    assert "Wednesday 2 December 2026, 10am , UK time" in text
    assert "Sam, from 020 7946 0999" in text
    assert f"Reference {mine.reference}" in text
    assert deeds(page) == CAN_CHANGE


@pytest.mark.parametrize(
    ("fields", "says_word", "message"),
    [
        ({"word": "moon"}, True, "If nobody answers, we leave no message."),
        ({"word": "", "may_leave_message": True}, False, "we may leave a message. You said that we can."),
    ],
)
def test_call_says_how_we_call_as_they_chose(client, mine, fields, says_word, message):
    Booking.objects.update(**fields)
    text = text_of(client.get(call_path(mine)))
    assert ("first says the word that you chose" in text, message in text) == (says_word, True)


@pytest.mark.parametrize(
    ("fields", "later", "expected"),
    [
        ({"sequence": 1}, timedelta(), "Your call has a new time"),
        ({"status": "cancelled", "cancelled_by": "family"}, timedelta(), "Your call is cancelled"),
        ({"status": "cancelled", "cancelled_by": "staff"}, timedelta(), "We had to cancel your call"),
        ({}, CALL_TIME - NOW, "It is time for your call"),
        ({"outcome": "not reached"}, CALL_TIME - NOW, "We could not reach you"),
        ({"outcome": "helped"}, CALL_TIME - NOW, "This call is over"),
        ({}, CALL_TIME - NOW + timedelta(minutes=15), "This call is over"),
        ({"outcome": "helped"}, timedelta(days=2), "This call is over"),
        ({"outcome": "not reached"}, timedelta(days=2), "We could not reach you"),
    ],
)
def test_call_explains_how_it_stands(client, mine, now, fields, later, expected):
    Booking.objects.update(is_upcoming="status" not in fields, **fields)
    now.shift(later)
    page = client.get(call_path(mine))
    assert (page.status_code, heading(page)) == (200, expected)
    is_to_come = expected == "Your call has a new time"
    assert (deeds(page), "Book another call" in text_of(page)) == (CAN_CHANGE if is_to_come else set(), not is_to_come)


def test_link_that_is_forged_revoked_or_for_something_else_opens_nothing(client, mine):
    good = call_path(mine)
    token = good.split("/")[-2]
    Booking.objects.update(link_version=2)
    odd = [CALL.sign_object(value) for value in ([mine.pk], "text", [mine.pk, 2, 3], ["x", "y"], [mine.pk + 1, 2])]
    other = WAITING.sign_object([mine.pk, 2])
    tokens = [token, token[:-1], "x", other, signing.Signer().sign_object([mine.pk, 2]), *odd]
    paths = [f"/support-call/call/{each}/" for each in tokens]
    pages = [client.get(path + more) for path in paths for more in ("", "move/", "cancel/", "call.ics")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


def test_calendar_file_holds_the_call_and_nothing_personal(client, mine):
    answer = client.get(call_path(mine, "call_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert (answer["Content-Disposition"], answer["Cache-Control"]) == ('attachment; filename="call.ics"', "no-store")
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["method"], event["dtstart"].dt, event["summary"]) == (
        "PUBLISH", CALL_TIME, "Phone call (SEND Guide)"
    )  # fmt: skip
    assert [secret for secret in SECRETS.values() if secret.encode() in answer.content] == []


def test_calendar_file_of_a_cancelled_call_takes_it_out(client, mine):
    (put_in,) = Calendar.from_ical(client.get(call_path(mine, "call_calendar")).content).walk("VEVENT")
    send(client, call_path(mine, "call_cancel"))
    answer = client.get(call_path(mine, "call_calendar"))
    (taken_out,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(event["status"], event["sequence"]) for event in (put_in, taken_out)] == [
        ("CONFIRMED", 0),
        ("CANCELLED", 1),
    ]
    assert (taken_out["uid"], taken_out.walk("VALARM"), "description" in taken_out) == (put_in["uid"], [], False)
    assert [secret for secret in SECRETS.values() if secret.encode() in answer.content] == []


def test_call_is_cancelled_by_its_button(client, mine):
    path = call_path(mine, "call_cancel")
    assert "Cancel your call? Wednesday 2 December 2026, 10am" in text_of(client.get(path))
    answer = send(client, path)
    assert (answer.status_code, answer["Location"]) == (302, call_path(mine))
    page = client.get(answer["Location"])
    assert heading(page) == "Your call is cancelled"
    mine.refresh_from_db()
    assert (mine.is_cancelled, mine.cancelled_by) == (True, "family")
    assert queued() == [("cancelled", "ann@example.org"), ("adviser_cancelled", "sam@staff.example")]
    assert broken() == [f"call {mine.pk} is not told"]  # the factory tells nobody of its booking


def test_button_pressed_twice_changes_nothing_more(client, mine):
    send(client, call_path(mine, "call_cancel"))
    page = client.post(call_path(mine, "call_cancel"), follow=True)
    assert heading(page) == "Your call is cancelled"
    assert len(queued("cancelled")) == 1


@pytest.mark.parametrize("name", ["call_move", "call_cancel"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("state", ["cancelled", "begun"])
def test_what_cannot_be_changed_any_more_leads_to_what_explains_it(client, mine, now, name, method, state):
    if state == "cancelled":
        Booking.objects.update(status="cancelled", is_upcoming=False, cancelled_by="staff")
    else:
        now.move_to(CALL_TIME)
    before = Booking.objects.values().get()
    answer = getattr(client, method)(call_path(mine, name), {"start": as_text(FIRST)})
    assert (answer.status_code, answer["Location"]) == (302, call_path(mine))
    assert (Booking.objects.values().get(), QueuedEmail.objects.count()) == (before, 0)


def test_times_to_move_to_are_those_of_the_same_wish_with_ones_own_marked(client, mine, hull):
    topic = factories.topic()
    mine.topic, mine.council = topic, hull
    mine.save()
    mine.adviser.topics.set([factories.topic()])
    for fields in ({"nations": ["Scotland"]}, {"topics": [factories.topic()]}):
        factories.adviser(**fields)
    page = client.get(call_path(mine, "call_move"))
    assert (starts(page), "There is no other free time at the moment." in text_of(page)) == ([], True)
    fits = factories.adviser(weekdays=(), topics=[topic])
    ExtraHours.objects.create(adviser=fits, day=CALL_TIME.date(), starts="11:00", ends="11:15")
    page = client.get(call_path(mine, "call_move"))
    assert starts(page) == ["20261202T1100Z"]
    assert "Wednesday 2 December 2026, 10am yours now" in text_of(page)


def test_call_is_moved(client, mine):
    path = call_path(mine, "call_move")
    answer = send(client, path, start=as_text(FIRST))
    assert (answer.status_code, answer["Location"]) == (302, call_path(mine))
    mine.refresh_from_db()
    assert (mine.starts_at, mine.sequence) == (FIRST, 1)
    page = client.get(answer["Location"])
    assert heading(page) == "Your call has a new time"
    assert "Tuesday 1 December 2026, 1pm , UK time" in text_of(page)
    assert queued("moved") == [("moved", "ann@example.org")]
    # A double click, and the time that they have.
    assert client.post(path, {"start": as_text(FIRST)})["Location"] == call_path(mine)
    assert len(queued("moved")) == 1


def test_moving_nowhere_is_asked_again(client, mine):
    for start in ("", "soon"):
        page = send(client, call_path(mine, "call_move"), start=start)
        assert (page.status_code, text_of(page).count("Choose a time for your call.")) == (422, 2)
    mine.refresh_from_db()
    assert mine.starts_at == CALL_TIME


@pytest.mark.parametrize("start", [FIRST, FIRST + timedelta(minutes=7), NOW, CALL_TIME - timedelta(days=7)])
def test_moving_to_what_is_not_free_gets_fresh_times(client, mine, start):
    factories.booking(adviser=mine.adviser, starts_at=FIRST)
    page = send(client, call_path(mine, "call_move"), start=as_text(start))
    assert (page.status_code, page["Cache-Control"], starts(page)[0]) == (
        409, "no-store", as_text(FIRST + timedelta(minutes=20))
    )  # fmt: skip
    assert text_of(page).count("That time is no longer free. Choose another one.") == 2
    mine.refresh_from_db()
    assert mine.starts_at == CALL_TIME


def test_time_that_is_taken_during_the_click_is_not_offered_again(client, mine, monkeypatch):
    def move_too_late(**_):
        factories.booking(adviser=mine.adviser, starts_at=FIRST)
        raise Refused(Reason.TAKEN)

    monkeypatch.setattr("bookings.views.move.move", move_too_late)
    page = send(client, call_path(mine, "call_move"), start=as_text(FIRST))
    assert (page.status_code, starts(page)[0]) == (409, as_text(FIRST + timedelta(minutes=20)))


def test_weeks_to_move_to_lead_on(client, mine):
    path = call_path(mine, "call_move")
    page = client.get(path).content.decode()
    assert f'href="{path}?week=2026-12-08" rel="next"' in page
    later = client.get(path, {"week": "2026-12-08"})
    assert starts(later)[0] == "20261208T0900Z"
    assert f'href="{path}?week=2026-12-01" rel="prev"' in later.content.decode()
    assert starts(client.get(path, {"week": "soon"}))[0] == as_text(FIRST)
    assert "csrfmiddlewaretoken" in hidden_fields(later)
