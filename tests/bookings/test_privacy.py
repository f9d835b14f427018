"""What we know of a family is there as long as it is needed, and then gone from everywhere; numbers stay."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from bookings.actions.waiting import end_long_waits
from bookings.models import Booking, WaitingEntry
from sendguide.jobs import forget
from sendguide.outbox.models import QueuedEmail
from sendguide.privacy.purge import purge
from tests import factories
from tests.bookings.story import BEGINS, CANARY, DAY, MOVED_TO, lived_through
from tests.privacy.canary import places_of

# The second call, which was cancelled, would have been a day later than the first.
ENDS = MOVED_TO + timedelta(minutes=15)
FIRST_OVER, ALL_OVER = ENDS + 90 * DAY, ENDS + 91 * DAY
SECOND = timedelta(seconds=1)
# Five letters long: there is no room for a canary in it.
TOO_SHORT = {"phone_prefix"}
BLANK = tuple(Booking.PERSONAL.fields.values())


@pytest.fixture
def story(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[Booking]:
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "sendguide.outbox.folder.EmailBackend"
    return lived_through()


def files(folder: Path) -> list[str]:
    return [path.name for path in (folder / "mail").iterdir() if CANARY.encode() in path.read_bytes()]


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


def said(lines: list[str]) -> list[str]:
    """Without what did not occur."""
    return [line for line in lines if not line.startswith("0 ")]


def columns(table: str) -> set[str]:
    return {name for found, _, name in (place.partition(".") for place in places_of(CANARY)) if found == table}


@pytest.mark.usefixtures("story")
def test_story_leaves_the_family_in_every_personal_field(tmp_path):
    """Otherwise the tests below would pass for want of a family."""
    assert columns("bookings_booking") == set(Booking.PERSONAL.fields) - TOO_SHORT
    assert columns("bookings_waitingentry") == set(WaitingEntry.PERSONAL.fields)
    assert columns("django_admin_log") == {"change_message"}
    assert {place.partition(".")[0] for place in places_of(CANARY)} == {
        "bookings_booking",
        "bookings_waitingentry",
        "django_admin_log",
        "django_session",
        "outbox_queuedemail",
    }
    assert set(Booking.objects.values_list("phone_prefix", flat=True)) == {"18002"}
    kinds = QueuedEmail.objects.filter(to__startswith=CANARY).values_list("kind", flat=True)
    assert {kind.removeprefix("bookings.") for kind in kinds} == {
        *("waiting", "offer", "booked", "already", "moved", "day_reminder", "hour_reminder", "summary", "cancelled")
    }
    assert len(files(tmp_path)) > 5


@pytest.mark.usefixtures("story")
def test_queue_holds_nothing_of_a_family_but_the_address_and_what_was_sent():
    # The summary is the one text that staff write for the family; it is what they are sent.
    assert columns("outbox_queuedemail") == {"to", "sent_text", "sent_html"}
    sent = QueuedEmail.objects.filter(sent_text__contains=CANARY).values_list("kind", flat=True)
    assert list(sent) == ["bookings.summary"]


@pytest.mark.usefixtures("story")
def test_nothing_of_a_call_is_lost_before_its_time():
    before = everything()
    forget(now=FIRST_OVER - SECOND)
    after = everything()
    for label in ("bookings.Booking", "bookings.WaitingEntry", "bookings.Offer"):
        expected = before[label]
        if label == "bookings.WaitingEntry":
            # They booked before the call took place: their waiting ended sooner, by so much.
            expected = [each | WaitingEntry.PERSONAL.fields for each in expected]
        assert after[label] == expected
    assert columns("django_admin_log") == {"change_message"}


@pytest.mark.usefixtures("story")
def test_each_call_goes_on_its_own_day():
    forget(now=FIRST_OVER)
    assert list(Booking.objects.order_by("pk").values_list("name", "word")) == [("", ""), (CANARY, CANARY)]
    forget(now=ALL_OVER)
    assert list(Booking.objects.values_list(*Booking.PERSONAL.fields)) == [BLANK] * 2


@pytest.mark.usefixtures("story")
def test_family_is_gone_from_everywhere_when_its_time_is_over(tmp_path):
    forget(now=ALL_OVER)
    assert places_of(CANARY) == []
    assert places_of("900777") == []
    assert files(tmp_path) == []


def test_wait_is_known_until_ninety_days_after_it_ended(db):
    factories.waiting_entry(email=f"{CANARY}@example.org", status="left", ended_at=BEGINS)
    factories.waiting_entry(email=f"{CANARY}2@example.org", created_at=BEGINS - 80 * DAY)
    forget(now=BEGINS + 90 * DAY - SECOND)
    assert WaitingEntry.objects.filter(email="").count() == 0
    forget(now=BEGINS + 90 * DAY)
    # Who waits is still to be written to.
    assert list(WaitingEntry.objects.order_by("pk").values_list("email", flat=True)) == ["", f"{CANARY}2@example.org"]


def test_who_waits_in_vain_is_forgotten_too(db):
    factories.waiting_entry(email=f"{CANARY}@example.org", created_at=BEGINS)
    end_long_waits(now=BEGINS + 90 * DAY)
    forget(now=BEGINS + 180 * DAY)
    assert places_of(CANARY) == []


@pytest.mark.usefixtures("story")
def test_dry_run_says_the_numbers_and_changes_nothing():
    before = everything()
    foretold = forget(now=ALL_OVER, dry_run=True)
    assert everything() == before
    assert [line for line in said(foretold) if "call" in line] == [
        "2 calls: 90 days after the call (CALL_KEPT_DAYS)",
        "2 log entries: about calls that are blank or gone",
        "1 family waiting for a call: 90 days after the waiting ended (CALL_KEPT_DAYS)",
        "1 log entry: about families waiting for a call that are blank or gone",
    ]
    assert forget(now=ALL_OVER) == foretold


@pytest.mark.usefixtures("story")
def test_what_is_gone_is_not_counted_again_and_nothing_changes():
    forget(now=ALL_OVER)
    after = everything()
    assert said(forget(now=ALL_OVER)) == []
    assert everything() == after


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("done", [0, 3, 6])
def test_purge_that_was_killed_is_ended_by_the_next(done, monkeypatch):
    update, updates = QuerySet.update, []

    def killed(self, **values):
        if len(updates) == done:
            raise KeyboardInterrupt
        updates.append(update(self, **values))
        return updates[-1]

    monkeypatch.setattr(QuerySet, "update", killed)
    with pytest.raises(KeyboardInterrupt):
        purge(now=ALL_OVER, batch=1)
    monkeypatch.undo()
    assert (updates, bool(places_of(CANARY))) == ([1] * done, True)
    forget(now=ALL_OVER)
    assert places_of(CANARY) == []


def counts() -> list[dict[str, Any]]:
    """As the funder's report counts."""
    by = ("month", "topic", "council", "status", "outcome")
    rows = Booking.objects.annotate(month=TruncMonth("starts_at")).order_by()
    return sorted(rows.values(*by).annotate(number=Count("pk"), tries=Count("tries")), key=str)


def test_numbers_stay_when_the_families_are_gone(db):
    topics, councils = [factories.topic() for _ in range(2)], [factories.council() for _ in range(2)]
    for number, outcome in enumerate([*Booking.Outcome.values, "", ""]):
        factories.booking(
            topic=topics[number % 2],
            council=councils[number // 4],
            outcome=outcome,
            starts_at=_of_month(number % 3),
            is_upcoming=False,
            tries=number,
            summary=CANARY,
        ).guides.add(factories.guide())
    before = counts()
    assert (len(before), sum(each["number"] for each in before)) == (8, 8)
    forget(now=_of_month(3) + 90 * DAY)
    assert list(Booking.objects.values_list(*Booking.PERSONAL.fields)) == [BLANK] * 8
    assert counts() == before


def _of_month(number: int) -> datetime:
    return MOVED_TO.replace(year=2027, month=1 + number)
