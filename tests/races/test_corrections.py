"""A form that is mended and sent again while somebody moves or cancels the call."""

import pytest
from django.utils import timezone

from bookings.actions import Caller, book, cancel, move
from bookings.models import Booking
from tests import factories
from tests.bookings.invariants import broken
from tests.races.test_calls import acting, times
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
