from datetime import UTC, datetime, timedelta

import pytest

from bookings.actions import Reason, Refused, book, cancel, cells, move, move_to, moving, swap
from bookings.actions.cells import Busy
from bookings.availability import Wanted, free_times
from bookings.models import BookedCell, Booking
from tests import factories
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LATER = CALL_TIME + 2 * DAY


def booked(**fields) -> Booking:
    return book(start=fields.pop("start", CALL_TIME), caller=factories.caller(**fields), now=NOW)


def refused(act, **arguments) -> Reason:
    before = list(Booking.objects.order_by("pk").values())
    with pytest.raises(Refused) as error:
        act(now=NOW, **arguments)
    assert list(Booking.objects.order_by("pk").values()) == before
    assert broken() == []
    return error.value.reason


def is_offered(start: datetime) -> bool:
    return start in free_times(Wanted(), NOW).advisers_at


def test_moved_call_is_the_same_call_at_another_time():
    adviser = factories.adviser(email="amira@staff.example")
    call = booked(email="ann@example.org")
    moved = move(booking=call, start=LATER, now=NOW + MINUTE)
    moved.refresh_from_db()
    assert (moved.pk, moved.reference, moved.adviser) == (call.pk, call.reference, adviser)
    assert (moved.starts_at, moved.ends_at, moved.sequence) == (LATER, LATER + 15 * MINUTE, 1)
    assert (moved.timed_at, moved.updated_at) == (NOW + MINUTE, NOW + MINUTE)
    assert queued("moved", "adviser_moved") == [("moved", "ann@example.org"), ("adviser_moved", "amira@staff.example")]
    assert broken() == []


def test_old_time_is_free_at_once():
    factories.adviser()
    call = booked()
    assert not is_offered(CALL_TIME)
    move(booking=call, start=LATER, now=NOW)
    assert (is_offered(CALL_TIME), is_offered(LATER)) == (True, False)
    assert booked().starts_at == CALL_TIME


def test_call_stays_with_its_adviser_if_they_are_free():
    first, second = factories.adviser(), factories.adviser()
    call = booked()
    assert call.adviser == first
    factories.booking(adviser=first, starts_at=LATER + 20 * MINUTE)
    assert move(booking=call, start=LATER, now=NOW).adviser == first
    assert not second.bookings.exists()


def test_another_adviser_takes_it_if_they_are_not_and_both_are_told():
    first, second = (factories.adviser(email=f"{name}@staff.example") for name in ("first", "second"))
    call = booked()
    factories.booking(adviser=first, starts_at=LATER, email="")
    assert move(booking=call, start=LATER, now=NOW).adviser == second
    assert sorted(to for _, to in queued("adviser_moved")) == ["first@staff.example", "second@staff.example"]
    assert [each for each in broken() if "not told" not in each] == []


def given_away(monkeypatch, module, call: Booking) -> list[int]:
    """Before ``module`` has the lock, somebody gives ``call`` to another adviser. Whom it locks, and that adviser."""
    other, lock, locked = factories.adviser(), cells.lock_advisers, []

    def lock_late(*pks: int):
        Booking.objects.filter(adviser=call.adviser_id).update(adviser=other)
        locked.extend(pks)
        return lock(*pks)

    monkeypatch.setattr(module, "lock_advisers", lock_late)
    return locked


def test_call_that_was_given_away_meanwhile_is_looked_at_first(monkeypatch):
    factories.adviser()
    call = booked()
    given_away(monkeypatch, moving, call)
    assert refused(move_to, booking=call, adviser_id=call.adviser_id, start=LATER) == Reason.TAKEN


def test_call_that_was_given_away_meanwhile_is_cancelled_once_its_new_adviser_is_locked(monkeypatch):
    factories.adviser()
    call = booked()
    locked = given_away(monkeypatch, cells, call)
    was = call.adviser_id
    assert cancel(booking=call, now=NOW)
    assert locked == [was, Booking.objects.get().adviser_id]


def test_call_can_be_moved_by_less_than_its_length():
    adviser = factories.adviser()
    call = booked()
    # Off the grid that began at 9am: hours were changed since.
    adviser.weekly_hours.all().update(starts="09:10")
    assert move(booking=call, start=CALL_TIME + 10 * MINUTE, now=NOW).starts_at == CALL_TIME + 10 * MINUTE
    assert broken() == []


@pytest.mark.parametrize(
    "start",
    [CALL_TIME + 7 * MINUTE, NOW - DAY, NOW + MINUTE, datetime(2026, 12, 6, 10, tzinfo=UTC)],
    ids=["3:07", "past", "inside the notice", "Sunday"],
)
def test_time_that_is_not_offered_is_refused(start: datetime):
    factories.adviser()
    call = booked()
    assert refused(move, booking=call, start=start) == Reason.TAKEN
    assert queued("moved") == []


def test_taken_time_is_refused():
    factories.adviser()
    call, _ = booked(), booked(start=LATER)
    assert refused(move, booking=call, start=LATER) == Reason.TAKEN


def test_same_time_again_changes_nothing():
    factories.adviser()
    call = booked()
    move(booking=call, start=LATER, now=NOW)
    assert move(booking=call, start=LATER, now=NOW).sequence == 1
    assert len(queued("moved")) == 1


