import pytest

from bookings.actions import Refused, book, cancel, decline, leave, move
from bookings.actions.offers import end_offers_in_vain, offer_free_times
from bookings.actions.waiting import end_long_waits
from bookings.availability import Wanted, free_times
from bookings.models import BookedCell, Booking, ExtraHours, Offer, WaitingEntry
from tests import factories
from tests.bookings.constraints import refused_by
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.bookings.waiting_list import DAY, HOUR, MINUTE, NOW, Status, full_day, joined, offers
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db


def test_position_counts_those_ahead():
    assert [joined().position(), joined().position(), joined(now=NOW - DAY).position()] == [1, 2, 1]


def test_freed_time_is_offered_to_the_first_and_held_for_them():
    call, _ = full_day()
    joined("first@example.org"), joined("second@example.org")
    cancel(booking=call, now=NOW)
    offer = Offer.objects.get()
    assert (offer.entry.email, offer.adviser, offer.starts_at) == ("first@example.org", call.adviser, CALL_TIME)
    assert (offer.status, offer.held_until) == (Offer.Status.OPEN, NOW + 12 * HOUR)
    assert queued("offer") == [("offer", "first@example.org")]
    assert not free_times(Wanted(), NOW)
    with pytest.raises(Refused, match="taken"):
        book(start=CALL_TIME, caller=factories.caller(), now=NOW)
    assert broken() == []


def test_time_is_never_held_past_itself(settings):
    settings.CALL_NOTICE_HOURS = 0
    call, _ = full_day()
    joined()
    cancel(booking=call, now=CALL_TIME - HOUR)
    assert Offer.objects.get().held_until == CALL_TIME


def test_time_freed_by_a_move_is_offered_too():
    call, _ = full_day()
    ExtraHours.objects.create(adviser=call.adviser, day=CALL_TIME.date(), starts="15:00", ends="15:15")
    entry = joined(parts=["morning"])
    move(booking=call, start=CALL_TIME + 5 * HOUR, now=NOW)
    assert offers() == [(entry.email, CALL_TIME, "open")]


@pytest.mark.parametrize(
    "wish",
    [{"weekdays": [0, 1]}, {"parts": ["afternoon", "evening"]}, {"weekdays": [2], "parts": ["evening"]}],
    ids=["another day", "another part of the day", "the day but not the part"],
)
def test_who_does_not_want_such_a_time_is_passed_over(wish: dict):
    call, _ = full_day()
    joined(**wish)
    fits = joined("fits@example.org", weekdays=[2], parts=["morning"])
    cancel(booking=call, now=NOW)
    assert offers() == [(fits.email, CALL_TIME, "open")]


def test_adviser_has_to_know_the_topic_and_the_nations_law():
    call, _ = full_day()
    autism, adhd = factories.topic(), factories.topic()
    call.adviser.topics.set([autism])
    call.adviser.nations = ["England"]
    call.adviser.save()
    joined(topic=adhd), joined(council=factories.council(nation="Wales"))
    fits = joined(topic=autism, council=factories.council())
    cancel(booking=call, now=NOW)
    assert offers() == [(fits.email, CALL_TIME, "open")]


def test_one_offer_at_a_time():
    first_call, second_call = full_day()
    one, two = joined("one@example.org"), joined("two@example.org")
    cancel(booking=first_call, now=NOW)
    cancel(booking=second_call, now=NOW)
    assert offers() == [(one.email, CALL_TIME, "open"), (two.email, CALL_TIME + 20 * MINUTE, "open")]


def test_declined_time_goes_to_the_next_and_nobody_is_asked_twice():
    call, other = full_day()
    one, two = joined("one@example.org"), joined("two@example.org")
    cancel(booking=call, now=NOW)
    assert decline(offer=Offer.objects.get(), now=NOW)
    assert offers() == [(one.email, CALL_TIME, "declined"), (two.email, CALL_TIME, "open")]
    assert decline(offer=Offer.objects.get(status="open"), now=NOW)
    assert offers("open") == []
    assert offer_free_times(now=NOW) == 0
    # Who declines keeps their place.
    cancel(booking=other, now=NOW)
    assert offers("open") == [(one.email, CALL_TIME + 20 * MINUTE, "open")]
    assert broken() == []


def test_declining_twice_changes_nothing_more():
    call, _ = full_day()
    joined()
    cancel(booking=call, now=NOW)
    offer = Offer.objects.get()
    assert (decline(offer=offer, now=NOW), decline(offer=offer, now=NOW)) == (True, False)


