from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from icalendar import Calendar, Event

from bookings.actions import cancel, move_to
from bookings.actions.advisers import reset_feed
from bookings.links import CALL, FEED, feed_path
from bookings.models import Adviser, Booking
from tests import factories
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
CANARY = "Canary7"


@pytest.fixture(autouse=True)
def now():
    # What every page's menu leads to, for the page that says that there is nothing.
    factories.guide(slug="the-local-offer")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def adviser() -> Adviser:
    return factories.adviser(name="Amira", user=factories.staff())


def events(client: Client, adviser: Adviser) -> list[Event]:
    return Calendar.from_ical(client.get(feed_path(adviser)).content).walk("VEVENT")


def test_feed_is_a_calendar_of_the_advisers_own_calls(client, adviser):
    call = factories.booking(adviser=adviser, sequence=2, reference="K7M-4PQ")
    factories.booking()
    answer = client.get(feed_path(adviser))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert (calendar["method"], calendar["x-wr-calname"]) == ("PUBLISH", "Support calls: Amira")
    (event,) = calendar.walk("VEVENT")
    assert (event["uid"], event["sequence"]) == (f"adviser-call-{call.pk}@127.0.0.1", 2)
    assert (event["dtstart"].dt, event["dtend"].dt) == (call.starts_at, call.ends_at)
    assert (event["summary"], event["status"]) == ("Support call K7M-4PQ", "CONFIRMED")


def test_nobody_keeps_or_lists_it_and_it_sets_no_cookie(client, adviser):
    answer = client.get(feed_path(adviser))
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    assert (answer["Referrer-Policy"], dict(answer.cookies)) == ("strict-origin", {})


def test_nothing_personal_is_in_it(client, adviser):
    factories.booking(
        adviser=adviser,
        name=CANARY,
        phone="+447700900777",
        email=f"{CANARY}@example.org",
        word=CANARY,
        about=CANARY,
        access_needs=["bsl"],
        access_details=CANARY,
        summary=CANARY,
        topic=factories.topic(name="Autism"),
        council=factories.council(name="Testshire"),
    )
    text = client.get(feed_path(adviser)).content.replace(b"\r\n ", b"").decode().casefold()
    assert "support call" in text
    for secret in (CANARY.casefold(), "900777", "bsl", "autism", "testshire", "mailto", "/support-call/", "…"):
        assert secret not in text


@pytest.mark.parametrize(
    ("start", "is_shown"),
    [
        (NOW - 30 * DAY, True),
        (NOW - 30 * DAY - timedelta(minutes=5), False),
        (NOW + 28 * DAY, True),
        # The last bookable day is the 29th of December, until its end.
        (datetime(2026, 12, 29, 23, 45, tzinfo=UTC), True),
        (NOW + 30 * DAY, False),
    ],
)
def test_feed_reaches_from_last_month_to_the_horizon(client, adviser, start, is_shown):
    factories.booking(adviser=adviser, starts_at=start)
    assert bool(events(client, adviser)) is is_shown


def test_cancelled_call_is_taken_out_of_calendars(client, adviser):
    cancel(booking=factories.booking(adviser=adviser), now=NOW)
    (event,) = events(client, adviser)
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_call_that_another_adviser_took_over_is_in_their_feed_only(client, adviser):
    other = factories.adviser(user=factories.staff())
    move_to(booking=factories.booking(adviser=adviser), adviser_id=other.pk, start=CALL_TIME, now=NOW)
    assert [len(events(client, each)) for each in (adviser, other)] == [0, 1]


def test_reset_address_opens_nothing_and_the_new_one_does(client, adviser):
    old = feed_path(adviser)
    reset_feed(adviser=adviser)
    assert (client.get(old).status_code, client.get(feed_path(adviser)).status_code) == (404, 200)


def test_everything_else_is_not_found_with_the_same_words(client, adviser):
    old = feed_path(adviser)
    token = old.split("/")[3]
    reset_feed(adviser=adviser)
    call = factories.booking(adviser=adviser)
    tokens = [
        token,
        f"{token}x",
        "x",
        ":",
        CALL.sign_object([call.pk, call.link_version]),
        FEED.sign_object([0, 1]),
        FEED.sign_object([1]),
        FEED.sign_object("x"),
        FEED.sign_object([None, "x"]),
    ]
    answers = [client.get(f"/support-call/diary/{each}/calls.ics") for each in tokens]
    assert [answer.status_code for answer in answers] == [404] * len(tokens)
    assert {answer.content for answer in answers} == {answers[0].content}


def test_feed_of_a_leaver_ends(client, adviser):
    """Their account is closed, or was taken away from them."""
    path = feed_path(adviser)
    nothing = client.get("/support-call/diary/x/calls.ics").content
    User.objects.update(is_active=False)
    closed = client.get(path)
    User.objects.update(is_active=True)
    Adviser.objects.update(user=None)
    answers = [closed, client.get(path)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(404, nothing)] * 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_feed_takes_no_writes(client, adviser, method):
    answer = getattr(client, method)(feed_path(adviser))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("number", [1, 3])
def test_feed_costs_two_queries(client, adviser, number, django_assert_num_queries):
    for day in range(number):
        factories.booking(adviser=adviser, starts_at=CALL_TIME + day * DAY)
    with django_assert_num_queries(2):
        assert len(events(client, adviser)) == number
    assert Booking.objects.count() == number
