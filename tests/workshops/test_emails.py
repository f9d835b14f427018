"""Every e-mail about workshops as it would be sent now."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import NotNeeded, kinds, writer_of
from sendguide.outbox.writing import write
from tests import factories
from workshops.actions import change_date
from workshops.links import place_path
from workshops.models import SignUp

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 19, tzinfo=UTC)
LINK = "https://meet.example/secret-room"
# kind → the status of whom it is for, its subject, and whether it holds the joining link
EMAILS = {
    "placed": ("placed", "You have a place: Masking & more", True),
    "promoted": ("placed", "A place is yours now: Masking & more", True),
    "waiting": ("waiting", "You are on the waiting list: Masking & more", False),
    "already": ("placed", "You had signed up before: Masking & more", False),
    "given_back": ("given back", "You gave your place back: Masking & more", False),
    "date_changed": ("placed", "Changed: Masking & more, 10 December 2026, 7pm", True),
    "date_cancelled": ("cancelled", "Cancelled: Masking & more, 10 December 2026, 7pm", False),
    "list_closed": ("lapsed", "No place came free: Masking & more", False),
    "reminder": ("placed", "Soon: Masking & more, 10 December 2026, 7pm", True),
    "message": ("placed", "Bring a pen & paper", False),
}
METHODS = {
    **dict.fromkeys(["placed", "promoted", "date_changed", "reminder"], "REQUEST"),
    **dict.fromkeys(["given_back", "date_cancelled"], "CANCEL"),
}
DETAILS = {
    "subject": "Bring a pen & paper",
    "text": "You need them.\n\n<b>Really</b>",
    "sequence": 0,
    "was": [(START - timedelta(hours=1)).isoformat(), START.isoformat()],
    "is_first_link": False,
    "has_new_link": False,
    "starts_at": START.isoformat(),
}


@pytest.fixture(autouse=True)
def before_the_workshop():
    with time_machine.travel(START - timedelta(days=9), tick=False):
        yield


def person(**fields) -> SignUp:
    workshop = factories.workshop(title="Masking & more", slug="masking")
    date = factories.workshop_date(workshop=workshop, starts_at=START, leader="Sam O'Neil")
    values = {"name": "Ann <b>", "email": "ann@example.org", "placed_at": START - timedelta(days=10)}
    return factories.sign_up(date=date, **values | fields)


def row(kind: str, sign_up: SignUp) -> QueuedEmail:
    return QueuedEmail(kind=f"workshops.{kind}", to=sign_up.email, about=sign_up.pk, details=DETAILS)


def test_all_emails_of_workshops_are_here():
    assert {kind.removeprefix("workshops.") for kind in kinds() if kind.startswith("workshops.")} == set(EMAILS)


@pytest.mark.parametrize("kind", EMAILS)
def test_email_says_when_and_what(kind):
    status, subject, has_link = EMAILS[kind]
    sign_up = person(status=status)
    written = write(row(kind, sign_up))
    assert written.subject == subject
    for text in (written.text, written.html):
        assert "Thursday 10 December 2026" in text
        assert "7pm to 8:30pm (UK time)" in text
        assert (LINK in text) is has_link
    assert written.text.startswith("Hello Ann <b>,")
    assert "led by Sam O'Neil" in written.text
    assert "Ann &lt;b&gt;" in written.html
    assert "<b>Really</b>" not in written.html
    # Who has something can give it up from every e-mail, and nobody else gets a link that looks as if they could.
    assert (place_path(sign_up) in written.text) is (status in {"placed", "waiting"})
    assert (place_path(sign_up) in written.html) is (status in {"placed", "waiting"})


@pytest.mark.parametrize("kind", EMAILS)
def test_nothing_is_sent_to_an_address_that_is_theirs_no_longer(kind):
    about = row(kind, person(status=EMAILS[kind][0], email="ann@example.org"))
    about.to = "anm@example.org"
    with pytest.raises(NotNeeded, match=r"^The address was changed since: this one is no longer theirs\.$"):
        write(about)
    about.to = " Ann@Example.org"
    assert write(about).subject == EMAILS[kind][1]


@pytest.mark.parametrize("kind", EMAILS)
def test_calendar_entry_fits_what_the_email_says(kind):
    sign_up = person(status=EMAILS[kind][0])
    calendar = writer_of(f"workshops.{kind}")(sign_up.pk, DETAILS).calendar
    if kind not in METHODS:
        assert calendar is None
        return
    assert calendar is not None
    assert calendar.method == METHODS[kind]
    parsed = Calendar.from_ical(calendar.content)
    (event,) = parsed.walk("VEVENT")
    assert (parsed["method"], event["uid"]) == (METHODS[kind], f"workshop-place-{sign_up.pk}@127.0.0.1")
    assert (event["dtstart"].dt, event["dtend"].dt) == (START, START + timedelta(minutes=90))
    assert event["summary"] == "Online workshop (SEND Guide)"
    for secret in (LINK, "Masking", "Ann", place_path(sign_up)):
        assert secret.encode() not in calendar.content.replace(b"\r\n ", b"")


def test_taking_out_of_the_calendar_has_a_higher_sequence_than_putting_in():
    sign_up = person()
    put_in = writer_of("workshops.placed")(sign_up.pk, {}).calendar
    SignUp.objects.update(status="given back")
    taken_out = writer_of("workshops.given_back")(sign_up.pk, {}).calendar
    events = [Calendar.from_ical(each.content).walk("VEVENT")[0] for each in (put_in, taken_out)]
    assert [event["sequence"] for event in events] == [0, 1]
    assert [event["uid"] for event in events] == [events[0]["uid"]] * 2
    assert [event["status"] for event in events] == ["CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    ("details", "subject", "sentence"),
    [
        ({}, "Changed: ", "It was Thursday 10 December 2026, 6pm to 7pm. It is now:"),
        ({"has_new_link": True}, "Changed: ", "You keep your place. The link to join is new, too."),
        ({"was": None, "has_new_link": True}, "Changed: ", "There is a new link to join this workshop."),
        (
            {"was": None, "is_first_link": True, "has_new_link": True},
            "Your link to join: ",
            "Here is the link to join your workshop.",
        ),
    ],
)
def test_email_about_a_change_says_what_changed(details, subject, sentence):
    sign_up = person()
    about = row("date_changed", sign_up)
    about.details = DETAILS | details
    written = write(about)
    assert written.subject == f"{subject}Masking & more, 10 December 2026, 7pm"
    assert sentence in written.text
    assert sentence in written.html


@pytest.mark.parametrize(("hours", "is_promised"), [(25, True), (24, False), (3, False)])
def test_reminder_is_promised_to_those_who_get_one(hours, is_promised):
    sign_up = person(placed_at=START - timedelta(hours=hours))
    written = write(row("placed", sign_up))
    for text in (written.text, written.html):
        assert ("We will remind you the day before." in text) is is_promised
        assert ". Please keep this e-mail." in text


def test_example_is_called_one_in_the_email_and_in_the_calendar():
    sign_up = person()
    sign_up.date.is_example = True
    sign_up.date.save()
    written = write(row("placed", sign_up))
    assert "(a made-up example: nothing takes place)" in written.text
    assert "(a made-up example: nothing takes place)" in written.html
    assert written.calendar is not None
    assert b"SUMMARY:Example: Online workshop" in written.calendar.content


def test_waiting_email_says_where_in_the_queue():
    first = person(status="waiting", email="first@example.org")
    second = factories.sign_up(date=first.date, status="waiting")
    assert "You are number 2 on its waiting list" in write(row("waiting", second)).text
    SignUp.objects.filter(pk=first.pk).update(status="left")
    assert "You are number 1 on its waiting list" in write(row("waiting", second)).text


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("placed", "given back"),
        ("promoted", "given back"),
        ("waiting", "placed"),
        ("already", "left"),
        ("given_back", "placed"),
        ("date_changed", "given back"),
        ("list_closed", "placed"),
        ("reminder", "given back"),
        ("message", "given back"),
    ],
)
def test_what_is_no_longer_true_is_not_sent(kind, status):
    sign_up = person(status=status)
    with pytest.raises(NotNeeded, match=r"^The person "):
        writer_of(f"workshops.{kind}")(sign_up.pk, DETAILS)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("reminder", "The date was moved since."),
        ("date_changed", "The date was changed again since: a later e-mail says so."),
    ],
)
def test_email_about_another_time_is_not_sent(kind, reason):
    sign_up = person()
    sign_up.date.starts_at += timedelta(days=7)
    sign_up.date.ends_at += timedelta(days=7)
    change_date(date=sign_up.date, now=START - timedelta(days=1))
    with pytest.raises(NotNeeded) as error:
        writer_of(f"workshops.{kind}")(sign_up.pk, DETAILS)
    assert str(error.value) == reason


def test_message_is_sent_also_afterwards_and_offers_no_place_to_give_back_then():
    sign_up = person()
    row = QueuedEmail(kind="workshops.message", to=sign_up.email, about=sign_up.pk, details=DETAILS)
    before = write(row)
    with time_machine.travel(START + timedelta(days=1)):
        after = write(row)
    assert ["Give your place back" in part for part in (before.text, before.html, after.text, after.html)] == [
        *(True, True),
        *(False, False),
    ]
    assert "You need them." in after.text


@pytest.mark.parametrize("kind", [kind for kind in EMAILS if kind != "message"])
def test_nothing_is_sent_once_it_has_begun(kind):
    sign_up = person(status=EMAILS[kind][0])
    with time_machine.travel(START), pytest.raises(NotNeeded, match=r"^The workshop has begun or is over\.$"):
        writer_of(f"workshops.{kind}")(sign_up.pk, DETAILS)


@pytest.mark.parametrize("kind", EMAILS)
def test_nothing_is_sent_to_who_was_deleted(kind):
    with pytest.raises(NotNeeded, match=r"^The sign-up has been deleted\.$"):
        writer_of(f"workshops.{kind}")(1, DETAILS)
