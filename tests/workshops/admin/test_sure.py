"""“Are you sure?” before a change of a date is e-mailed to people."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of, messages_of, save
from tests.workshops.admin.test_date_form import as_saved, moment, new_date
from tests.workshops.admin.test_dates_of_a_workshop import named
from tests.workshops.queued import queued
from workshops.admin.sure import NOT_SAVED
from workshops.forms.dates import ENDS_TOO_EARLY
from workshops.models import Workshop, WorkshopDate

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 19, tzinfo=UTC)
LATER = START + timedelta(days=7)
QUESTION = "Nothing is saved yet."


def date_with_people(**fields):
    """Both places are taken."""
    date = factories.workshop_date(capacity=2, **fields)
    for name, status in (("Ann", "placed"), ("Bob", "placed"), ("Cy", "waiting"), ("Di", "given back")):
        factories.sign_up(date=date, name=name, status=status, email=f"{name.lower()}@example.org")
    return date


def asked(response):
    return QUESTION in response.content.decode()


def press(client, page, button):
    """Send everything on ``page`` again by one of its two buttons."""
    return client.post(page.request["PATH_INFO"], fields_of(page) | {button: ""}, follow=True)


def test_moving_people_shows_first_what_will_change_and_whom_it_tells(organiser):
    date = date_with_people()
    page = save(organiser, date, **moment("starts_at", LATER))
    text = page.content.decode()
    assert asked(page)
    for line in (
        "Starts: <strong>Thursday 17 December 2026, 7pm</strong> (was: Thursday 10 December 2026, 7pm)",
        "Ends: <strong>Thursday 17 December 2026, 8:30pm</strong> (was: Thursday 10 December 2026, 8:30pm)",
        "Sign-up ends: <strong>Thursday 17 December 2026, 6pm</strong> (was: Thursday 10 December 2026, 6pm)",
    ):
        assert f"<li>{line}</li>" in text
    assert "Who will be e-mailed: 3 people" in text
    assert "<li>Ann: has a place</li><li>Bob: has a place</li><li>Cy: on the waiting list</li>" in text
    assert 'name="_sure" value="Save and e-mail 3 people"' in text
    assert (as_saved(date).starts_at, queued()) == (START, [])


def test_answer_saves_everything_that_was_typed(organiser):
    date = date_with_people()
    page = save(organiser, date, **moment("starts_at", LATER), leader="Sam & “Ann”", capacity="12")
    assert as_saved(date).leader == ""
    response = press(organiser, page, "_sure")
    saved = as_saved(date)
    assert (saved.starts_at, saved.leader, saved.capacity) == (LATER, "Sam & “Ann”", 12)
    assert messages_of(response)[0].startswith("3 e-mails about the change will be sent")
    assert queued("date_changed") == [("date_changed", f"{name}@example.org") for name in ("ann", "bob", "cy")]


def test_going_back_shows_the_form_with_everything_that_was_typed(organiser):
    date = date_with_people()
    page = save(organiser, date, **moment("starts_at", LATER), leader="Sam")
    response = press(organiser, page, "_go_back")
    assert (messages_of(response), errors_of(response)) == ([NOT_SAVED], {})
    typed = fields_of(response)
    assert (typed["starts_at_0"], typed["leader"]) == (["17/12/2026"], ["Sam"])
    assert ("errornote" in response.content.decode(), as_saved(date).leader, queued()) == (False, "", [])
    assert asked(organiser.post(desk(date), typed))


def test_new_link_concerns_those_with_a_place(organiser):
    date = date_with_people()
    text = save(organiser, date, joining_link="https://meet.example/new").content.decode()
    link = "<strong>https://meet.example/new</strong> (was: https://meet.example/secret-room)"
    assert f"<li>Link to join: {link}</li>" in text
    assert "Who will be e-mailed: 2 people" in text
    first = factories.workshop_date(joining_link="", starts_at=LATER)
    factories.sign_up(date=first)
    text = save(organiser, first, joining_link="https://meet.example/new").content.decode()
    assert "<strong>https://meet.example/new</strong> (was: none)" in text
    assert 'value="Save and e-mail 1 person"' in text


@pytest.mark.parametrize("changes", [{"leader": "Sam"}, {"capacity": "20"}, {"is_example": "on"}])
def test_what_concerns_nobody_is_saved_at_once(organiser, changes):
    date = date_with_people()
    assert not asked(save(organiser, date, **changes))
    assert as_saved(date).updated_at != date.updated_at


def test_date_without_people_is_moved_at_once(organiser):
    date = factories.workshop_date()
    factories.sign_up(date=date, status="given back")
    assert not asked(save(organiser, date, **moment("starts_at", LATER)))
    assert as_saved(date).starts_at == LATER
    assert not asked(save(organiser, WorkshopDate, **new_date()))
    assert WorkshopDate.objects.count() == 2


def test_errors_are_shown_before_the_question(organiser):
    response = save(organiser, date_with_people(), **moment("ends_at", START))
    assert (errors_of(response), asked(response)) == ({"ends_at": [ENDS_TOO_EARLY]}, False)


def test_second_answer_changes_nothing(organiser):
    date = date_with_people()
    page = save(organiser, date, **moment("starts_at", LATER))
    press(organiser, page, "_sure")
    assert "Somebody saved this while you had it open" in press(organiser, page, "_sure").content.decode()
    assert len(queued("date_changed")) == 3


def test_names_are_for_those_who_may_see_people(client, before_the_workshop):
    client.force_login(factories.staff("change_workshopdate", "view_workshopdate"))
    text = save(client, date_with_people(), **moment("starts_at", LATER)).content.decode()
    assert ("Who will be e-mailed: 3 people" in text, "Ann" in text) == (True, False)


def test_page_of_a_workshop_asks_about_all_its_dates(organiser):
    date = date_with_people()
    other = factories.workshop_date(workshop=date.workshop, starts_at=LATER)
    factories.sign_up(date=other, name="Eve", email="eve@example.org")
    moved = named(0, **moment("starts_at", START - timedelta(hours=1)))
    moved |= named(1, **moment("starts_at", LATER - timedelta(hours=1)))
    page = save(organiser, date.workshop, title="New", body="One.\n\n“Two” & <b>three</b>", **moved)
    assert 'value="Save and e-mail 4 people"' in page.content.decode()
    assert f"<h2>{date}</h2>" in page.content.decode()
    assert (Workshop.objects.get().title, messages_of(page), queued()) == (date.workshop.title, [], [])
    back = fields_of(press(organiser, page, "_go_back"))
    assert (back["title"], back["body"].splitlines()[2]) == (["New"], "“Two” & <b>three</b>")
    press(organiser, page, "_sure")
    assert Workshop.objects.get().title == "New"
    assert [each.starts_at.hour for each in (as_saved(date), as_saved(other))] == [18, 18]
    assert len(queued()) == 4
