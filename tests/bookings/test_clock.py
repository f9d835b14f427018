from datetime import timedelta

import pytest

from bookings.actions.clock import end_begun_calls, forget_old_cells, queue_reminders
from bookings.models import BookedCell, Booking
from tests import factories
from tests.bookings.queued import queued
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONG_AGO = CALL_TIME - 7 * DAY


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        (DAY + MINUTE, []),
        (DAY, ["day_reminder"]),
        (2 * HOUR + MINUTE, ["day_reminder"]),
        (2 * HOUR, []),
        (HOUR + MINUTE, []),
        (HOUR, ["hour_reminder"]),
        (6 * MINUTE, ["hour_reminder"]),
        (5 * MINUTE, []),
        (-MINUTE, []),
    ],
)
def test_family_is_reminded_the_day_and_the_hour_before(before: timedelta, kinds: list[str]):
    factories.booking(timed_at=LONG_AGO, email="ann@example.org")
    now = CALL_TIME - before
    assert (queue_reminders(now=now), queue_reminders(now=now + timedelta(seconds=30))) == (len(kinds), 0)
    assert queued() == [(kind, "ann@example.org") for kind in kinds]


@pytest.mark.parametrize(("since", "number"), [(DAY + MINUTE, 1), (DAY - MINUTE, 0)])
def test_who_booked_within_the_day_is_not_reminded_of_it(since: timedelta, number: int):
    factories.booking(timed_at=CALL_TIME - since)
    assert queue_reminders(now=CALL_TIME - 3 * HOUR) == number


def test_moved_call_is_reminded_of_again():
    call = factories.booking(timed_at=LONG_AGO)
    queue_reminders(now=CALL_TIME - DAY)
    Booking.objects.update(starts_at=CALL_TIME + DAY, timed_at=CALL_TIME - 23 * HOUR)
    assert queue_reminders(now=CALL_TIME - 30 * MINUTE) == 0
    assert queue_reminders(now=CALL_TIME) == 1
    assert queued() == [("day_reminder", call.email)] * 2


def test_address_that_is_corrected_meanwhile_is_reminded(monkeypatch):
    """After the look at what is due."""
    factories.booking(timed_at=LONG_AGO, email="wrong@example.org")
    update = Booking.objects.update
    monkeypatch.setattr("bookings.actions.clock.is_due", lambda *_, **__: update(email="right@example.org"))
    queue_reminders(now=CALL_TIME - DAY)
    assert queued() == [("day_reminder", "right@example.org")]


def test_cancelled_call_is_not_reminded_of():
    factories.booking(timed_at=LONG_AGO, status=Booking.Status.CANCELLED, is_upcoming=False)
    assert queue_reminders(now=CALL_TIME - DAY) == 0


def test_call_that_has_begun_is_no_longer_to_come():
    begun, later = factories.booking(), factories.booking(starts_at=CALL_TIME + MINUTE * 20)
    assert (end_begun_calls(now=CALL_TIME), end_begun_calls(now=CALL_TIME)) == (1, 0)
    assert list(Booking.objects.upcoming()) == [later]
    begun.refresh_from_db()
    assert begun.status == Booking.Status.BOOKED


def test_cells_of_last_week_are_forgotten():
    old, new = factories.booking(), factories.booking(starts_at=CALL_TIME + DAY)
    assert forget_old_cells(now=CALL_TIME + 7 * DAY + 20 * MINUTE) == 4
    assert set(BookedCell.objects.values_list("booking", flat=True)) == {new.pk}
    assert Booking.objects.filter(pk=old.pk).exists()
