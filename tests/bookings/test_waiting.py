from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from bookings.actions import Reason, Refused, Wish, book, book_offer, cancel, decline, join, leave, move
from bookings.actions.offers import end_offers_in_vain, offer_first_free, offer_free_times
from bookings.actions.waiting import end_long_waits
from bookings.availability import Wanted, free_times
from bookings.models import Booking, ExtraHours, Offer, WaitingEntry
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Status = WaitingEntry.Status


def joined(email: str = "", **fields) -> WaitingEntry:
    email = email or f"p{next(factories.numbers)}@example.org"
    now = fields.pop("now", NOW)
    return join(wish=Wish(email=email, submission_id=fields.pop("submission_id", uuid4()), **fields), now=now)


def full_day() -> tuple[Booking, Booking]:
    """An adviser whose only hours are one day's from 10am to 10:40, with both calls booked."""
    adviser = factories.adviser(weekdays=())
    ExtraHours.objects.create(adviser=adviser, day=CALL_TIME.date(), starts="10:00", ends="10:40")
    starts = CALL_TIME, CALL_TIME + 20 * MINUTE
    return tuple(book(start=start, caller=factories.caller(), now=NOW) for start in starts)


def offers(*statuses: str) -> list[tuple[str, datetime, str]]:
    rows = Offer.objects.order_by("pk").values_list("entry__email", "starts_at", "status")
    return [row for row in rows if not statuses or row[2] in statuses]


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
    cancel(booking=call, now=NOW + HOUR)
    later = NOW + 13 * HOUR
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
    assert (entry.status, entry.ended_at) == (Status.LAPSED, NOW + 3 * DAY)
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
    assert entry.status == Status.LAPSED


def test_wait_goes_on_if_a_time_was_held_in_the_meantime(monkeypatch):
    first, second = (factories.waiting_entry(created_at=NOW - 90 * DAY) for _ in range(2))
    # While the first one is told, an adviser's act offers something to the second.
    monkeypatch.setattr("bookings.actions.waiting.queue_about", lambda *_, **__: factories.offer(entry=second))
    assert end_long_waits(now=NOW) == 1
    assert list(WaitingEntry.objects.order_by("pk").values_list("pk", "status")) == [
        (first.pk, "lapsed"),
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


def test_offer_is_booked_with_the_time_that_was_held():
    call, _ = full_day()
    entry = joined("one@example.org")
    cancel(booking=call, now=NOW)
    made = book_offer(offer=Offer.objects.get(), caller=factories.caller(email="one@example.org"), now=NOW)
    offer = Offer.objects.get()
    assert (made.starts_at, made.adviser, offer.status, offer.booking) == (CALL_TIME, call.adviser, "taken", made)
    entry.refresh_from_db()
    assert entry.status == Status.BOOKED
    assert broken() == []


def test_offer_booked_with_another_address_ends_the_waiting():
    call, _ = full_day()
    entry = joined("one@exmaple.org")
    cancel(booking=call, now=NOW)
    book_offer(offer=Offer.objects.get(), caller=factories.caller(email="one@example.org"), now=NOW)
    entry.refresh_from_db()
    assert (entry.status, entry.ended_at) == (Status.BOOKED, NOW)


def test_what_was_corrected_in_the_form_of_an_offer_is_kept():
    call, _ = full_day()
    joined("one@example.org")
    cancel(booking=call, now=NOW)
    offer, same = Offer.objects.get(), uuid4()
    first = book_offer(offer=offer, caller=factories.caller(submission_id=same, word="sunshine"), now=NOW)
    again = book_offer(
        offer=offer, caller=factories.caller(submission_id=same, word="rain", email=first.email), now=NOW
    )
    assert (again, again.word) == (first, "rain")


def test_offer_of_who_stopped_waiting_cannot_be_booked():
    offer = factories.offer()
    WaitingEntry.objects.update(status=Status.BOOKED)
    with pytest.raises(Refused, match="offer ended"):
        book_offer(offer=offer, caller=factories.caller(), now=NOW)


def test_offer_booked_twice_by_one_form_is_one_call():
    call, _ = full_day()
    joined("one@example.org")
    cancel(booking=call, now=NOW)
    offer, caller = Offer.objects.get(), factories.caller(email="one@example.org")
    assert book_offer(offer=offer, caller=caller, now=NOW) == book_offer(offer=offer, caller=caller, now=NOW)


@pytest.mark.parametrize("status", ["open", "declined", "ran out", "withdrawn"])
def test_offer_that_has_ended_cannot_be_booked(status: str):
    offer = factories.offer(status=status, held_until=NOW)
    with pytest.raises(Refused) as error:
        book_offer(offer=offer, caller=factories.caller(), now=NOW)
    assert (error.value.reason, Booking.objects.count()) == (Reason.OFFER_ENDED, 0)
    offer.refresh_from_db()
    assert offer.status == status


def test_who_has_a_call_cannot_take_an_offer_which_stays_open():
    call, other = full_day()
    joined()
    cancel(booking=call, now=NOW)
    with pytest.raises(Refused, match="has a call"):
        book_offer(offer=Offer.objects.get(), caller=factories.caller(email=other.email), now=NOW)
    assert Offer.objects.get().is_open
    assert queued("already") == [("already", other.email)]


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
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.waiting_entry(email="Ann@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.offer(entry=entry)
    offered = Offer.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.booking(adviser=offered.adviser)
    assert (WaitingEntry.objects.count(), Offer.objects.count(), Booking.objects.count()) == (1, 1, 0)
