"""Joining the waiting list for calls."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from bookings.actions import Wish, cancel, confirm, join, leave
from bookings.actions.offers import offer_first_free, offer_free_times
from bookings.actions.waiting import end_unconfirmed_waits
from bookings.links import DeadLink, waiting_for, waiting_path
from bookings.models import ExtraHours, Offer, WaitingEntry
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.bookings.waiting_list import DAY, HOUR, MINUTE, NOW, Status, full_day, joined, offers
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


def test_mended_address_gets_the_question_and_the_wrong_one_loses_its_link():
    same = uuid4()
    first = join(wish=Wish(email="typo@example.org", submission_id=same), now=NOW)
    old = waiting_path(first)
    for _ in range(2):
        mended = join(wish=Wish(email="ann@example.org", submission_id=same, weekdays=[1]), now=NOW)
    assert mended == WaitingEntry.objects.get() == first
    assert (mended.email, mended.email_key, mended.weekdays) == ("ann@example.org", "ann@example.org", [1])
    assert queued() == [("waiting", "typo@example.org"), ("waiting", "ann@example.org")]
    with pytest.raises(DeadLink):
        waiting_for(old.strip("/").rpartition("/")[2])


def test_mended_address_that_waits_already_is_told_so():
    known, same = joined("ann@example.org"), uuid4()
    join(wish=Wish(email="typo@example.org", submission_id=same), now=NOW)
    assert join(wish=Wish(email="ann@example.org", submission_id=same), now=NOW) == known
    assert queued("already_waiting") == [("already_waiting", "ann@example.org")]
    assert broken() == []


def test_other_address_after_the_first_has_said_yes_is_a_place_of_its_own():
    same = uuid4()
    first = joined("ann@example.org", submission_id=same)
    other = join(wish=Wish(email="bea@example.org", submission_id=same), now=NOW)
    first.refresh_from_db()
    assert (first.email, other.email, other.is_confirmed) == ("ann@example.org", "bea@example.org", False)
    assert queued() == [("waiting", "ann@example.org"), ("waiting", "bea@example.org")]


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


def test_nothing_is_held_for_addresses_that_nobody_has_proved():
    adviser = factories.adviser()
    entries = [factories.waiting_entry(confirmed_at=None) for _ in range(20)]
    call = factories.booking(adviser=adviser)
    assert offer_free_times(now=NOW) == 0
    cancel(booking=call, now=NOW)
    assert not offer_first_free(entry=entries[0], now=NOW)
    assert offers() == []


def test_who_says_yes_is_offered_what_is_free():
    factories.adviser()
    entry = factories.waiting_entry(confirmed_at=None, weekdays=[2], parts=["afternoon"])
    assert (confirm(entry=entry, now=NOW), confirm(entry=entry, now=NOW + HOUR)) == (True, False)
    assert offers() == [(entry.email, CALL_TIME + 2 * HOUR, "open")]
    entry.refresh_from_db()
    assert entry.confirmed_at == NOW
    assert broken() == []


def test_who_says_yes_keeps_the_place_of_joining():
    first, second = factories.waiting_entry(confirmed_at=None, queued_at=NOW), joined(now=NOW + MINUTE)
    assert (first.position(), second.position()) == (1, 1)
    confirm(entry=first, now=NOW + HOUR)
    assert (first.position(), second.position()) == (1, 2)


@pytest.mark.parametrize("status", ["left", "booked", "lapsed", "too long"])
def test_who_does_not_wait_any_more_cannot_say_yes(status):
    factories.adviser()
    entry = factories.waiting_entry(confirmed_at=None, status=status)
    assert not confirm(entry=entry, now=NOW)
    assert offers() == []


def test_who_has_not_said_yes_and_joins_again_is_asked_again_once_a_day():
    entry = factories.waiting_entry(email="ann@example.org", confirmed_at=None)
    for _ in range(2):
        assert join(wish=Wish(email="Ann@example.org", submission_id=uuid4()), now=NOW) == entry
    assert queued() == [("waiting", "ann@example.org")]


def test_newest_wish_counts_until_they_say_yes():
    entry = factories.waiting_entry(email="ann@example.org", confirmed_at=None, weekdays=[6])
    join(wish=Wish(email="ann@example.org", submission_id=uuid4(), weekdays=[1], parts=["morning"]), now=NOW)
    entry.refresh_from_db()
    assert (entry.weekdays, entry.parts) == ([1], ["morning"])
    confirm(entry=entry, now=NOW)
    joined("ann@example.org", weekdays=[2])
    entry.refresh_from_db()
    assert entry.weekdays == [1]


def test_address_that_nobody_proves_is_forgotten_without_another_word():
    silent = factories.waiting_entry(email="ann@example.org", confirmed_at=None, created_at=NOW)
    kept = factories.waiting_entry(created_at=NOW)
    assert end_unconfirmed_waits(now=NOW + 2 * DAY - MINUTE) == 0
    assert (end_unconfirmed_waits(now=NOW + 2 * DAY), end_unconfirmed_waits(now=NOW + 2 * DAY)) == (1, 0)
    for entry in (silent, kept):
        entry.refresh_from_db()
    assert (silent.status, silent.ended_at) == (Status.LAPSED, NOW + 2 * DAY)
    assert (silent.email, silent.email_key, kept.is_waiting) == ("", "", True)
    assert queued() == []


def test_who_is_offered_what_is_free_gets_one_time():
    factories.adviser()
    entry = joined()
    assert (offer_first_free(entry=entry, now=NOW), offer_first_free(entry=entry, now=NOW)) == (True, False)
    assert Offer.objects.count() == 1


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
