"""Joining the waiting list for calls."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from bookings.actions import leave
from bookings.actions.offers import offer_first_free
from bookings.models import ExtraHours, Offer, WaitingEntry
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.bookings.waiting_list import HOUR, MINUTE, NOW, Status, full_day, joined, offers
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db


def test_joining_is_told_by_email():
    topic, council = factories.topic(), factories.council()
    entry = joined("Ann@Example.org", topic=topic, council=council, weekdays=[3, 0], parts=["morning"])
    entry.refresh_from_db()
    assert (entry.email, entry.email_key, entry.topic, entry.council) == (
        "Ann@Example.org",
        "ann@example.org",
        topic,
        council,
    )
    assert (entry.weekdays, entry.parts, entry.status, entry.queued_at) == ([0, 3], ["morning"], Status.WAITING, NOW)
    assert queued() == [("waiting", "Ann@Example.org")]


def test_address_waits_once():
    first = joined("ann@example.org")
    assert joined(" ANN@example.org") == first
    joined("ann@example.org")
    assert WaitingEntry.objects.count() == 1
    assert queued("already_waiting") == [("already_waiting", "ann@example.org")]


def test_same_form_sent_twice_is_one_entry():
    same = uuid4()
    assert joined("ann@example.org", submission_id=same) == joined("ann@example.org", submission_id=same)
    assert queued("already_waiting") == []


def test_joining_that_clashes_with_another_is_tried_again(monkeypatch):
    create, clashes = WaitingEntry.objects.create, iter([IntegrityError])

    def create_later(**fields):
        for clash in clashes:
            raise clash
        return create(**fields)

    monkeypatch.setattr(WaitingEntry.objects, "create", create_later)
    assert [joined("ann@example.org")] == list(WaitingEntry.objects.all())
    assert queued() == [("waiting", "ann@example.org")]


def test_who_has_a_call_is_told_where_to_move_it_and_does_not_wait():
    call, _ = full_day()
    assert joined(call.email.upper()) is None
    assert joined(call.email) is None
    assert (WaitingEntry.objects.count(), queued("waiting", "already")) == (0, [("already", call.email)])


def test_who_had_a_call_may_wait():
    call, _ = full_day()
    assert joined(call.email, now=CALL_TIME).is_waiting


def test_who_joins_is_offered_what_is_free():
    factories.adviser()
    entry = joined(weekdays=[2], parts=["afternoon"])
    assert offer_first_free(entry=entry, now=NOW)
    assert offers() == [(entry.email, CALL_TIME + 2 * HOUR, "open")]
    assert not offer_first_free(entry=entry, now=NOW)
    assert Offer.objects.count() == 1
    assert broken() == []


def test_who_joins_is_offered_nothing_where_nothing_suits():
    factories.adviser()
    assert not offer_first_free(entry=joined(weekdays=[6]), now=NOW)
    assert offers() == []


def test_who_joins_does_not_overtake():
    first, second = joined("first@example.org", weekdays=[2]), joined("second@example.org")
    adviser = factories.adviser(weekdays=())
    ExtraHours.objects.create(adviser=adviser, day=CALL_TIME.date(), starts="10:00", ends="10:40")
    assert offer_first_free(entry=second, now=NOW)
    assert offers() == [(first.email, CALL_TIME, "open"), (second.email, CALL_TIME + 20 * MINUTE, "open")]


def test_who_has_left_is_offered_nothing():
    factories.adviser()
    entry = joined()
    leave(entry=entry, now=NOW)
    assert not offer_first_free(entry=entry, now=NOW)
    assert offers() == []
