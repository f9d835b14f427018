import pytest
import time_machine

from bookings.actions import cancel, move
from bookings.models import Booking
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import NotNeeded
from sendguide.outbox.writing import write
from tests import factories
from tests.bookings.emails.letters import CANCELLED, DAY, HOUR, NOW, about_call, call, letter, row, written
from tests.factories import CALL_TIME

ABOUT_CALLS_TO_COME = ["booked", "corrected", "moved", "day_reminder", "hour_reminder", "already"]


@pytest.mark.parametrize("kind", ABOUT_CALLS_TO_COME)
def test_email_says_who_calls_from_where_and_how_to_change_it(kind, settings):
    settings.CALLS_COME_FROM = "01632 960 001"
    email = written(kind)
    assert "Amira O'Neil will call you from 01632 960 001." in email.text
    # On one line, however narrow the window is.
    number = '<span style="white-space: nowrap">01632 960 001</span>'
    assert f"Amira O&#x27;Neil will call you from {number}." in email.html
    for part in (email.text, email.html):
        assert "K7M-4PQ" in part
        assert "move or cancel the call" in part


@pytest.mark.parametrize("kind", ABOUT_CALLS_TO_COME)
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (CANCELLED, "The call was cancelled since."),
        ({"starts_at": NOW}, "The time of the call has come or is over."),
        ({"starts_at": NOW - DAY, "is_upcoming": False}, "The time of the call has come or is over."),
    ],
    ids=["cancelled", "beginning", "over"],
)
def test_call_that_is_not_to_come_is_not_written_about(kind, fields, reason):
    with pytest.raises(NotNeeded) as error:
        written(kind, **fields)
    assert str(error.value) == reason


@pytest.mark.parametrize("kind", ["booked", "corrected", "moved", "day_reminder", "hour_reminder"])
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "If nobody answers, we leave no message."),
        ({"may_leave_message": True}, "If nobody answers, we may leave a message. You said that we can."),
        ({}, "If someone else answers, we do not say who is calling."),
        ({"may_say_who": True}, "If someone else answers, we may say who is calling. You said that we can."),
        ({}, "We try up to 3 times."),
        ({}, "We have what you told us that you need for the call."),
        ({}, "This is not an emergency line."),
    ],
)
def test_email_says_how_we_call(kind, fields, sentence):
    email = written(kind, **fields)
    assert sentence in email.text
    assert sentence in email.html


@pytest.mark.parametrize(("word", "hint"), [("sunshine", "s…e"), ("cat", None), ("", None)])
def test_own_word_is_hinted_at_if_there_is_one(word, hint):
    email = written("booked", word=word)
    for part in (email.text, email.html):
        assert ("We say your own word first" in part) is bool(hint)
        assert word in ("", "cat") or word not in part
    assert not hint or f"so that you know it is us: {hint}. We show" in email.text
    in_html = f'<strong style="white-space: nowrap">{hint}</strong>'
    assert not hint or f"so that you know it is us: {in_html}. We show" in email.html


@pytest.mark.parametrize("kind", ["booked", "day_reminder"])
def test_email_says_what_to_have_ready(kind):
    email = written(kind)
    for part in (email.text, email.html):
        assert "the last letter, report or plan" in part
        assert "You do not need to tell us your child's name." in part


def test_move_says_the_old_and_the_new_time_and_changes_the_same_calendar_entry():
    factories.adviser()
    booking = call()
    moved = move(booking=booking, start=CALL_TIME + DAY, now=NOW)
    email = write(QueuedEmail.objects.get(kind="bookings.moved"))
    assert email.subject == "Call moved: Thursday 3 December 2026, 10am"
    for part in (email.text, email.html):
        assert "Your support call has a new time. It was Wednesday 2 December 2026, 10am. It is now:" in part
        assert "Thursday 3 December 2026, 10am, UK time" in part
    assert email.calendar is not None
    assert f"UID:call-{moved.pk}@127.0.0.1\r\nSEQUENCE:1\r\n".encode() in _sorted(email.calendar.content)
    assert b"METHOD:REQUEST" in email.calendar.content


def _sorted(calendar: bytes) -> bytes:
    """The two lines next to each other, wherever they stand."""
    lines = {line.partition(b":")[0]: line for line in calendar.split(b"\r\n")}
    return lines[b"UID"] + b"\r\n" + lines[b"SEQUENCE"] + b"\r\n"


def test_other_adviser_at_the_same_time_is_told_as_such():
    booking = call(sequence=1)
    email = write(about_call("moved", booking, was=CALL_TIME.isoformat()))
    assert email.subject == "Another adviser will call you: Wednesday 2 December 2026, 10am"
    for part in (email.text, email.html):
        assert "Another adviser will make your support call. The time stays the same:" in part
        assert "It was" not in part


def test_move_before_the_last_one_is_not_told():
    factories.adviser()
    booking = call()
    for days in (1, 2):
        booking = move(booking=booking, start=CALL_TIME + days * DAY, now=NOW)
    first, second = QueuedEmail.objects.filter(kind="bookings.moved").order_by("pk")
    with pytest.raises(NotNeeded, match=r"^The call was moved again since: a later e-mail says so\.$"):
        write(first)
    assert write(second).subject == "Call moved: Friday 4 December 2026, 10am"


def test_move_of_what_was_cancelled_is_not_told():
    factories.adviser()
    booking = move(booking=call(), start=CALL_TIME + DAY, now=NOW)
    cancel(booking=booking, now=NOW)
    with pytest.raises(NotNeeded, match=r"^The call was cancelled since\.$"):
        write(QueuedEmail.objects.get(kind="bookings.moved"))


@pytest.mark.parametrize("kind", ["day_reminder", "hour_reminder"])
def test_nobody_is_reminded_of_the_time_before_a_move(kind):
    reminder = letter(kind)
    Booking.objects.update(starts_at=CALL_TIME + HOUR)
    with pytest.raises(NotNeeded, match=r"^The call was moved since\.$"):
        write(reminder)


def test_confirmation_that_is_late_says_the_time_that_holds_now():
    booking = call()
    Booking.objects.update(starts_at=CALL_TIME + DAY)
    assert write(row("booked", booking)).subject == "Call booked: Thursday 3 December 2026, 10am"


def test_hour_reminder_is_sent_until_the_call_begins():
    reminder = letter("hour_reminder")
    with time_machine.travel(CALL_TIME - HOUR / 60, tick=False):
        assert "We call you within the hour:" in write(reminder).text


def test_who_has_a_call_is_told_that_nothing_changed():
    email = written("already")
    for part in (email.text, email.html):
        assert "You have a call already, and nothing has changed:" in part


@pytest.mark.parametrize("kind", ["booked", "corrected"])
def test_who_typed_the_wrong_number_reads_what_to_do(kind):
    email = written(kind)
    assert "Did you type the wrong phone number? Write to us with your reference. We will put it right:" in email.text
    assert '/contact/">Write to us</a> with your reference. We will put it right.' in email.html


def test_corrected_details_are_told_with_the_time_that_stays():
    email = written("corrected", may_say_who=True)
    for part in (email.text, email.html):
        assert "We have corrected the details of your support call. The time stays the same:" in part
        assert "we may say who is calling. You said that we can." in part