def test_offer_that_ran_out_goes_to_the_next_and_its_family_to_the_end(settings):
    settings.CALL_NOTICE_HOURS = 0
    call, other = full_day()
    one, two = joined("one@example.org"), joined("two@example.org", now=NOW + MINUTE)
    cancel(booking=call, now=NOW)
    later = NOW + 12 * HOUR
    assert end_offers_in_vain(now=later - MINUTE) == 0
    assert end_offers_in_vain(now=later) == 1
    assert offers() == [(one.email, CALL_TIME, "ran out"), (two.email, CALL_TIME, "open")]
    one.refresh_from_db()
    assert (one.missed, one.queued_at, one.status) == (1, later, Status.WAITING)
    assert [one.position(), two.position()] == [2, 1]
    assert broken() == []
    assert other.is_upcoming


def test_second_offer_that_runs_out_ends_the_waiting():
    call, _ = full_day()
    entry = joined("one@example.org")
    WaitingEntry.objects.update(missed=1)
    cancel(booking=call, now=NOW)
    assert end_offers_in_vain(now=NOW + DAY) == 1
    entry.refresh_from_db()
    assert (entry.status, entry.ended_at) == (Status.LAPSED, NOW + DAY)
    assert queued("waiting_ended") == [("waiting_ended", "one@example.org")]


def test_nobody_waits_without_end(settings):
    settings.CALL_KEPT_DAYS = 3
    entry = joined("one@example.org")
    assert end_long_waits(now=NOW + 3 * DAY - MINUTE) == 0
    assert (end_long_waits(now=NOW + 3 * DAY), end_long_waits(now=NOW + 3 * DAY)) == (1, 0)
    entry.refresh_from_db()
    assert (entry.status, entry.ended_at) == (Status.TOO_LONG, NOW + 3 * DAY)
    assert queued("waiting_ended") == [("waiting_ended", "one@example.org")]
    assert joined("one@example.org").is_waiting


def test_wait_does_not_end_while_a_time_is_held():
    call, _ = full_day()
    entry = joined(now=NOW - 90 * DAY)
    cancel(booking=call, now=NOW)
    assert end_long_waits(now=NOW) == 0
    decline(offer=Offer.objects.get(), now=NOW)
    assert end_long_waits(now=NOW) == 1
    entry.refresh_from_db()
    assert entry.status == Status.TOO_LONG


def test_wait_goes_on_if_a_time_was_held_in_the_meantime(monkeypatch):
    first, second = (factories.waiting_entry(created_at=NOW - 90 * DAY) for _ in range(2))
    # While the first one is told, an adviser's act offers something to the second.
    monkeypatch.setattr("bookings.actions.waiting.queue_about", lambda *_, **__: factories.offer(entry=second))
    assert end_long_waits(now=NOW) == 1
    assert list(WaitingEntry.objects.order_by("pk").values_list("pk", "status")) == [
        (first.pk, "too long"),
        (second.pk, "waiting"),
    ]


def test_who_leaves_gives_back_what_was_held():
    call, _ = full_day()
    one, two = joined("one@example.org"), joined("two@example.org")
    cancel(booking=call, now=NOW)
    assert (leave(entry=one, now=NOW), leave(entry=one, now=NOW)) == (True, False)
    one.refresh_from_db()
    assert (one.status, one.ended_at) == (Status.LEFT, NOW)
    assert offers("open") == [(two.email, CALL_TIME, "open")]


def test_offer_of_who_booked_elsewhere_is_given_to_the_next():
    call, _ = full_day()
    joined("one@example.org"), joined("two@example.org")
    cancel(booking=call, now=NOW)
    factories.adviser()
    book(start=CALL_TIME + 3 * HOUR, caller=factories.caller(email="one@example.org"), now=NOW)
    assert end_offers_in_vain(now=NOW) == 1
    assert offers("open") == [("two@example.org", CALL_TIME, "open")]
    assert WaitingEntry.objects.get(email="one@example.org").status == Status.BOOKED


def test_new_hours_are_offered_in_order():
    full_day()
    one, two, three = joined("one@example.org"), joined("two@example.org"), joined("three@example.org")
    assert offer_free_times(now=NOW) == 0
    adviser = factories.adviser(weekdays=())
    ExtraHours.objects.create(adviser=adviser, day=CALL_TIME.date(), starts="14:00", ends="14:40")
    assert (offer_free_times(now=NOW), offer_free_times(now=NOW)) == (2, 0)
    first = CALL_TIME + 4 * HOUR
    assert offers() == [(one.email, first, "open"), (two.email, first + 20 * MINUTE, "open")]
    assert three.is_waiting
    assert broken() == []


def test_database_itself_keeps_the_rules():
    entry = factories.waiting_entry(email="ann@example.org")
    factories.offer(entry=entry)
    with refused_by(WaitingEntry, "waits_once_per_email"):
        factories.waiting_entry(email="Ann@example.org")
    with refused_by(Offer, "one_open_offer_per_family"):
        factories.offer(entry=entry)
    offered = Offer.objects.get()
    with refused_by(BookedCell, "one_call_at_a_time_per_adviser"):
        factories.booking(adviser=offered.adviser)
    assert (WaitingEntry.objects.count(), Offer.objects.count(), Booking.objects.count()) == (1, 1, 0)
