"""The waiting list for calls, as staff see it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils.html import strip_tags

from bookings.models import Offer, WaitingEntry
from tests import factories
from tests.bookings.admin.conftest import NOW
from tests.bookings.queued import queued
from tests.factories import CALL_TIME
from tests.guides.admin.posting import act_on, desk, fields_of, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
LIST = "/admin/bookings/waitingentry/"


def waiting(name, minutes=0, **fields):
    return factories.waiting_entry(
        email=f"{name}@example.org", queued_at=NOW - timedelta(minutes=minutes), created_at=NOW, **fields
    )


def places(client, query=""):
    page = client.get(f"{LIST}?{query}")
    model_admin = page.context["cl"].model_admin
    return [(each.email.partition("@")[0], model_admin.place(each)) for each in page.context["cl"].result_list]


def take_off(client, entries):
    """Choose the action, and say yes."""
    asked = act_on(client, entries, "take_off")
    return asked, client.post(LIST, fields_of(asked) | {"yes": "Take off the list"}, follow=True)


def test_who_waits_is_shown_in_the_order_of_the_queue(manager):
    waiting("late", 1)
    waiting("first", 9)
    waiting("gone", 20, status="left")
    waiting("middle", 5)
    assert places(manager) == [("first", 1), ("middle", 2), ("late", 3)]
    assert places(manager, "status=left") == [("gone", None)]
    assert places(manager, "status=all") == [("gone", None), ("first", 1), ("middle", 2), ("late", 3)]
    assert places(manager, "q=late") == [("late", 3)]


def test_wish_and_offers_are_said_in_words(manager):
    topic, council = factories.topic(name="Sleep"), factories.council(name="Hull City Council")
    entry = waiting("ann", weekdays=[0, 4], parts=["morning"], topic=topic, council=council)
    amira = factories.adviser(name="Amira")
    factories.offer(entry=entry, adviser=amira, status="declined", starts_at=CALL_TIME + timedelta(days=1))
    factories.offer(entry=entry, adviser=amira)
    waiting("bob", 1)
    words = " ".join(strip_tags(manager.get(LIST).content.decode().replace("<", " <")).split())
    assert "bob@example.org Any day, at any time waiting none yet 1 December 2026, 9am" in words
    assert (
        "ann@example.org Mondays or Fridays: mornings. Topic: Sleep. Council: Hull City Council waiting "
        "Thursday 3 December 2026, 10am, Amira: declined "
        "Wednesday 2 December 2026, 10am, Amira: open until 2 December 2026, 10am"
    ) in words
    assert "Mondays or Fridays: mornings" in manager.get(desk(entry)).content.decode()


def test_who_has_not_said_yes_has_no_place_yet(manager):
    factories.waiting_entry(email="new@example.org", confirmed_at=None)
    words = " ".join(strip_tags(manager.get(LIST).content.decode().replace("<", " <")).split())
    assert "has not said yes yet new@example.org" in words


def test_taking_off_asks_first(manager):
    entry, other = waiting("ann"), waiting("bob", 1)
    asked, answer = take_off(manager, [entry])
    assert "<li>ann@example.org, number 2</li>" in asked.content.decode()
    assert messages_of(answer) == ["1 family taken off the list. They are not e-mailed about it."]
    entry.refresh_from_db()
    other.refresh_from_db()
    assert (entry.status, other.status, queued()) == ("left", "waiting", [])
    log = LogEntry.objects.get()
    assert (log.object_repr, log.change_message) == (f"Waiting {entry.pk}", "Taken off the list.")


def test_nothing_happens_before_the_yes(manager):
    entry = waiting("ann")
    act_on(manager, [entry], "take_off")
    entry.refresh_from_db()
    assert entry.status == "waiting"


def test_time_held_for_them_goes_to_the_next(manager):
    entry = waiting("ann", 5)
    offer = factories.offer(entry=entry, adviser=factories.adviser(), held_until=CALL_TIME)
    waiting("bob")
    take_off(manager, [entry])
    offer.refresh_from_db()
    assert offer.status == "declined"
    assert Offer.objects.get(status="open").entry.email == "bob@example.org"
    assert queued() == [("offer", "bob@example.org")]


def test_who_does_not_wait_any_more_is_left_alone(manager):
    entry = waiting("ann")
    page = fields_of(act_on(manager, [entry], "take_off"))
    WaitingEntry.objects.update(status="booked")
    answer = manager.post(f"{LIST}?status=all", page | {"yes": ""}, follow=True)
    assert messages_of(answer) == ["1 family did not wait any more."]
    asked = manager.post(f"{LIST}?status=all", page)
    assert "None of them waits any more." in asked.content.decode()


def test_nobody_adds_changes_or_deletes_entries_here(manager):
    entry = waiting("ann")
    assert manager.get(desk(WaitingEntry, "add")).status_code == 403
    assert manager.post(desk(entry), {"email": "x@example.org"}).status_code == 403
    assert manager.post(desk(entry, "delete"), {"post": "yes"}).status_code == 403
    act_on(manager, [entry], "delete_selected", post="yes")
    assert WaitingEntry.objects.get().email == "ann@example.org"


def test_right_to_view_takes_nobody_off(client):
    entry = waiting("ann")
    client.force_login(factories.staff("view_waitingentry"))
    assert client.get(LIST).context["action_form"] is None
    act_on(client, [entry], "take_off", yes="")
    assert WaitingEntry.objects.get().status == "waiting"


@pytest.mark.parametrize("permissions", [(), ("view_booking", "see_all_calls"), ("change_waitingentry",)])
def test_without_the_right_to_see_who_waits_nothing_is_shown(client, permissions):
    entry = waiting("ann")
    client.force_login(factories.staff(*permissions))
    assert [client.get(LIST).status_code, client.get(desk(entry)).status_code] == [403, 403]
    assert client.post(LIST, {"action": "take_off", "_selected_action": entry.pk, "yes": ""}).status_code == 403


def test_visitors_are_sent_to_the_login_page(client):
    assert client.get(LIST)["Location"] == f"/admin/login/?next={LIST}"


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions_however_long_it_is(manager, number, django_assert_num_queries):
    for _ in range(number):
        entry = factories.waiting_entry(topic=factories.topic(), council=factories.council())
        factories.offer(entry=entry)
    with django_assert_num_queries(8):
        manager.get(LIST)
