"""Duplicating a date."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.guides.admin.posting import fields_of, messages_of
from tests.workshops.admin.test_acts import START, address, do, faults_of
from workshops.models import WorkshopDate

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def starts():
    return list(WorkshopDate.objects.order_by("pk").values_list("starts_at", "status"))


def test_one_copy_is_a_draft_a_week_later(organiser):
    date = factories.workshop_date()
    response = do(organiser, date, "copies")
    assert starts() == [(START, "open"), (START + WEEK, "draft")]
    assert messages_of(response)[:1] == ["Made as drafts, which only staff see: Thursday 17 December 2026, 7pm"]


def test_weekly_copies_pass_over_a_week_that_has_the_workshop_already(organiser):
    date = factories.workshop_date()
    factories.workshop_date(workshop=date.workshop, starts_at=START + 2 * WEEK)
    do(organiser, date, "copies", first_day="17/12/2026", number="3")
    assert [start for start, status in starts() if status == "draft"] == [START + n * WEEK for n in (1, 3, 4)]


def test_second_press_of_the_button_makes_no_copies_and_says_so(organiser):
    date = factories.workshop_date()
    sent = fields_of(organiser.get(address(date, "copies"))) | {"number": "3"}
    organiser.post(address(date, "copies"), sent)
    response = organiser.post(address(date, "copies"), sent)
    assert faults_of(response) == {
        "first_day": [
            "No copies were made: this workshop has a date at this time already (17 December 2026, 7pm). If you "
            "pressed the button twice, the first press made them: look at the list of dates."
        ]
    }
    assert WorkshopDate.objects.count() == 4


def test_copies_are_checked_after_the_date_is_locked(organiser):
    """So that the second of two presses at once waits for the first, and then sees what it made."""
    date = factories.workshop_date()
    sent = fields_of(organiser.get(address(date, "copies")))
    with CaptureQueriesContext(connection) as queries:
        organiser.post(address(date, "copies"), sent)
    statements = [query["sql"] for query in queries if "workshops_workshopdate" in query["sql"]]
    first_writing = next(number for number, sql in enumerate(statements) if sql.startswith("UPDATE"))
    asked = [number for number, sql in enumerate(statements) if '"starts_at" = ' in sql and sql.startswith("SELECT")]
    assert first_writing < min(asked)


def test_first_week_without_the_workshop_is_offered(organiser):
    date = factories.workshop_date()
    factories.workshop_date(workshop=date.workshop, starts_at=START + WEEK, status="draft")
    assert organiser.get(address(date, "copies")).context["form"].initial["first_day"] == (START + 2 * WEEK).date()
    do(organiser, date, "copies")
    assert starts()[-1] == (START + 2 * WEEK, "draft")


def test_copies_begin_without_a_link_and_the_page_says_so(organiser):
    date = factories.workshop_date(joining_link="https://meet.example/room")
    assert "Copies begin without a link to join" in organiser.get(address(date, "copies")).content.decode()
    response = do(organiser, date, "copies")
    assert WorkshopDate.objects.last().joining_link == ""
    assert messages_of(response)[1:] == [
        "They have no link to join yet. Give each its own: with one for all, people of one date could enter another."
    ]


def test_copy_of_an_old_date_is_offered_for_the_next_same_weekday(organiser):
    date = factories.workshop_date(starts_at=datetime(2026, 10, 1, 18, tzinfo=UTC))
    do(organiser, date, "copies")
    assert starts()[1] == (datetime(2026, 12, 3, 19, tzinfo=UTC), "draft")


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"first_day": "01/12/2026"}, {"first_day": ["Choose a day that is still to come."]}),
        ({"first_day": "31/12/9999"}, {"first_day": ["Choose a day in the next two years."]}),
        ({"first_day": "soon"}, {"first_day": ["Enter a date such as 01/12/2026."]}),
        ({"number": "27"}, {"number": ["Enter 26 or less."]}),
    ],
)
def test_copies_that_make_no_sense_are_refused(organiser, typed, faults):
    date = factories.workshop_date()
    assert faults_of(do(organiser, date, "copies", **typed)) == faults
    assert WorkshopDate.objects.count() == 1
