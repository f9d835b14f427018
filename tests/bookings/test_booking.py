from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from bookings.actions import Caller, Reason, Refused, book, booking, cells
from bookings.availability import Wanted
from bookings.models import BookedCell, Booking, TimeOff, WaitingEntry
from bookings.slots import cell_of
from sendguide.lib.phones import Phone
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.constraints import refused_by
from tests.bookings.invariants import broken
from tests.bookings.queued import queued
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def booked(**fields) -> Booking:
    """A call that is booked at CALL_TIME unless said otherwise; ``fields`` are those of the caller."""
    start, now, by = (fields.pop(name, other) for name, other in (("start", CALL_TIME), ("now", NOW), ("by", None)))
    return book(start=start, caller=factories.caller(**fields), now=now, by=by)


def refused(**fields) -> Reason:
    before = Booking.objects.count()
    with pytest.raises(Refused) as error:
        booked(**fields)
    assert Booking.objects.count() == before
    assert broken() == []
    return error.value.reason


def test_call_is_booked_with_all_that_was_said():
    adviser, topic, council = factories.adviser(), factories.topic(), factories.council()
    made = booked(
        email="Ann@Example.org",
        phone=Phone(number="+447700900123", prefix="18002"),
        word="sunshine",
        about="A letter from school",
        access_needs=["bsl"],
        access_details="On video",
        may_say_who=True,
        wanted=Wanted(topic, council),
    )
    made.refresh_from_db()
    assert (made.adviser, made.starts_at, made.ends_at) == (adviser, CALL_TIME, CALL_TIME + 15 * MINUTE)
    assert (made.name, made.email, made.email_key) == ("Ann", "Ann@Example.org", "ann@example.org")
    assert (made.phone, made.phone_prefix, made.word, made.about) == (
        "+447700900123",
        "18002",
        "sunshine",
        "A letter from school",
    )
    assert (made.access_needs, made.access_details) == (["bsl"], "On video")
    assert (made.may_say_who, made.may_leave_message, made.topic, made.council) == (True, False, topic, council)
    assert (made.is_upcoming, made.sequence, made.created_at, made.timed_at) == (True, 0, NOW, NOW)


def test_call_holds_its_time_and_the_gap_after_it():
    factories.adviser()
    made = booked()
    held = BookedCell.objects.filter(booking=made).order_by("cell").values_list("cell", flat=True)
    first = cell_of(CALL_TIME)
    assert list(held) == [first, first + 1, first + 2, first + 3]


def test_family_and_adviser_are_told():
    factories.adviser(email="amira@staff.example")
    booked(email="ann@example.org")
    assert queued() == [("booked", "ann@example.org"), ("adviser_booked", "amira@staff.example")]


def test_adviser_without_an_address_is_not_told():
    factories.adviser(email="")
    booked(email="ann@example.org")
    assert queued() == [("booked", "ann@example.org")]


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(NOW - timedelta(days=1), id="past"),
        pytest.param(NOW + timedelta(hours=1), id="inside the notice"),
        pytest.param(CALL_TIME + 7 * MINUTE, id="off the grid"),
        pytest.param(CALL_TIME + timedelta(seconds=1), id="with seconds"),
        pytest.param(datetime(2026, 12, 6, 10, tzinfo=UTC), id="Sunday"),
        pytest.param(datetime(2026, 12, 25, 10, tzinfo=UTC), id="bank holiday"),
        pytest.param(datetime(2026, 12, 2, 16, 50, tzinfo=UTC), id="overruns closing time"),
        pytest.param(datetime(2026, 12, 30, 10, tzinfo=UTC), id="beyond the horizon"),
    ],
)
def test_time_that_is_not_offered_is_refused(start: datetime):
    factories.adviser()
    assert refused(start=start) == Reason.TAKEN
    assert queued() == []


def test_time_off_is_refused():
    adviser = factories.adviser()
    TimeOff.objects.create(adviser=adviser, starts_at=CALL_TIME, ends_at=CALL_TIME + MINUTE)
    assert refused() == Reason.TAKEN


def test_staff_need_no_notice_but_an_offered_time():
    adviser, user = factories.adviser(), factories.staff()
    made = booked(start=NOW + 20 * MINUTE, by=user)
    assert (made.adviser, made.booked_by) == (adviser, user)
    assert refused(start=NOW + 47 * MINUTE, by=user) == Reason.TAKEN
    assert refused(start=NOW - 20 * MINUTE, by=user) == Reason.TAKEN


def test_taken_time_is_refused():
    factories.adviser()
    booked()
    assert refused() == Reason.TAKEN


def test_another_adviser_takes_the_second_call_of_the_same_time():
    factories.adviser(), factories.adviser()
    assert booked().adviser != booked().adviser
    assert refused() == Reason.TAKEN


def test_work_is_shared_by_who_has_fewest_calls():
    busy, idle = factories.adviser(name="A"), factories.adviser(name="B")
    for later in (20, 40):
        factories.booking(adviser=busy, starts_at=CALL_TIME + later * MINUTE)
    factories.booking(adviser=idle, starts_at=CALL_TIME + 20 * MINUTE)
    assert booked().adviser == idle


def test_booking_asks_no_more_however_many_advisers_do_not_work_then(django_assert_num_queries):
    factories.adviser()
    with CaptureQueriesContext(connection) as queries:
        booked()
    for _ in range(20):
        factories.adviser(weekdays=())
    factories.adviser()
    with django_assert_num_queries(len(queries)):
        booked()


