from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from sendguide.lib.calendar_files import Entry, Method, calendar_file
from sendguide.lib.dates import LONDON

STARTS = datetime(2026, 7, 1, 10, 30, tzinfo=LONDON)


def entry(**fields) -> Entry:
    values = {
        "uid": "place-1@sendguide.example",
        "starts": STARTS,
        "ends": STARTS + timedelta(minutes=90),
        "stamp": datetime(2026, 6, 1, 12, 0, 0, 123456, tzinfo=UTC),
        "summary": "Online workshop",
    }
    return Entry(**values | fields)


def test_times_are_utc_instants():
    lines = calendar_file([entry()]).decode().split("\r\n")
    assert "DTSTART:20260701T093000Z" in lines
    assert "DTEND:20260701T110000Z" in lines
    assert "DTSTAMP:20260601T120000Z" in lines


def test_copy_to_keep_asks_nobody():
    parsed = Calendar.from_ical(calendar_file([entry(sequence=3)]))
    (event,) = parsed.walk("VEVENT")
    assert (parsed["version"], parsed["method"], "x-wr-calname" in parsed) == ("2.0", "PUBLISH", False)
    assert (event["uid"], event["sequence"], event["status"]) == ("place-1@sendguide.example", 3, "CONFIRMED")
    assert {"organizer", "attendee", "url", "description"} & set(event) == set()
    assert event.walk("VALARM") == []


def test_request_names_both_sides():
    content = calendar_file(
        [entry(organiser="us@example.org", attendee="ann@example.org", reminder=timedelta(minutes=30))],
        method=Method.REQUEST,
    )
    parsed = Calendar.from_ical(content)
    (event,), (alarm,) = parsed.walk("VEVENT"), parsed.walk("VALARM")
    assert parsed["method"] == "REQUEST"
    assert (event["organizer"], event["attendee"]) == ("mailto:us@example.org", "mailto:ann@example.org")
    assert event["attendee"].params == {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    assert alarm["trigger"].dt == timedelta(minutes=-30)


def test_cancelling_takes_the_entry_out():
    parsed = Calendar.from_ical(calendar_file([entry(reminder=timedelta(minutes=30))], method=Method.CANCEL))
    (event,) = parsed.walk("VEVENT")
    assert (parsed["method"], event["status"], parsed.walk("VALARM")) == ("CANCEL", "CANCELLED", [])


def test_calendar_to_subscribe_to_has_a_name_and_keeps_what_is_cancelled():
    parsed = Calendar.from_ical(calendar_file([entry(), entry(uid="2", is_cancelled=True)], name="Workshops"))
    assert (parsed["x-wr-calname"], parsed["x-published-ttl"]) == ("Workshops", "PT6H")
    assert [event["status"] for event in parsed.walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]


def test_entry_that_has_changed_since_the_last_look_is_written_anew():
    first = calendar_file([entry(), entry(uid="2")], name="Workshops")
    assert calendar_file([entry(), entry(uid="2")], name="Workshops") == first
    later = {"starts": STARTS + timedelta(days=1), "ends": STARTS + timedelta(days=2), "sequence": 1}
    parsed = Calendar.from_ical(calendar_file([entry(**later), entry(uid="2")], name="Workshops"))
    assert [(event["uid"], event["sequence"], event["dtstart"].dt) for event in parsed.walk("VEVENT")] == [
        ("place-1@sendguide.example", 1, later["starts"]),
        ("2", 0, STARTS),
    ]


def test_calendar_without_entries_is_whole():
    parsed = Calendar.from_ical(calendar_file([], name="Workshops"))
    assert (parsed["x-wr-calname"], parsed.walk("VEVENT"), parsed.errors) == ("Workshops", [], [])


def test_text_cannot_write_lines_of_its_own():
    content = calendar_file([entry(summary="One\r\nATTENDEE:mailto:eve@example.org; x", description="a\nb")])
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert "attendee" not in event
    assert (event["summary"], event["description"]) == ("One\nATTENDEE:mailto:eve@example.org; x", "a\nb")


def test_lines_are_folded_for_old_programs():
    """RFC 5545, 3.1: at most 75 bytes a line."""
    content = calendar_file([entry(description="Überall für alle Eltern. " * 20)])
    assert max(map(len, content.split(b"\r\n"))) <= 75
