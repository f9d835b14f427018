import pytest
import time_machine

from bookings.actions import cancel, move_to
from bookings.models import Booking
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import NotNeeded
from sendguide.outbox.writing import Written, write
from tests import factories
from tests.bookings.emails.letters import CANCELLED, DAY, NOW, call, written
from tests.factories import CALL_TIME

LATER = CALL_TIME + DAY


def moved_to_another() -> Booking:
    booking, other = call(adviser=factories.adviser(email="first@staff.example")), factories.adviser(email="second@b.c")
    return move_to(booking=booking, adviser_id=other.pk, start=LATER, now=NOW)


def told(to: str, sequence: int = 1) -> Written:
    return write(QueuedEmail.objects.get(kind="bookings.adviser_moved", to=to, details__sequence=sequence))


@pytest.mark.parametrize("kind", ["adviser_booked", "adviser_moved", "adviser_cancelled"])
@pytest.mark.parametrize(("topic", "said"), [(True, "Autism & more"), (False, "not chosen")])
def test_email_names_topic_and_reference(kind, topic, said):
    email = written(kind, **{} if topic else {"topic": None})
    assert f"Topic: {said}\nReference: K7M-4PQ\n" in email.text
    assert f"Topic: {said.replace('&', '&amp;')}<br>Reference: K7M-4PQ</p>" in email.html


@pytest.mark.parametrize(("fields", "is_said"), [({}, True), ({"access_needs": [], "access_details": ""}, False)])
def test_adviser_is_told_that_there_is_something_to_arrange(fields, is_said):
    email, sentence = written("adviser_booked", **fields), "The family has told us what they need for the call."
    assert (sentence in email.text, sentence in email.html) == (is_said, is_said)


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("adviser_booked", CANCELLED, "The call was cancelled since."),
        ("adviser_booked", {"sequence": 1}, "The call was moved since: a later e-mail says so."),
        ("adviser_booked", {"starts_at": NOW}, "The time of the call has come or is over."),
        ("adviser_moved", CANCELLED, "The call was cancelled since."),
        ("adviser_moved", {"starts_at": NOW}, "The time of the call has come or is over."),
        ("adviser_cancelled", {"status": "booked"}, "The call is not cancelled."),
        ("adviser_cancelled", {"starts_at": NOW}, "The time of the call has come or is over."),
    ],
)
def test_what_is_no_longer_true_is_not_sent(kind, fields, reason):
    with pytest.raises(NotNeeded) as error:
        written(kind, **fields)
    assert str(error.value) == reason


def test_adviser_who_keeps_the_call_reads_both_times():
    booking = call(adviser=factories.adviser(email="first@staff.example"))
    move_to(booking=booking, adviser_id=booking.adviser_id, start=LATER, now=NOW)
    email = told("first@staff.example")
    assert email.subject == "Call moved: Thursday 3 December 2026, 10am"
    for part in (email.text, email.html):
        assert "A call in your diary was moved. It was Wednesday 2 December 2026, 10am. It is now:" in part


def test_adviser_who_gets_the_call_is_told_that_it_is_new():
    moved_to_another()
    email = told("second@b.c")
    assert email.subject == "New call: Thursday 3 December 2026, 10am"
    for part in (email.text, email.html):
        assert "A call was moved to you from another adviser. It was Wednesday 2 December 2026, 10am." in part


def test_adviser_who_loses_the_call_is_told_so_whatever_became_of_it():
    booking = moved_to_another()
    email = told("first@staff.example")
    assert email.subject == "Not your call any more: Wednesday 2 December 2026, 10am"
    for part in (email.text, email.html):
        assert "This call is not in your diary any more. Another adviser has it now:" in part
        assert "Wednesday 2 December 2026, 10am, UK time" in part
        assert "Thursday" not in part
        assert "/admin/" in part
    cancel(booking=booking, now=NOW)
    assert told("first@staff.example") == email
    with time_machine.travel(CALL_TIME, tick=False), pytest.raises(NotNeeded, match="was not to come in this one's"):
        told("first@staff.example")


def test_adviser_who_never_had_it_for_long_is_not_told():
    booking = moved_to_another()
    third = factories.adviser(email="third@b.c")
    move_to(booking=booking, adviser_id=third.pk, start=LATER, now=NOW)
    with pytest.raises(NotNeeded, match=r"^The call is another adviser's now"):
        told("second@b.c", 1)
    assert told("second@b.c", 2).subject == "Not your call any more: Thursday 3 December 2026, 10am"
    assert told("third@b.c", 2).subject == "New call: Thursday 3 December 2026, 10am"


def test_move_before_the_last_one_is_not_told():
    booking = call(adviser=factories.adviser(email="first@staff.example"))
    for start in (LATER, LATER + DAY):
        booking = move_to(booking=booking, adviser_id=booking.adviser_id, start=start, now=NOW)
    with pytest.raises(NotNeeded, match=r"^The call was moved again since: a later e-mail says so\.$"):
        told("first@staff.example", 1)
    assert told("first@staff.example", 2).subject == "Call moved: Friday 4 December 2026, 10am"
