"""What staff do to a whole date: cancelling, a message. Looking changes nothing."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.admin.models import LogEntry

from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.guides.admin.posting import fields_of, messages_of
from tests.workshops.queued import queued
from workshops.models import WorkshopDate

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 19, tzinfo=UTC)


def address(date, act):
    return f"/admin/workshops/workshopdate/{date.pk}/{act}/"


def do(client, date, act, **typed):
    """Open the page, fill in the form, press its button."""
    page = client.get(address(date, act))
    return client.post(address(date, act), fields_of(page) | typed, follow=True)


def faults_of(response):
    return dict(response.context["form"].errors)


def date_with_people():
    date = factories.workshop_date(capacity=2)
    for name, status in (("Ann", "placed"), ("Bob", "placed"), ("Cy", "waiting"), ("Di", "given back")):
        factories.sign_up(date=date, name=name, status=status, email=f"{name.lower()}@example.org")
    return date


def test_cancelling_shows_first_whom_it_tells(organiser):
    page = organiser.get(address(date_with_people(), "cancel")).content.decode()
    assert "Who will be e-mailed: 3 people" in page
    assert "2 with a place, 1 waiting." in page
    assert "<li>Ann: has a place</li><li>Bob: has a place</li><li>Cy: on the waiting list</li>" in page
    assert (WorkshopDate.objects.get().status, queued()) == ("open", [])


def test_cancelling_tells_everybody_why(organiser):
    date = date_with_people()
    response = do(organiser, date, "cancel", because="Our speaker is ill.")
    assert messages_of(response) == ["The date is cancelled. 3 people will be e-mailed."]
    date.refresh_from_db()
    assert (date.status, date.cancelled_because, date.taken) == ("cancelled", "Our speaker is ill.", 0)
    assert queued() == [("date_cancelled", f"{name}@example.org") for name in ("ann", "bob", "cy")]
    assert LogEntry.objects.get().change_message == "Cancelled: Our speaker is ill."


def test_cancelling_needs_a_reason(organiser):
    date = date_with_people()
    response = do(organiser, date, "cancel", because=" ")
    assert faults_of(response) == {"because": ["Write a sentence: people want to know why."]}
    assert (WorkshopDate.objects.get().status, queued()) == ("open", [])


@pytest.mark.parametrize("act", ["cancel", "message"])
def test_nothing_more_can_be_done_to_a_cancelled_date(organiser, act):
    date = factories.workshop_date(status="cancelled")
    typed = {"because": "Ill.", "subject": "S", "text": "T", "send": "", "message_id": uuid4()}
    page = organiser.post(address(date, act), typed).content.decode()
    assert "This date was cancelled. Everybody has been told." in page
    assert "<textarea" not in page


@pytest.mark.parametrize(("act", "moment"), [("cancel", START), ("message", START + timedelta(days=2))])
def test_nothing_more_can_be_done_when_it_is_over(client, act, moment):
    date = date_with_people()
    typed = {"because": "Ill.", "subject": "S", "text": "T", "send": "", "message_id": uuid4()}
    with time_machine.travel(moment):
        client.force_login(factories.staff(is_superuser=True))
        assert "This date has begun or is over." in client.post(address(date, act), typed).content.decode()
    assert (WorkshopDate.objects.get().status, queued()) == ("open", [])


@time_machine.travel(START + timedelta(days=1))
def test_message_goes_out_on_the_day_after(client):
    client.force_login(factories.staff(is_superuser=True))
    date = date_with_people()
    assert address(date, "message") in client.get(address(date, "people")).content.decode()
    preview = do(client, date, "message", subject="The slides", text="Here they are.")
    assert "the facts of the workshop.\n" in preview.content.decode()
    client.post(address(date, "message"), fields_of(preview) | {"send": "E-mail it"})
    assert queued() == [("message", "ann@example.org"), ("message", "bob@example.org")]


def test_message_is_shown_before_it_is_sent(organiser):
    page = do(organiser, date_with_people(), "message", subject="Bring a pen", text="One.\n\n<b>Two</b>")
    words = page.content.decode()
    assert "<strong>Bring a pen</strong>" in words
    assert "<p>One.</p>\n\n<p>&lt;b&gt;Two&lt;/b&gt;</p>" in words
    assert "2 people with a place will get it." in words
    assert queued() == []


def test_message_is_sent_to_everyone_with_a_place_once(organiser):
    date = date_with_people()
    preview = do(organiser, date, "message", subject="Bring\r\na pen", text="One.\n\nTwo.")
    sent = fields_of(preview) | {"send": "E-mail it"}
    responses = [organiser.post(address(date, "message"), sent, follow=True) for _ in range(2)]
    assert [messages_of(response) for response in responses] == [
        ["2 people will be e-mailed your message."],
        ["Nothing was sent: this message had been sent before, or nobody has a place."],
    ]
    assert queued() == [("message", "ann@example.org"), ("message", "bob@example.org")]
    details = QueuedEmail.objects.first().details
    assert (details["subject"], details["text"].splitlines()) == ("Bring a pen", ["One.", "", "Two."])
    assert LogEntry.objects.get().change_message == "Message to 2 people: Bring a pen"


def test_message_can_be_changed_after_the_preview(organiser):
    date = date_with_people()
    preview = do(organiser, date, "message", subject="S", text="One.")
    page = organiser.post(address(date, "message"), fields_of(preview) | {"edit": "Change it"})
    assert (fields_of(page)["text"], queued()) == ("One.", [])


def test_message_needs_a_subject_and_a_text(organiser):
    response = do(organiser, date_with_people(), "message", subject=" ", text="")
    assert faults_of(response) == {
        "subject": ["Give the e-mail a subject."],
        "text": ["Write what you want to say."],
    }


@pytest.mark.parametrize("act", ["people", "copies", "cancel", "message"])
def test_unknown_date_is_not_found(organiser, act):
    assert organiser.get(f"/admin/workshops/workshopdate/999/{act}/").status_code == 404
