from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bookings.actions import book, cancel, move
from bookings.availability import Wanted
from bookings.models import Adviser
from bookings.next_call import next_free_call
from tests import factories

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 13, tzinfo=UTC)
NEXT = FIRST + timedelta(minutes=20)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.mark.django_db
def test_there_may_be_none():
    assert next_free_call() is None


@pytest.mark.django_db
@pytest.mark.parametrize("advisers", [1, 3])
def test_it_is_worked_out_once_a_minute_at_most(django_assert_num_queries, advisers, now):
    for _ in range(advisers):
        factories.adviser()
    with django_assert_num_queries(6):
        assert [next_free_call(), next_free_call()] == [FIRST, FIRST]
    now.shift(61)
    with django_assert_num_queries(6):
        assert next_free_call() == NEXT


@pytest.mark.django_db
def test_that_there_is_none_is_kept_too(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [next_free_call(), next_free_call()] == [None, None]


@pytest.mark.django_db
def test_time_that_has_passed_is_never_named(settings):
    settings.CALL_NOTICE_HOURS = 0
    factories.adviser()
    first = next_free_call(now=NOW + timedelta(minutes=19, seconds=30))
    assert next_free_call(now=first + timedelta(seconds=1)) == first + timedelta(minutes=20)


@pytest.mark.django_db(transaction=True)
def test_booking_moving_and_cancelling_are_seen_at_once():
    factories.adviser()
    assert next_free_call() == FIRST
    booking = book(start=FIRST, caller=factories.caller(), now=NOW)
    assert next_free_call() == NEXT
    move(booking=booking, start=NEXT, now=NOW)
    assert next_free_call() == FIRST
    cancel(booking=booking, now=NOW)
    book(start=FIRST, caller=factories.caller(), now=NOW)
    assert next_free_call() == NEXT


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "about"), [("home", ""), ("guide", "?topic=sleep")])
def test_pages_name_it_or_the_waiting_list(client, name, about):
    factories.guide(slug="the-local-offer", topic=factories.topic(slug="sleep"))
    path = {"home": "/", "guide": "/guides/the-local-offer/"}[name]
    page = client.get(path).content.decode()
    assert "All calls are booked at the moment." in page
    assert f'href="/support-call/waiting-list/{about}">Join the waiting list</a>' in page
    factories.adviser()
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        page = client.get(path).content.decode()
    assert "Next free call: Tuesday 1 December, 1:20pm" in page
    assert f'href="/support-call/{about}">Book a free call</a>' in page
    assert Adviser.objects.count() == 1


@pytest.mark.django_db
def test_it_is_with_an_adviser_who_can_help(client):
    """A family in Hull is not promised the call of an adviser for Scotland, nor about sleep that of one for school."""
    school, sleep = factories.topic(slug="school"), factories.topic(slug="sleep")
    hull, fife = factories.council(slug="hull"), factories.council(slug="fife", nation="Scotland", region="Scotland")
    factories.adviser(nations=["Scotland"], topics=[school])
    assert [
        next_free_call(Wanted(topic, council)) for topic, council in [(None, None), (school, fife), (school, None)]
    ] == [FIRST] * 3
    assert [
        next_free_call(Wanted(topic, council)) for topic, council in [(None, hull), (sleep, None), (sleep, fife)]
    ] == [None] * 3
    factories.guide(slug="the-local-offer", topic=sleep)
    for path, about, named in [
        (hull.get_absolute_url(), "area=hull", False),
        (fife.get_absolute_url(), "area=fife", True),
        ("/workshops/?area=fife", "area=fife", True),
        ("/workshops/?area=hull", "area=hull", False),
        ("/guides/the-local-offer/", "topic=sleep", False),
    ]:
        page = client.get(path).content.decode()
        assert ("Next free call: Tuesday 1 December, 1pm" in page, f"?{about}" in page) == (named, True), path