def test_adviser_has_to_know_the_topic_and_the_nations_law():
    autism, adhd = factories.topic(), factories.topic()
    scotland = factories.council(nation="Scotland")
    factories.adviser(topics=[autism])
    english = factories.adviser(nations=["England"])
    assert booked(wanted=Wanted(adhd)).adviser == english
    assert refused(wanted=Wanted(adhd)) == Reason.TAKEN
    assert refused(wanted=Wanted(adhd, scotland)) == Reason.TAKEN
    assert booked(wanted=Wanted(autism, scotland)).adviser != english


def test_adviser_who_takes_no_calls_is_not_booked():
    factories.adviser(is_taking_calls=False)
    assert refused() == Reason.TAKEN


def test_same_form_sent_twice_is_one_call():
    factories.adviser(), factories.adviser()
    caller = factories.caller()
    first = book(start=CALL_TIME, caller=caller, now=NOW)
    assert book(start=CALL_TIME, caller=caller, now=NOW + MINUTE) == first
    assert (Booking.objects.count(), len(queued("booked"))) == (1, 1)


def again(first: Caller, **changes) -> Caller:
    """The same form, sent once more with ``changes``."""
    names = ("name", "email", "phone", "submission_id", "word", "wanted")
    return Caller(**{name: getattr(first, name) for name in names} | changes)


def test_same_form_with_a_corrected_address_corrects_the_call():
    factories.adviser()
    caller = factories.caller(email="wrong@example.org", word="one")
    first = book(start=CALL_TIME, caller=caller, now=NOW)
    book(start=CALL_TIME, caller=again(caller, email="right@example.org", word="two"), now=NOW)
    corrected = Booking.objects.get()
    assert (corrected.pk, corrected.email, corrected.email_key) == (first.pk, "right@example.org", "right@example.org")
    assert (corrected.word, corrected.link_version) == ("two", 2)
    assert queued("booked") == [("booked", "right@example.org")]


def test_corrected_address_gets_its_own_email_when_the_first_is_sent():
    factories.adviser()
    caller = factories.caller(email="wrong@example.org")
    book(start=CALL_TIME, caller=caller, now=NOW)
    QueuedEmail.objects.filter(kind="bookings.booked").update(status="sent", sent_at=NOW)
    book(start=CALL_TIME, caller=again(caller, email="right@example.org"), now=NOW)
    assert [to for _, to in queued("booked")] == ["wrong@example.org", "right@example.org"]


@pytest.mark.parametrize(
    "same",
    [{"email": " ANN@example.org"}, {"phone": Phone(number="+447700900123", prefix="18002")}],
    ids=["e-mail", "phone"],
)
def test_one_call_to_come_per_address_and_phone(same: dict):
    factories.adviser()
    booked(email="ann@example.org", phone=Phone(number="+447700900123"))
    later = CALL_TIME + timedelta(hours=1)
    assert refused(start=later, **same) == Reason.HAS_A_CALL
    assert refused(start=later, **same) == Reason.HAS_A_CALL
    # Only the owner of the call learns which, once a day.
    assert queued("already") == [("already", "ann@example.org")]


def test_who_has_had_a_call_can_book_again():
    factories.adviser()
    booked(email="ann@example.org")
    again = booked(email="ann@example.org", start=CALL_TIME + timedelta(days=1), now=CALL_TIME)
    assert list(Booking.objects.upcoming()) == [again]


def test_callers_without_address_may_be_several():
    factories.adviser()
    user = factories.staff()
    booked(email="", by=user), booked(email="", by=user, start=CALL_TIME + timedelta(hours=1))
    assert (Booking.objects.count(), queued("booked")) == (2, [])


def test_who_books_waits_no_longer():
    factories.adviser()
    entry = factories.waiting_entry(email="ann@example.org")
    booked(email="Ann@example.org")
    entry.refresh_from_db()
    assert (entry.status, entry.ended_at) == (WaitingEntry.Status.BOOKED, NOW)


def test_adviser_whom_everybody_wants_at_once_counts_as_taken_and_the_next_is_asked(monkeypatch):
    busy, idle = factories.adviser(name="A"), factories.adviser(name="B")
    lock = cells.lock_advisers

    def lock_in_time(*pks: int):
        if busy.pk in pks:
            raise cells.Busy
        return lock(*pks)

    monkeypatch.setattr(booking, "lock_advisers", lock_in_time)
    assert booked().adviser == idle
    assert refused() == Reason.TAKEN


def test_lock_that_did_not_come_in_time_is_told_from_other_failures(monkeypatch):
    adviser = factories.adviser()

    def failing(code: str):
        def update(*_, **__):
            raise OperationalError from type("Cause", (Exception,), {"pgcode": code})()

        return update

    monkeypatch.setattr("django.db.models.QuerySet.update", failing("55P03"))
    with pytest.raises(cells.Busy):
        cells.lock_advisers(adviser.pk)
    monkeypatch.setattr("django.db.models.QuerySet.update", failing("57P01"))
    with pytest.raises(OperationalError):
        cells.lock_advisers(adviser.pk)


def test_database_itself_keeps_the_rules():
    adviser = factories.adviser()
    factories.booking(adviser=adviser, email="ann@example.org", phone="+447700900123")
    with refused_by(BookedCell, "one_call_at_a_time_per_adviser"):
        factories.booking(adviser=adviser, starts_at=CALL_TIME + 15 * MINUTE)
    other = factories.adviser()
    with refused_by(Booking, "one_upcoming_call_per_email"):
        factories.booking(adviser=other, email="Ann@example.org")
    with refused_by(Booking, "one_upcoming_call_per_phone"):
        factories.booking(adviser=other, phone="+447700900123")
    with refused_by(Booking, "only_booked_calls_are_upcoming"):
        factories.booking(adviser=other, status=Booking.Status.CANCELLED)
    assert Booking.objects.count() == 1
