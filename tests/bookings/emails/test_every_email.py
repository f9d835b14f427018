"""What holds for every e-mail about calls, as it would be sent now."""

import ast
import re

import pytest
from django.conf import settings
from django.urls import resolve
from icalendar import Calendar

from bookings.links import booking_for, offer_for, waiting_for
from bookings.models import Booking, Offer, WaitingEntry
from sendguide.outbox.registry import NotNeeded, kinds
from sendguide.outbox.writing import Written, write
from tests.bookings.emails.letters import CALLS, ENTRIES, FAMILY, KINDS, letter, written
from tests.factories import CALL_TIME
from tests.whole_site.document import Document, words

AT = "Wednesday 2 December 2026, 10am"
THEN = "Monday 30 November 2026, 10am"
SUBJECTS = {
    "booked": f"Call booked: {AT}",
    "corrected": f"Details of your call corrected: {AT}",
    "moved": f"Call moved: {AT}",
    "day_reminder": f"Reminder of your call: {AT}",
    "hour_reminder": f"We call you soon: {AT}",
    "already": f"You have a call already: {AT}",
    "cancelled": f"Call cancelled: {AT}",
    "cancelled_by_us": f"We had to cancel your call: {AT}",
    "missed": f"We could not reach you: {THEN}",
    "summary": f"After your call: {THEN}",
    "adviser_booked": f"New call: {AT}",
    "adviser_moved": f"Call moved: {AT}",
    "adviser_cancelled": f"Call cancelled: {AT}",
    "waiting": "Do you want to wait for a call? Please say yes",
    "already_waiting": "You are on the waiting list for a call already",
    "waiting_ended": "You are no longer on the waiting list for a call",
    "offer": f"A call is free for you: {AT}",
}
# The names of the pages that it leads to.
LINKS = {
    **{key: {"call", "site_page"} for key in ["booked", "corrected", "moved", "day_reminder", "hour_reminder"]},
    "already": {"call"},
    "cancelled": {"support_call"},
    "cancelled_by_us": {"support_call", "site_page"},
    "missed": {"support_call", "site_page"},
    "summary": {"support_call"},
    "waiting": {"call_waiting", "support_call", "site_page"},
    "already_waiting": {"call_waiting", "support_call"},
    "waiting_ended": {"support_call", "call_waiting_join", "site_page"},
    "offer": {"call_offer", "call_waiting"},
    **{key: {"bookings_diary"} for key in ["adviser_booked", "adviser_moved", "adviser_cancelled"]},
}
METHODS = {
    **dict.fromkeys(["booked", "moved"], "REQUEST"),
    **dict.fromkeys(["cancelled", "cancelled_by_us"], "CANCEL"),
}
# Nothing that a family fills in, in whichever spelling, nor where it lives.
FAMILYS = re.compile(r"canary7|900777|900 ?777|1800[12]|\bbsl\b|relay|sign language|video|testshire", re.IGNORECASE)
OPENERS = {"call": booking_for, "call_waiting": waiting_for, "call_offer": offer_for}
ROWS = {"call": Booking, "call_waiting": WaitingEntry, "call_offer": Offer}
ADDRESS = re.compile(r"https?://\S+")
every_kind = pytest.mark.parametrize("kind", KINDS)
to_families = pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("adviser_")])


def links_in_html(email: Written) -> set[str]:
    found = {link.get("href", "") for link in Document(email.html).find("a")}
    return found - {f"{settings.SITE_URL}/", f"mailto:{settings.CONTACT_EMAIL}"}


def test_all_emails_of_calls_are_here():
    assert [kind for kind in kinds() if kind.startswith("bookings.")] == sorted(f"bookings.{kind}" for kind in KINDS)


