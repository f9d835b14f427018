from datetime import timedelta

import pytest

from bookings.actions.outcomes import record_outcome, record_try
from bookings.models import Booking
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import NotNeeded
from sendguide.outbox.writing import write
from tests import factories
from tests.bookings.queued import queued
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
Outcome = Booking.Outcome


def recorded(call: Booking, outcome: str = Outcome.HELPED, summary: str = "", guides=(), *, e_mail=False) -> Booking:
    call.refresh_from_db()
    said = {"outcome": outcome, "summary": summary, "guides": guides, "e_mail": e_mail}
    record_outcome(booking=call, seen=call.updated_at, now=CALL_TIME, **said)
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


def still_to_be_sent() -> list[str]:
    """The e-mails that are written if the worker comes now; the others are left out."""
    sent = []
    for row in QueuedEmail.objects.filter(status=QueuedEmail.Status.WAITING):
        try:
            sent.append(f"{row.kind.removeprefix('bookings.')} {write(row).text.partition('One')[1]}".strip())
        except NotNeeded as reason:
            QueuedEmail.objects.filter(pk=row.pk).update(status=QueuedEmail.Status.SKIPPED, why=str(reason))
    return sent


def test_of_two_versions_before_the_worker_comes_the_later_one_is_sent():
    call = factories.booking()
    recorded(call, summary="Two.", e_mail=True), recorded(call, summary="One.", e_mail=True)
    assert still_to_be_sent() == ["summary One"]


def test_version_that_is_written_again_is_sent_after_all():
    call = factories.booking()
    recorded(call, summary="One.", e_mail=True), recorded(call, summary="Two.", e_mail=True)
    assert still_to_be_sent() == ["summary"]
    recorded(call, summary="One.", e_mail=True)
    assert still_to_be_sent() == ["summary One"]


def test_correction_takes_the_place_of_what_was_still_to_be_sent():
    call = factories.booking()
    recorded(call, summary="Two.", e_mail=True), recorded(call, summary="One.")
    assert still_to_be_sent() == ["summary One"]


def test_correction_of_what_was_sent_is_e_mailed_only_if_asked():
    call = factories.booking()
    recorded(call, summary="One.", e_mail=True)
    QueuedEmail.objects.update(status=QueuedEmail.Status.SENT, sent_at=CALL_TIME)
    recorded(call, summary="Two.")
    assert queued() == [("summary", call.email)]


def test_nothing_to_say_is_not_e_mailed():
    recorded(factories.booking(), e_mail=True)
    assert queued() == []


def test_family_that_was_not_reached_is_told_once():
    call = factories.booking(email="ann@example.org")
    recorded(call, Outcome.NOT_REACHED), recorded(call, Outcome.NOT_REACHED)
    assert queued() == [("missed", "ann@example.org")]


def test_family_is_told_that_it_was_missed_after_a_correction_in_between():
    call = factories.booking()
    recorded(call, Outcome.NOT_REACHED), recorded(call, Outcome.HELPED)
    assert still_to_be_sent() == []
    recorded(call, Outcome.NOT_REACHED)
    assert still_to_be_sent() == ["missed"]


def test_family_that_was_told_that_it_was_missed_is_not_told_again():
    call = factories.booking()
    recorded(call, Outcome.NOT_REACHED)
    QueuedEmail.objects.update(status=QueuedEmail.Status.SENT, sent_at=CALL_TIME)
    recorded(call, Outcome.HELPED), recorded(call, Outcome.NOT_REACHED)
    assert still_to_be_sent() == []


def test_tries_are_counted_from_the_start_of_the_call():
    call = factories.booking()
    tried = [record_try(booking=call, now=CALL_TIME + later) for later in (-timedelta(minutes=1), timedelta(0))]
    call.refresh_from_db()
    assert (tried, call.tries) == ([False, True], 1)


def test_cancelled_call_is_not_tried():
    call = factories.booking(status=Booking.Status.CANCELLED, is_upcoming=False)
    assert not record_try(booking=call, now=CALL_TIME)
