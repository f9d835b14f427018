"""A form that is mended and sent again while somebody moves or cancels the call."""

from collections import Counter
from typing import Any

import pytest
from django.utils import timezone

from bookings.actions import Caller, book, cancel, cells, correct_details, correcting, move
from bookings.models import Booking
from sendguide.lib.phones import Phone
from tests import factories
from tests.bookings.invariants import broken
from tests.races.acting import acting, all_at_once, times
from tests.races.test_unguarded_calls import ONE_WRITER, Meeting, unlocked
from tests.races.visitor import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_call_is_mended_while_it_is_cancelled_or_moved():
    for round_number in range(10):
        factories.adviser(), factories.adviser()
        start, other = times(2)
        caller = factories.caller()
        call = book(start=start, caller=caller, now=timezone.now())
        mended = Caller(name="Bea", email=caller.email, phone=caller.phone, submission_id=caller.submission_id)
        mending = acting(book, start=start, caller=mended)
        against = acting(cancel, booking=call) if round_number % 2 else acting(move, booking=call, start=other)
        assert at_once([mending, against]) == ["done", "done"]
        call.refresh_from_db()
        assert (call.is_cancelled, call.starts_at) == ((True, start) if round_number % 2 else (False, other))
        assert broken() == []
        Booking.objects.all().delete()


def two_correct_at_once() -> Counter[str]:
    """Two members of staff who have the same page open: one changes the name, one the number."""
    factories.adviser()
    (start,) = times()
    caller = factories.caller()
    call = book(start=start, caller=caller, now=timezone.now())
    kept = {"name": caller.name, "phone": caller.phone, "email": caller.email, "submission_id": caller.submission_id}
    changes = [{"name": "Bea"}, {"phone": Phone(number="+447700900999")}]
    corrections = [Caller(**kept | change) for change in changes]
    return all_at_once(
        [acting(correct_details, booking=call, caller=each, seen=call.updated_at) for each in corrections]
    )


def test_later_of_two_who_correct_at_once_is_told():
    assert (two_correct_at_once(), broken()) == ({"done": 1, "changed": 1}, [])


def test_without_the_lock_the_later_undoes_the_earlier_unseen(monkeypatch: pytest.MonkeyPatch):
    """Negative control. SQLite lets in one writer at a time and so hides it."""
    meeting, known = Meeting(), correcting.known_call

    def meet_and_look(*arguments: Any) -> Booking | None:
        meeting.wait()
        return known(*arguments)

    monkeypatch.setattr(cells, "lock_advisers", unlocked)
    monkeypatch.setattr(correcting, "known_call", meet_and_look)
    assert two_correct_at_once() == ({"done": 1, "changed": 1} if ONE_WRITER else {"done": 2})


def test_one_number_is_given_to_one_of_two_calls_at_once():
    factories.adviser(), factories.adviser()
    (start,) = times()
    calls = [book(start=start, caller=factories.caller(), now=timezone.now()) for _ in range(2)]
    wrong = Phone(number="+447700900999")
    callers = [Caller(name="Ann", email=each.email, phone=wrong, submission_id=each.submission_id) for each in calls]
    acts = [
        acting(correct_details, booking=call, caller=caller, seen=call.updated_at)
        for call, caller in zip(calls, callers, strict=True)
    ]
    assert (all_at_once(acts), broken()) == ({"done": 1, "has a call": 1}, [])