def test_every_kind_that_actions_queue_is_written():
    sources = [ast.parse(path.read_text("utf-8")) for path in (settings.BASE_DIR / "bookings/actions").glob("*.py")]
    texts = {node.value for tree in sources for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    queued = {text for text in texts if isinstance(text, str) and re.fullmatch(r"bookings\.\w+", text)}
    assert queued | {"bookings.day_reminder", "bookings.hour_reminder"} == {f"bookings.{kind}" for kind in KINDS}


@every_kind
def test_subject_is_exact(kind):
    assert written(kind).subject == SUBJECTS[kind]


@every_kind
def test_time_of_the_subject_stands_in_both_parts_as_uk_time(kind):
    email = written(kind)
    moment = SUBJECTS[kind].partition(": ")[2]
    for part in (email.text, " ".join(words(each) for each in Document(email.html).find("p"))):
        assert not moment or f"{moment}, UK time" in part
        assert part.count("Hello,") == 1


@every_kind
def test_html_is_sound_and_leads_where_the_text_does(kind):
    email = written(kind)
    document = Document(email.html)
    assert document.errors == []
    assert [words(title) for title in document.find("title")] == [email.subject]
    in_text = set(ADDRESS.findall(email.text)) - {f"{settings.SITE_URL}/"}
    assert links_in_html(email) == in_text
    text = email.text.partition("This e-mail is from")[0].strip()
    assert not re.search(r"[<>]|&\w+;|{[{%]|\n\n\n", text.replace("<b>Answer it</b>", ""))


@every_kind
def test_every_link_is_of_the_site_and_opens_its_row(kind):
    found = {}
    for link in links_in_html(written(kind)):
        assert link.startswith(settings.SITE_URL)
        page = resolve(link.removeprefix(settings.SITE_URL).partition("?")[0])
        found[page.url_name] = page.kwargs
    assert set(found) == LINKS[kind]
    for name, opener in OPENERS.items():
        if name in found:
            assert opener(found[name]["token"]) == ROWS[name].objects.get()


@every_kind
def test_nothing_that_a_family_fills_in_stands_in_it(kind):
    email = written(kind)
    calendar = email.calendar.content.replace(b"\r\n ", b"").decode() if email.calendar else ""
    # A calendar takes an entry in by whom it is for.
    calendar = re.sub(r"ATTENDEE\S*", "", calendar)
    for part in (email.subject, email.text, email.html, calendar):
        assert FAMILYS.search(part) is None
    assert "Autism" not in calendar


@to_families
def test_nothing_is_sent_to_an_address_that_is_theirs_no_longer(kind):
    about = letter(kind)
    about.to = "mistyped@example.org"
    with pytest.raises(NotNeeded, match=r"^The address was changed since: this one is no longer theirs\.$"):
        write(about)
    about.to = FAMILY.upper()
    assert write(about).subject == SUBJECTS[kind]


@to_families
def test_family_reads_no_topic(kind):
    email = written(kind)
    assert "Autism" not in email.text + email.html


@every_kind
def test_calendar_entry_fits_what_the_email_says(kind):
    calendar = written(kind).calendar
    if kind not in METHODS:
        assert calendar is None
        return
    assert calendar is not None
    parsed = Calendar.from_ical(calendar.content)
    (event,) = parsed.walk("VEVENT")
    call = Booking.objects.get()
    assert (calendar.method, parsed["method"], event["uid"]) == (METHODS[kind],) * 2 + (f"call-{call.pk}@127.0.0.1",)
    assert (event["dtstart"].dt, event["dtend"].dt) == (call.starts_at, call.ends_at)
    assert (event["dtstart"].dt, event["summary"]) == (CALL_TIME, "Phone call (SEND Guide)")
    assert event["sequence"] == (0 if kind == "booked" else 1)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_sent_about_a_row_that_is_gone(kind):
    row = letter(kind)
    row.about = 0
    with pytest.raises(NotNeeded, match=r" has been deleted\.$"):
        write(row)


@pytest.mark.parametrize("kind", [kind for kind in [*CALLS, *ENTRIES] if not kind.startswith("adviser_")])
def test_nothing_is_sent_to_a_family_whose_details_are_removed(kind):
    row = letter(kind)
    model = Booking if kind in CALLS else WaitingEntry
    model.objects.update(**model.PERSONAL.fields)
    with pytest.raises(NotNeeded, match=r"^The family's details have been removed\.$"):
        write(row)