def test_cancelled_or_begun_call_cannot_be_moved():
    factories.adviser()
    call = booked()
    with pytest.raises(Refused, match="begun"):
        move(booking=call, start=LATER, now=CALL_TIME)
    cancel(booking=call, now=NOW)
    assert refused(move, booking=call, start=LATER) == Reason.CANCELLED


def test_staff_can_move_to_an_adviser_of_their_choice_without_notice():
    factories.adviser()
    other, user = factories.adviser(), factories.staff()
    call = booked()
    soon = NOW + 20 * MINUTE
    assert refused(move_to, booking=call, adviser_id=other.pk, start=soon) == Reason.TAKEN
    assert move_to(booking=call, adviser_id=other.pk, start=soon, now=NOW, by=user).adviser == other
    assert broken() == []


def test_cancelled_call_frees_its_time_at_once():
    factories.adviser(email="amira@staff.example")
    call = booked(email="ann@example.org")
    assert cancel(booking=call, now=NOW)
    call.refresh_from_db()
    assert (call.status, call.is_upcoming, call.sequence, call.cancelled_at) == ("cancelled", False, 1, NOW)
    assert call.cancelled_by == Booking.By.FAMILY
    assert queued("cancelled", "adviser_cancelled") == [
        ("cancelled", "ann@example.org"),
        ("adviser_cancelled", "amira@staff.example"),
    ]
    assert is_offered(CALL_TIME)
    assert booked(email="ann@example.org").starts_at == CALL_TIME


def test_cancelling_twice_changes_nothing_more():
    factories.adviser()
    call = booked()
    assert cancel(booking=call, now=NOW)
    assert not cancel(booking=call, now=NOW + MINUTE)
    call.refresh_from_db()
    assert (call.cancelled_at, call.sequence, len(queued("cancelled"))) == (NOW, 1, 1)


def test_call_that_has_begun_cannot_be_cancelled():
    factories.adviser()
    call = booked()
    assert not cancel(booking=call, now=CALL_TIME)
    assert not Booking.objects.get().is_cancelled


def test_staff_who_cancel_apologise():
    factories.adviser()
    call = booked(email="ann@example.org")
    assert cancel(booking=call, now=NOW, by_staff=True)
    assert call.cancelled_by == Booking.By.STAFF
    assert queued("cancelled", "cancelled_by_us") == [("cancelled_by_us", "ann@example.org")]


def test_swap_lets_two_calls_change_places():
    factories.adviser(), factories.adviser()
    one, two = booked(email="one@example.org"), booked(email="two@example.org", start=LATER)
    was = [(each.adviser_id, each.starts_at) for each in (one, two)]
    swap(first=one, second=two, now=NOW)
    now = [(each.adviser_id, each.starts_at) for each in Booking.objects.order_by("pk")]
    assert now == was[::-1]
    assert [to for _, to in queued("moved")] == ["one@example.org", "two@example.org"]
    assert broken() == []


def test_swap_with_a_cancelled_call_is_refused():
    factories.adviser()
    one, two = booked(), booked(start=LATER)
    cancel(booking=two, now=NOW)
    assert refused(swap, first=one, second=two) == Reason.CANCELLED


def swap_refused(first: Booking, second: Booking) -> Reason:
    """Why; the calls stay as they are."""
    calls, cells = Booking.objects.order_by("pk").values(), BookedCell.objects.order_by("pk").values()
    before = list(calls.all()), list(cells.all())
    with pytest.raises(Refused) as error:
        swap(first=first, second=second, now=NOW)
    assert (list(calls.all()), list(cells.all())) == before
    return error.value.reason


@pytest.mark.parametrize("unable", ["nation", "topic", "takes no calls"])
@pytest.mark.parametrize("order", [1, -1])
def test_swap_that_gives_a_family_to_who_cannot_help_is_refused(unable: str, order: int):
    adviser, wales, topic = factories.adviser(), factories.council(nation="Wales"), factories.topic()
    calls = [factories.booking(adviser=adviser, topic=topic, council=wales), factories.booking()]
    other = calls[1].adviser
    other.topics.set([factories.topic()] if unable == "topic" else [])
    other.nations = ["England"] if unable == "nation" else ["Wales"]
    other.is_taking_calls = unable != "takes no calls"
    other.save()
    first, second = calls[::order]
    assert swap_refused(first, second) == Reason.CANNOT_HELP


def test_adviser_who_takes_no_new_calls_can_swap_the_own_ones():
    adviser = factories.adviser(is_taking_calls=False, nations=["England"])
    one = factories.booking(adviser=adviser, council=factories.council(nation="Wales"))
    two = factories.booking(adviser=adviser, starts_at=LATER)
    swap(first=one, second=two, now=NOW)
    assert [each.starts_at for each in Booking.objects.order_by("pk")] == [LATER, CALL_TIME]


def test_swap_without_room_is_refused(settings):
    adviser = factories.adviser()
    one, _, two = (factories.booking(adviser=adviser, starts_at=CALL_TIME + each * MINUTE) for each in (0, 20, 90))
    settings.CALL_GAP_MINUTES = 15
    assert swap_refused(one, two) == Reason.TAKEN


def test_swap_that_waited_too_long_for_the_advisers_is_refused(monkeypatch):
    one, two = factories.booking(), factories.booking()

    def busy(*pks: int) -> None:
        raise Busy

    monkeypatch.setattr("bookings.actions.moving.lock_advisers", busy)
    assert swap_refused(one, two) == Reason.TAKEN
