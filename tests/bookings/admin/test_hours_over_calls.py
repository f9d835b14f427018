"""Hours and time off that are in the way of calls: the calls are listed before anything is saved."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bookings.actions import book_offer
from bookings.models import Adviser, Booking, Offer, TimeOff, WaitingEntry, WeeklyHours
from tests import factories
from tests.bookings.admin.acting import words_of
from tests.bookings.admin.conftest import NOW
from tests.bookings.admin.test_advisers import OFF, WEEKLY, off, press, row, row_errors
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.factories import CALL_TIME
from tests.guides.admin.posting import errors_of, fields_of, messages_of, save

pytestmark = pytest.mark.django_db


def test_time_off_over_calls_lists_them_before_anything_is_saved(manager):
    adviser = factories.adviser()
    calls = [factories.booking(adviser=adviser, starts_at=CALL_TIME + timedelta(hours=hours)) for hours in (0, 1, 24)]
    response = save(manager, adviser, name="Ben", **off())
    page = " ".join(response.content.decode().split())
    assert "These 2 calls stay booked. Move or cancel them yourself" in page
    assert f"<li>Wednesday 2 December 2026, 10am: call {calls[0].reference}</li>" in page
    assert calls[2].reference not in page
    assert (TimeOff.objects.count(), Adviser.objects.get().name) == (0, adviser.name)

    response = press(manager, response, "_save")
    assert (TimeOff.objects.count(), Adviser.objects.get().name) == (1, "Ben")
    assert messages_of(response)[0] == (
        f"Still booked, outside these hours. Move or cancel yourself: {calls[0]} {calls[1]}"
    )
    assert set(Booking.objects.values_list("status", "starts_at", "sequence")) == {
        ("booked", each.starts_at, 0) for each in calls
    }
    assert (queued(), broken()) == ([], [f"call {each.pk} is not told" for each in calls])


def test_one_can_go_back_from_the_list_with_everything_typed(manager):
    adviser = factories.adviser()
    factories.booking(adviser=adviser)
    page = press(manager, save(manager, adviser, name="Ben", **off()), "_back")
    assert (errors_of(page), row_errors(page), messages_of(page)) == ({}, {}, [])
    fields = fields_of(page)
    assert (fields["name"], fields[f"{OFF}-0-first_day"]) == (["Ben"], ["02/12/2026"])
    assert (TimeOff.objects.count(), Adviser.objects.get().name) == (0, adviser.name)


def test_call_that_was_booked_since_the_list_is_shown_too(manager):
    adviser = factories.adviser()
    factories.booking(adviser=adviser)
    page = save(manager, adviser, **off())
    late = factories.booking(adviser=adviser, starts_at=CALL_TIME + timedelta(hours=2))
    again = press(manager, page, "_save")
    assert late.reference in again.content.decode()
    assert TimeOff.objects.count() == 0
    press(manager, again, "_save")
    assert TimeOff.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        row(WEEKLY, 2, DELETE="on"),
        row(WEEKLY, 2, ends="10:10"),
        row(WEEKLY, 2, starts="10:05"),
        row(WEEKLY, 2, until_day="01/12/2026"),
        row(WEEKLY, 2, weekday="3"),
    ],
)
def test_hours_that_shrink_or_go_list_the_calls_in_them(manager, change):
    adviser = factories.adviser()
    call = factories.booking(adviser=adviser)
    before = list(WeeklyHours.objects.values())
    response = save(manager, adviser, **change)
    assert call.reference in response.content.decode()
    assert list(WeeklyHours.objects.values()) == before
    press(manager, response, "_save")
    assert list(WeeklyHours.objects.values()) != before


def test_holidays_of_another_nation_list_the_calls_on_them(manager):
    adviser = factories.adviser()
    # St Andrew's Day of 2026 is past; this is the second of January's holiday, in Scotland only.
    WeeklyHours.objects.filter(adviser=adviser).update(from_day=date(2026, 1, 1))
    call = factories.booking(adviser=adviser, starts_at=datetime(2027, 1, 4, 10, tzinfo=UTC))
    assert call.reference in save(manager, adviser, nation="Scotland").content.decode()


def test_hours_beside_calls_are_saved_at_once(manager):
    adviser = factories.adviser()
    factories.booking(adviser=adviser)
    save(manager, adviser, **off(from_time="10:15"), **row(WEEKLY, 2, starts="10:00"))
    assert (TimeOff.objects.count(), WeeklyHours.objects.filter(starts=time(10)).count()) == (1, 1)


def test_calls_that_were_outside_the_hours_before_are_not_asked_about_again(manager):
    adviser = factories.adviser()
    factories.booking(adviser=adviser)
    press(manager, save(manager, adviser, **off()), "_save")
    assert messages_of(save(manager, adviser, name="Ben"))[0].startswith("The adviser “Ben” was changed")


def test_time_on_offer_is_taken_back_once_that_was_shown(manager):
    adviser = factories.adviser(name="Amira")
    entry = factories.waiting_entry(email="ann@example.org")
    offer = factories.offer(adviser=adviser, entry=entry)
    listed = save(manager, adviser, **off())
    page = words_of(listed)
    assert "With these changes Amira would not call at a time that is held for a family." in page
    assert (
        "This time is held for a family who waits. It is taken back Wednesday 2 December 2026, 10am: held until "
        "2 December 2026, 10am Once you have saved, nobody can book it. The family keeps its place on the waiting list"
    ) in page
    assert (TimeOff.objects.count(), Offer.objects.get().status) == (0, "open")

    response = press(manager, listed, "_save")
    assert messages_of(response)[0] == "1 family from the waiting list will be e-mailed an offer of a time."
    place = WaitingEntry.objects.values("status", "queued_at", "missed").get()
    assert place == {"status": "waiting", "queued_at": entry.queued_at, "missed": 0}
    assert list(Offer.objects.order_by("pk").values_list("pk", "status", "starts_at")) == [
        (offer.pk, "withdrawn", CALL_TIME),
        (offer.pk + 1, "open", datetime(2026, 12, 1, 13, tzinfo=UTC)),
    ]
    assert (queued(), broken()) == ([("offer", "ann@example.org")], [])


@pytest.mark.parametrize("change", [{"is_taking_calls": []}, {"nations": ["Scotland"]}, {"topics": "another"}])
def test_time_held_with_an_adviser_who_can_help_no_more_is_taken_back_once_shown(manager, change):
    topic, another = factories.topic(), factories.topic()
    adviser = factories.adviser(topics=[topic])
    entry = factories.waiting_entry(topic=topic, council=factories.council(nation="England"))
    factories.offer(adviser=adviser, entry=entry)
    helped = factories.offer(adviser=adviser, starts_at=CALL_TIME + timedelta(hours=1))
    listed = save(manager, adviser, **change | ({"topics": [another.pk]} if "topics" in change else {}))
    assert "held until 2 December 2026, 10am" in words_of(listed)
    assert set(Offer.objects.values_list("status", flat=True)) == {"open"}
    press(manager, listed, "_save")
    kept = [] if "is_taking_calls" in change else [helped]
    assert (list(Offer.objects.filter(status="open")), broken()) == (kept, [])


def test_family_may_get_the_same_time_of_another_adviser(manager):
    adviser = factories.adviser()
    entry = factories.waiting_entry(weekdays=[2], parts=["morning"])
    factories.offer(adviser=adviser, entry=entry, starts_at=CALL_TIME - timedelta(hours=1))
    factories.booking(adviser=adviser, starts_at=datetime(2026, 12, 9, 9, tzinfo=UTC))
    other = factories.adviser(weekdays=[2])
    page = save(manager, adviser, **off(last_day="31/12/2026"))
    press(manager, page, "_save")
    again = Offer.objects.get(status="open")
    assert (again.adviser, again.starts_at, again.entry) == (other, CALL_TIME - timedelta(hours=1), entry)


def test_time_that_the_family_books_meanwhile_is_a_call_as_any_other(manager):
    adviser = factories.adviser()
    offer = factories.offer(adviser=adviser)
    page = save(manager, adviser, **off())
    call = book_offer(offer=offer, caller=factories.caller(), now=NOW)
    again = press(manager, page, "_save")
    assert f"10am: call {call.reference}" in words_of(again)
    assert "is taken back" not in words_of(again)
    press(manager, again, "_save")
    assert (TimeOff.objects.count(), Offer.objects.get().status) == (1, "taken")
    assert Booking.objects.get().status == "booked"


def test_time_on_offer_beside_the_time_off_stays_held(manager):
    adviser = factories.adviser()
    factories.offer(adviser=adviser)
    save(manager, adviser, **off(from_time="10:15"))
    assert (TimeOff.objects.count(), Offer.objects.get().status) == (1, "open")


def test_what_is_typed_is_undone_with_all_that_follows_from_it(manager):
    """New hours beside time off over a call: nobody is offered a time before all is saved."""
    adviser = factories.adviser(weekdays=[2])
    factories.booking(adviser=adviser)
    factories.waiting_entry(weekdays=[3])
    new = row(WEEKLY, 1, weekday="3", starts="9am", ends="10am")
    page = save(manager, adviser, **off(), **new)
    assert (WeeklyHours.objects.count(), Offer.objects.count(), queued()) == (1, 0, [])
    press(manager, page, "_save")
    assert Offer.objects.get().starts_at == CALL_TIME + timedelta(hours=23)
