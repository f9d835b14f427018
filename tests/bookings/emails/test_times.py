"""E-mail, subject, calendar and page say one time, also on days when the clocks change, and wherever the server is."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from icalendar import Calendar

from bookings.links import call_path
from bookings.models import Booking, Offer
from bookings.slots import LENGTH
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.writing import write
from tests import factories
from tests.bookings.clocks import ZONES, clock_of_server
from tests.bookings.emails.letters import CALLS, HOUR, letter

MOMENTS = {
    datetime(2026, 10, 24, 8, tzinfo=UTC): "Saturday 24 October 2026, 9am",
    datetime(2026, 10, 25, 9, tzinfo=UTC): "Sunday 25 October 2026, 9am",
    datetime(2026, 10, 25, 13, 20, tzinfo=UTC): "Sunday 25 October 2026, 1:20pm",
    datetime(2027, 3, 27, 9, tzinfo=UTC): "Saturday 27 March 2027, 9am",
    datetime(2027, 3, 28, 8, tzinfo=UTC): "Sunday 28 March 2027, 9am",
    datetime(2027, 3, 28, 12, 20, tzinfo=UTC): "Sunday 28 March 2027, 1:20pm",
    # Another day in Auckland, and in Los Angeles.
    datetime(2026, 12, 2, 20, 40, tzinfo=UTC): "Wednesday 2 December 2026, 8:40pm",
    datetime(2026, 12, 3, 5, tzinfo=UTC): "Thursday 3 December 2026, 5am",
}


@pytest.fixture(params=ZONES)
def server_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    with clock_of_server(request.param):
        yield


@pytest.mark.usefixtures("server_zone")
@pytest.mark.parametrize("kind", [*CALLS, "offer"])
def test_subject_parts_and_calendar_agree(kind):
    row = letter(kind)
    for start, words in MOMENTS.items():
        with time_machine.travel(start - 2 * HOUR, tick=False):
            email = write(at(start, row))
        assert email.subject.partition(": ")[2] == words
        for part in (email.text, email.html):
            assert f"{words}, UK time" in part
        if email.calendar:
            (event,) = Calendar.from_ical(email.calendar.content).walk("VEVENT")
            assert event["dtstart"].dt == start
            assert f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\n".encode() in email.calendar.content


def at(start: datetime, row: QueuedEmail) -> QueuedEmail:
    """What ``row`` is about is at ``start`` now."""
    times = {"starts_at": start, "ends_at": start + LENGTH}
    Offer.objects.update(**times, held_until=start)
    Booking.objects.update(**times)
    row.details["starts_at"] = start.isoformat()
    return row


@pytest.mark.usefixtures("server_zone")
def test_page_and_its_calendar_file_say_what_the_email_says(client):
    # What the menu of every page leads to.
    factories.guide(slug="the-local-offer")
    row = letter("booked")
    for start, words in MOMENTS.items():
        with time_machine.travel(start - 2 * HOUR, tick=False):
            email = write(at(start, row))
            path = call_path(Booking.objects.get())
            assert path in email.text
            page, file = client.get(path), client.get(f"{path}call.ics")
        assert words in page.text
        assert f"{words}, UK time" in email.text
        (event,) = Calendar.from_ical(file.content).walk("VEVENT")
        assert event["dtstart"].dt == start
