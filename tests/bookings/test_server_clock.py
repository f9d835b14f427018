"""Pages of families and of advisers say UK times, also on days when the clocks change, wherever the server is."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from bookings.actions import book
from bookings.availability import Wanted, free_times
from bookings.links import call_path
from bookings.models import Adviser, Booking
from bookings.weeks import as_text
from sendguide.lib.dates import LONDON
from tests import factories
from tests.bookings.clocks import ZONES, clock_of_server

pytestmark = pytest.mark.django_db
# Late in the evening in the UK it is another day in Auckland and another hour of the day in Los Angeles. In the second
# night the clocks go back, in the third they go forward.
MOMENTS = [
    datetime(2026, 12, 1, 21, 30, tzinfo=UTC),
    datetime(2026, 10, 24, 21, 30, tzinfo=UTC),
    datetime(2027, 3, 27, 21, 30, tzinfo=UTC),
]
DIARY = "/admin/bookings/diary/"


@pytest.fixture
def amira() -> Adviser:
    """She takes calls from early to late, every day."""
    factories.guide(slug="the-local-offer")  # where the menu leads
    made = factories.adviser(name="Amira", user=factories.staff(is_superuser=True), weekdays=range(7))
    made.weekly_hours.update(starts=time(5), ends=time(23))
    return made


def words(client: Client, path: str) -> str:
    """What can be read on a page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", strip_tags(re.sub(r"(?s)<(script|style).*?</\1>", "", answer.text)))


def everything(amira: Adviser, start: datetime, call: Booking) -> dict[str, str]:
    family, staff = Client(), Client()
    staff.force_login(amira.user)
    pages = ("/support-call/", f"/support-call/details/?start={as_text(start)}", call_path(call))
    shown = {path: words(family, path) for path in (*pages, f"{call_path(call)}move/")}
    shown |= {path: words(staff, path) for path in (DIARY, f"{DIARY}?view=week", f"{DIARY}?day={day_of(call)}")}
    return shown | {"calendar": family.get(f"{call_path(call)}call.ics").text}


def day_of(call: Booking) -> str:
    return f"{call.starts_at.astimezone(LONDON):%Y-%m-%d}"


@pytest.mark.parametrize("now", MOMENTS, ids=["winter", "clocks go back", "clocks go forward"])
def test_pages_say_the_same_times_wherever_the_server_is(amira, now):
    shown = {}
    with time_machine.travel(now, tick=False):
        starts = [start for start in free_times(Wanted(), now).advisers_at if start > now + timedelta(hours=12)]
        call = book(start=starts[0], caller=factories.caller(), now=now)
        for zone in ZONES:
            with clock_of_server(zone):
                shown[zone] = everything(amira, starts[9], call)
    in_london = shown.pop("Europe/London")
    assert shown == dict.fromkeys(shown, in_london)
    clock = f"{call.starts_at.astimezone(LONDON):%-I:%M%p}".lower().replace(":00", "")
    said = [name for name, text in in_london.items() if clock in text]
    assert {call_path(call), f"{DIARY}?day={day_of(call)}"} <= set(said)
    assert f"DTSTART:{call.starts_at:%Y%m%dT%H%M%SZ}" in in_london["calendar"]
