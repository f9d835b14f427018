from datetime import timedelta

import pytest

from bookings.actions.outcomes import record_outcome, record_try
from bookings.models import Booking
from tests import factories
from tests.bookings.queued import queued
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
Outcome = Booking.Outcome


def recorded(call: Booking, outcome: str = Outcome.HELPED, summary: str = "", guides=(), *, e_mail=False) -> Booking:
    record_outcome(booking=call, outcome=outcome, summary=summary, guides=guides, e_mail=e_mail, now=CALL_TIME)
    return Booking.objects.get(pk=call.pk)


def test_outcome_is_kept_with_its_summary_and_guides():
    guide = factories.guide()
    call = recorded(factories.booking(), Outcome.FOLLOW_UP, "We read the letter.", [guide])
    assert (call.outcome, call.summary, list(call.guides.all())) == ("follow-up", "We read the letter.", [guide])
    assert queued() == []


def test_summary_is_e_mailed_once_for_each_version():
    call = factories.booking(email="ann@example.org")
    for summary in ("One.", "One.", "Two."):
        recorded(call, summary=summary, e_mail=True)
    assert queued() == [("summary", "ann@example.org")] * 2


def test_nothing_to_say_is_not_e_mailed():
    recorded(factories.booking(), e_mail=True)
    assert queued() == []


def test_family_that_was_not_reached_is_told_once():
    call = factories.booking(email="ann@example.org")
    recorded(call, Outcome.NOT_REACHED), recorded(call, Outcome.NOT_REACHED)
    assert queued() == [("missed", "ann@example.org")]


def test_tries_are_counted_from_the_start_of_the_call():
    call = factories.booking()
    tried = [record_try(booking=call, now=CALL_TIME + later) for later in (-timedelta(minutes=1), timedelta(0))]
    call.refresh_from_db()
    assert (tried, call.tries) == ([False, True], 1)


def test_cancelled_call_is_not_tried():
    call = factories.booking(status=Booking.Status.CANCELLED, is_upcoming=False)
    assert not record_try(booking=call, now=CALL_TIME)
