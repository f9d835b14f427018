"""What we know of people is gone when its time is over, from everywhere."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from sendguide.jobs import forget
from sendguide.outbox.sending import send_round
from sendguide.privacy.purge import purge
from tests import factories
from tests.privacy.canary import places_of
from workshops.actions import Applicant, give_back, queue_message, sign_up
from workshops.models import SignUp

START = datetime(2026, 12, 10, 19, tzinfo=UTC)
CANARY = "Canary7"


@pytest.fixture
def somebody(transactional_db: None) -> SignUp:
    """With the canary in every field that a person fills in, and e-mails that were sent and are still to be sent."""
    date = factories.workshop_date(starts_at=START)
    applicant = Applicant(
        name=CANARY,
        email=f"{CANARY}@example.org",
        council=factories.council(),
        access_needs=f"A chair for {CANARY}",
        submission_id=uuid4(),
    )
    with time_machine.travel(START - timedelta(days=3)) as clock:
        made = sign_up(date_id=date.pk, applicant=applicant, now=START - timedelta(days=3)).sign_up
        queue_message(date=date, subject=f"For {CANARY}", text=f"Dear {CANARY}", message_id=uuid4())
        while send_round():
            pass
        clock.move_to(START - timedelta(days=2))
        give_back(sign_up=made, now=START - timedelta(days=2))
    return made


def test_person_is_known_until_then(somebody):
    """Otherwise the test below would pass for want of anybody."""
    assert {place.partition(".")[0] for place in places_of(CANARY)} == {"outbox_queuedemail", "workshops_signup"}
    columns = {place.partition(".")[2] for place in places_of(CANARY)}
    assert {"name", "email", "email_key", "access_needs", "to", "details", "sent_text", "sent_html"} <= columns


def test_person_is_gone_when_the_time_is_over(somebody):
    with time_machine.travel(START + timedelta(days=32)):
        while send_round():
            pass
        purge(now=START + timedelta(days=32))
        # An e-mail that was never sent is given up when it is written: it is over thirty days later.
        purge(now=START + timedelta(days=64))
    assert places_of(CANARY) == []
    kept = SignUp.objects.get()
    assert (kept.status, kept.date, kept.council is None) == ("given back", somebody.date, False)


def test_person_is_gone_even_if_the_mail_server_never_came_back(somebody):
    forget(now=START + timedelta(days=64))
    assert places_of(CANARY) == []


def test_two_people_of_one_date_can_both_be_forgotten(somebody):
    factories.sign_up(date=somebody.date)
    factories.sign_up(date=somebody.date)
    purge(now=START + timedelta(days=64))
    assert list(SignUp.objects.values_list("name", "email", "email_key")) == [("", "", "")] * 3
