"""What staff and the clock do to a date."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.workshops.queued import queued
from workshops.actions import (
    CapacityTooLow,
    cancel_date,
    change_capacity,
    change_date,
    close_waiting_lists,
    duplicate_date,
    fill_places,
    queue_message,
    queue_reminders,
)
from workshops.models import SignUp, WorkshopDate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
START = datetime(2026, 12, 10, 19, tzinfo=UTC)


def full_date(*, waiting: int = 0, places: int = 2) -> WorkshopDate:
    """All places taken by p0@, p1@ …, and w0@, w1@ … waiting."""
    date = factories.workshop_date(capacity=places, starts_at=START)
    for number in range(places):
        factories.sign_up(date=date, email=f"p{number}@example.org", placed_at=NOW, created_at=NOW)
    for number in range(waiting):
        factories.sign_up(date=date, email=f"w{number}@example.org", status="waiting", created_at=NOW)
    return date


def statuses(date: WorkshopDate) -> list[str]:
    return [each.status for each in date.sign_ups.order_by("pk")]


def test_more_places_go_to_those_who_wait_in_order():
    date = full_date(waiting=3)
    promoted = change_capacity(date=date, capacity=4, now=NOW)
    assert [each.email for each in promoted] == ["w0@example.org", "w1@example.org"]
    assert statuses(date) == ["placed"] * 4 + ["waiting"]
    date.refresh_from_db()
    assert (date.capacity, date.taken) == (4, 4)
    assert queued() == [("promoted", "w0@example.org"), ("promoted", "w1@example.org")]


def test_capacity_is_not_lowered_below_the_places_taken():
    date = full_date()
    with pytest.raises(CapacityTooLow, match=r"2 places are taken: the number cannot be lower than that\."):
        change_capacity(date=date, capacity=1, now=NOW)
    date.refresh_from_db()
    assert date.capacity == 2
    change_capacity(date=date, capacity=2, now=NOW)


def test_one_place_taken_is_said_in_the_singular():
    assert str(CapacityTooLow(1)) == "1 place is taken: the number cannot be lower than that."


def test_new_time_is_told_to_all_and_raises_the_sequence():
    date = full_date(waiting=1)
    date.starts_at += timedelta(days=1)
    date.ends_at += timedelta(days=1)
    assert change_date(date=date, now=NOW) == 3
    date.refresh_from_db()
    assert (date.starts_at, date.sequence) == (START + timedelta(days=1), 1)
    assert queued() == [("date_changed", f"{name}@example.org") for name in ("p0", "p1", "w0")]


@pytest.mark.parametrize("had", ["", "https://meet.example/old"])
def test_new_link_is_told_to_those_with_a_place(had):
    date = full_date(waiting=1)
    WorkshopDate.objects.update(joining_link=had)
    date.joining_link = "https://meet.example/another"
    assert change_date(date=date, now=NOW) == 2
    details = QueuedEmail.objects.first().details
    assert details == {"sequence": 1, "was": None, "is_first_link": not had, "has_new_link": True}


def test_new_time_is_told_with_the_old_one():
    date = full_date(places=1)
    before = [date.starts_at.isoformat(), date.ends_at.isoformat()]
    date.ends_at += timedelta(hours=1)
    change_date(date=date, now=NOW)
    details = QueuedEmail.objects.get().details
    assert details == {"sequence": 1, "was": before, "is_first_link": False, "has_new_link": False}


@pytest.mark.parametrize("change", [{"leader": "Sam"}, {"closes_at": START - timedelta(hours=5)}])
def test_what_concerns_nobody_is_told_to_nobody(change):
    date = full_date()
    for name, value in change.items():
        setattr(date, name, value)
    assert change_date(date=date, now=NOW) == 0
    date.refresh_from_db()
    assert (date.sequence, queued(), {name: getattr(date, name) for name in change}) == (0, [], change)


def test_change_never_writes_the_count_of_places():
    date = full_date()
    stale = WorkshopDate.objects.get(pk=date.pk)
    stale.taken, stale.leader = 0, "Sam"
    change_date(date=stale, now=NOW)
    date.refresh_from_db()
    assert (date.taken, date.leader) == (2, "Sam")


def test_cancelled_date_is_not_opened_again_by_an_edit_that_was_begun_before():
    date = full_date()
    stale = WorkshopDate.objects.get(pk=date.pk)
    cancel_date(date=date, because="Ill.", now=NOW)
    stale.starts_at += timedelta(hours=1)
    assert change_date(date=stale, now=NOW) == 0
    date.refresh_from_db()
    assert (date.status, date.starts_at, queued("date_changed")) == ("cancelled", START, [])


def test_edit_that_was_begun_before_a_move_neither_tells_of_it_again_nor_lowers_the_sequence():
    date = full_date()
    stale = WorkshopDate.objects.get(pk=date.pk)
    date.joining_link = stale.joining_link = "https://meet.example/another"
    change_date(date=date, now=NOW)
    stale.leader = "Sam"
    assert change_date(date=stale, now=NOW) == 0
    date.refresh_from_db()
    assert (date.leader, date.sequence, len(queued("date_changed"))) == ("Sam", 1, 2)


def test_each_change_is_told_once():
    date = full_date(places=1)
    for hours in (1, 2):
        date.ends_at = START + timedelta(hours=2 + hours)
        change_date(date=date, now=NOW)
    assert len(queued("date_changed")) == 2


def test_cancelled_date_ends_all_places_and_tells_everybody():
    date = full_date(waiting=1)
    assert cancel_date(date=date, because="Our speaker is ill.", now=NOW) == 3
    assert (date.status, date.taken, date.sequence) == ("cancelled", 0, 1)
    assert date.cancelled_because == "Our speaker is ill."
    assert statuses(date) == ["cancelled"] * 3
    assert queued() == [("date_cancelled", f"{name}@example.org") for name in ("p0", "p1", "w0")]


def test_date_is_cancelled_once():
    date = full_date()
    cancel_date(date=date, because="Ill.", now=NOW)
    assert cancel_date(date=date, because="Again.", now=NOW) == 0
    date.refresh_from_db()
    assert (date.cancelled_because, date.sequence, len(queued())) == ("Ill.", 1, 2)


def test_cancelling_what_has_begun_ends_the_places_and_tells_nobody():
    date = full_date(waiting=1)
    assert cancel_date(date=date, because="Ill.", now=START) == 0
    assert (date.status, date.taken, statuses(date), queued()) == ("cancelled", 0, ["cancelled"] * 3, [])


def test_calendars_see_that_a_cancelled_date_is_newer():
    date = full_date()
    cancel_date(date=date, because="Ill.", now=NOW)
    assert date.updated_at == NOW


def test_who_gave_the_place_back_hears_nothing_of_a_cancelled_date():
    date = full_date()
    SignUp.objects.filter(email="p0@example.org").update(status="given back")
    WorkshopDate.objects.filter(pk=date.pk).update(taken=1)
    cancel_date(date=date, because="", now=NOW)
    assert queued() == [("date_cancelled", "p1@example.org")]


def test_copy_is_a_draft_at_the_same_time_of_day_with_nobody_on_it():
    """Also where the clocks change in between: 24 October is summer time, 31 October is not."""
    date = factories.workshop_date(starts_at=datetime(2026, 10, 24, 18, tzinfo=UTC), leader="Sam")
    factories.sign_up(date=date)
    copy = duplicate_date(date=date, by=timedelta(days=7))
    assert copy.starts_at == datetime(2026, 10, 31, 19, tzinfo=UTC)
    assert (copy.ends_at - copy.starts_at, copy.starts_at - copy.closes_at) == (
        timedelta(minutes=90),
        timedelta(hours=1),
    )
    assert (copy.status, copy.taken, copy.capacity, copy.leader) == ("draft", 0, 10, "Sam")
    assert copy.joining_link == "", "people of one date would enter the other"
    assert copy.sign_ups.count() == 0


def test_second_copy_goes_a_week_further():
    date = factories.workshop_date(starts_at=START)
    copies = [duplicate_date(date=date, by=timedelta(days=7)) for _ in range(2)]
    assert [(copy.starts_at - START).days for copy in copies] == [7, 14]


def test_message_reaches_those_with_a_place_once():
    date, message_id = full_date(waiting=1), uuid4()
    counts = [queue_message(date=date, subject="Hello", text="See you.", message_id=message_id) for _ in range(2)]
    assert counts == [2, 0]
    assert queued() == [("message", "p0@example.org"), ("message", "p1@example.org")]


def test_message_that_was_sent_is_not_sent_to_newcomers():
    date, message_id = full_date(), uuid4()
    queue_message(date=date, subject="Hello", text="See you.", message_id=message_id)
    WorkshopDate.objects.filter(pk=date.pk).update(capacity=3)
    factories.sign_up(date=date, email="late@example.org")
    assert queue_message(date=date, subject="Hello", text="See you.", message_id=message_id) == 0
    assert len(queued()) == 2


def test_reminder_goes_out_once_the_day_before():
    full_date(waiting=1)
    counts = [queue_reminders(now=START - timedelta(hours=hours)) for hours in (25, 24, 24, 23)]
    assert counts == [0, 2, 0, 0]
    assert queued() == [("reminder", "p0@example.org"), ("reminder", "p1@example.org")]


def test_nobody_is_reminded_late_or_of_what_is_cancelled():
    date = full_date()
    assert queue_reminders(now=START - timedelta(hours=2)) == 0
    WorkshopDate.objects.filter(pk=date.pk).update(status="cancelled")
    assert queue_reminders(now=START - timedelta(hours=20)) == 0


def test_moved_date_is_reminded_of_again():
    date = full_date(places=1)
    queue_reminders(now=START - timedelta(hours=24))
    date.starts_at += timedelta(days=3)
    date.ends_at += timedelta(days=3)
    date.refresh_from_db(fields=["taken"])
    change_date(date=date, now=START - timedelta(hours=20))
    assert queue_reminders(now=START + timedelta(days=2)) == 1


def test_new_link_on_the_last_day_reminds_nobody_twice():
    date = full_date(places=1)
    queue_reminders(now=START - timedelta(hours=24))
    date.refresh_from_db()
    date.joining_link = "https://meet.example/another"
    change_date(date=date, now=START - timedelta(hours=20))
    assert queue_reminders(now=START - timedelta(hours=19)) == 0
    assert queued() == [("reminder", "p0@example.org"), ("date_changed", "p0@example.org")]


def test_place_that_is_free_although_somebody_waits_is_given():
    """After the area of a workshop was narrowed and widened again, say."""
    date = full_date(waiting=2)
    WorkshopDate.objects.update(capacity=3)
    assert [fill_places(now=NOW) for _ in range(2)] == [1, 0]
    assert statuses(date) == ["placed"] * 3 + ["waiting"]
    WorkshopDate.objects.update(capacity=4)
    assert fill_places(now=START) == 0


def test_waiting_list_is_closed_at_the_cut_off(settings):
    settings.WAITING_CUT_OFF_HOURS = 12
    date = full_date(waiting=2)
    cut_off = START - timedelta(hours=12)
    assert [close_waiting_lists(now=now) for now in (cut_off - timedelta(seconds=1), cut_off, cut_off)] == [0, 2, 0]
    assert statuses(date) == ["placed", "placed", "lapsed", "lapsed"]
    assert queued() == [("list_closed", "w0@example.org"), ("list_closed", "w1@example.org")]


def test_waiting_list_that_is_closed_after_the_start_says_nothing():
    date = full_date(waiting=1)
    assert close_waiting_lists(now=START) == 1
    assert (statuses(date)[-1], queued()) == ("lapsed", [])


def test_sign_up_ends_an_hour_before_the_start_unless_said_otherwise():
    date = factories.workshop_date(starts_at=START, closes_at=None)
    assert date.closes_at == START - timedelta(hours=1)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends_at": START}, "workshop_ends_after_its_start"),
        ({"closes_at": START + timedelta(minutes=1)}, "workshop_sign_up_ends_before_start"),
    ],
)
def test_times_of_a_date_make_sense(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factories.workshop_date(starts_at=START, **fields)


def test_workshop_starts_once_at_a_time():
    date = factories.workshop_date(starts_at=START)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.workshop_date(workshop=date.workshop, starts_at=START)
