"""A date on its own page: what is refused, in which words, and what saving does."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of, messages_of, save
from tests.workshops.admin.conftest import NOW
from tests.workshops.queued import queued
from workshops.actions import cancel_date
from workshops.forms import dates
from workshops.models import SignUp, WorkshopDate

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 19, tzinfo=UTC)


def moment(name, moment):
    """What a browser sends for a day and a time."""
    return {f"{name}_0": f"{moment:%d/%m/%Y}", f"{name}_1": f"{moment:%H:%M}"}


def new_date(**changes):
    values = moment("starts_at", START) | moment("ends_at", START + timedelta(hours=1))
    return values | {"workshop": factories.workshop().pk, "capacity": "10", "status": "open"} | changes


def full_date(**fields):
    """Two places, both taken, and somebody who waits."""
    date = factories.workshop_date(capacity=2, **fields)
    for name in ("a", "b"):
        factories.sign_up(date=date, email=f"{name}@example.org")
    factories.sign_up(date=date, email="w@example.org", status="waiting")
    return date


def as_saved(date):
    return WorkshopDate.objects.get(pk=date.pk)


def test_new_date_is_saved_and_sign_up_ends_an_hour_before(organiser):
    response = save(organiser, WorkshopDate, **new_date(leader="Sam", joining_link="meet.example/room"))
    made = WorkshopDate.objects.get()
    assert errors_of(response) == {}
    assert (made.starts_at, made.ends_at) == (START, START + timedelta(hours=1))
    assert made.closes_at == START - timedelta(hours=1)
    assert (made.capacity, made.taken, made.status, made.leader) == (10, 0, "open", "Sam")
    assert (made.joining_link, queued()) == ("https://meet.example/room", [])


def test_times_are_uk_times(organiser):
    summer = datetime(2027, 7, 1, 19)  # noqa: DTZ001 - as typed
    save(organiser, WorkshopDate, **new_date(**moment("starts_at", summer), ends_at_0="01/07/2027", ends_at_1="8.30pm"))
    made = WorkshopDate.objects.get()
    assert made.starts_at == datetime(2027, 7, 1, 18, tzinfo=UTC)
    assert made.ends_at == datetime(2027, 7, 1, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (moment("starts_at", NOW), {"starts_at": [dates.PAST], "ends_at": [dates.ENDS_TOO_LATE]}),
        (
            moment("starts_at", START + timedelta(days=730)) | moment("ends_at", START + timedelta(days=730, hours=1)),
            {"starts_at": [dates.TOO_FAR]},
        ),
        (
            moment("starts_at", NOW + timedelta(days=730)) | moment("ends_at", NOW + timedelta(days=730, hours=1)),
            {},
        ),
        (moment("ends_at", START), {"ends_at": [dates.ENDS_TOO_EARLY]}),
        (moment("ends_at", START + timedelta(days=7)), {"ends_at": [dates.ENDS_TOO_LATE]}),
        (moment("closes_at", START + timedelta(minutes=1)), {"closes_at": [dates.CLOSES_TOO_LATE]}),
        (moment("closes_at", START), {}),
        ({"closes_at_0": "soon"}, {"closes_at": ["Enter a date such as 01/12/2026."]}),
        ({"closes_at_1": "9am"}, {"closes_at": ["Enter a date such as 01/12/2026."]}),
        ({"starts_at_0": ""}, {"starts_at": ["Please fill this in."]}),
        ({"capacity": "0"}, {"capacity": ["Enter 1 or more."]}),
        ({"capacity": "40000"}, {"capacity": ["Enter 1000 or less."]}),
        (
            {"status": "cancelled"},
            {"status": ["Choose from what is offered. “cancelled” is not among it."]},
        ),
    ],
)  # fmt: skip
def test_new_date_that_makes_no_sense_is_refused_at_its_field(organiser, changes, faults):
    assert errors_of(save(organiser, WorkshopDate, **new_date(**changes))) == faults
    assert WorkshopDate.objects.exists() == (not faults)


def test_workshop_has_one_date_at_a_time(organiser):
    first = factories.workshop_date(starts_at=START)
    again = new_date(workshop=first.workshop_id)
    assert errors_of(save(organiser, WorkshopDate, **again)) == {"starts_at": [dates.TWICE]}
    other = factories.workshop_date(workshop=first.workshop, starts_at=START + timedelta(days=1))
    moved = moment("starts_at", START) | moment("ends_at", START + timedelta(hours=1))
    assert errors_of(save(organiser, other, **moved)) == {"starts_at": [dates.TWICE]}


def test_moving_tells_everybody_and_moves_the_end_of_sign_up_along(organiser):
    date, later = full_date(), START + timedelta(days=7)
    assert "11 people" not in (page := organiser.get(desk(date)).content.decode())
    assert "If you change the start or the end, 3 people will be e-mailed; a new link to join goes to 2 people." in page
    ends = moment("ends_at", later + timedelta(hours=1))
    response = save(organiser, date, **moment("starts_at", later), **ends, _sure="")
    words = f"{date.workshop.title}, 17 December 2026, 7pm"
    assert messages_of(response)[0] == f"3 e-mails about the change will be sent: {words}."
    saved = as_saved(date)
    assert (saved.starts_at, saved.closes_at, saved.sequence) == (later, later - timedelta(hours=1), 1)
    assert queued() == [("date_changed", f"{name}@example.org") for name in ("a", "b", "w")]


def test_end_moves_along_with_the_start_and_that_is_said(organiser):
    closes = START - timedelta(days=1)
    date = factories.workshop_date(closes_at=closes, ends_at=START + timedelta(minutes=90))
    response = save(organiser, date, **moment("starts_at", START + timedelta(days=7, hours=-1)))
    saved = as_saved(date)
    assert (saved.ends_at - saved.starts_at, saved.starts_at - saved.closes_at) == (
        timedelta(minutes=90),
        timedelta(days=1),
    )
    assert messages_of(response)[0] == (
        "Moved to Thursday 17 December 2026, 6pm. It ends 17 December 2026, 7:30pm. Sign-up ends 16 December 2026, 6pm."
    )


def test_end_moves_along_over_the_change_of_the_clocks(organiser):
    date = factories.workshop_date(starts_at=datetime(2027, 3, 27, 19, tzinfo=UTC))
    save(organiser, date, starts_at_0="28/03/2027")
    assert as_saved(date).starts_at == datetime(2027, 3, 28, 18, tzinfo=UTC)
    assert as_saved(date).ends_at == datetime(2027, 3, 28, 19, 30, tzinfo=UTC)


def test_end_that_was_changed_stays_as_typed(organiser):
    date, ends = factories.workshop_date(), START + timedelta(days=7, hours=3)
    save(organiser, date, **moment("starts_at", START + timedelta(days=7)), **moment("ends_at", ends))
    assert as_saved(date).ends_at == ends
    response = save(organiser, date, **moment("ends_at", ends - timedelta(days=1)))
    assert errors_of(response) == {"ends_at": [dates.ENDS_TOO_EARLY]}


def test_date_is_not_moved_more_than_two_years_ahead(organiser):
    far = factories.workshop_date(starts_at=START + timedelta(days=800))
    assert errors_of(save(organiser, far, leader="Sam")) == {}
    assert errors_of(save(organiser, far, starts_at_1="11:00")) == {"starts_at": [dates.TOO_FAR]}
    end_of_time = moment("starts_at", datetime(9999, 12, 31, 23, 55))  # noqa: DTZ001 - as typed
    assert errors_of(save(organiser, far, **end_of_time))["starts_at"] == [dates.TOO_FAR]


def test_end_of_sign_up_that_was_changed_stays_as_typed(organiser):
    date, later, closes = factories.workshop_date(), START + timedelta(days=7), START + timedelta(days=3)
    changes = moment("starts_at", later) | moment("ends_at", later + timedelta(hours=1)) | moment("closes_at", closes)
    save(organiser, date, **changes)
    assert as_saved(date).closes_at == closes


def test_e_mails_to_those_who_get_a_place_by_the_move_are_counted(organiser):
    """Its waiting list had been closed: a later start sets it in motion again."""
    date = factories.workshop_date(starts_at=NOW + timedelta(hours=2))
    factories.sign_up(date=date, email="w@example.org", status="waiting")
    response = save(organiser, date, **moment("starts_at", START), _sure="")
    words = f"{date.workshop.title}, 10 December 2026, 7pm"
    assert messages_of(response)[0] == f"{len(queued())} e-mails about the change will be sent: {words}."
    assert ("promoted", "w@example.org") in queued()


@pytest.mark.parametrize(
    ("fields", "warnings"),
    [
        ({"status": "open"}, 1),
        ({"status": "open", "joining_link": "https://meet.example/room"}, 0),
        ({"status": "draft"}, 0),
    ],
)
def test_opening_a_date_without_a_link_to_join_warns(organiser, fields, warnings):
    draft = factories.workshop_date(status="draft", joining_link="", leader="Sam")
    found = messages_of(save(organiser, draft, leader="Ann", **fields))
    warning = f"{draft} is open and has no link to join. Once you add one, it is e-mailed to all who have a place."
    assert found.count(warning) == warnings
    made = messages_of(save(organiser, WorkshopDate, **new_date(**fields)))
    new = WorkshopDate.objects.latest("pk")
    assert made.count(warning.replace(str(draft), str(new))) == warnings


@pytest.mark.parametrize(
    ("later", "is_offered"),
    [
        (timedelta(minutes=-30), [True, True, True]),
        (timedelta(minutes=30), [True, False, False]),
        (timedelta(days=2), [False, False, False]),
    ],
)
def test_what_can_be_done_is_offered_as_long_as_it_can(client, later, is_offered):
    """Also when nobody can sign up any more: then a message or cancelling is most urgent."""
    with time_machine.travel(START + later):
        client.force_login(factories.staff(is_superuser=True))
        page = client.get(desk(full_date())).content.decode()
    assert [words in page for words in ("Message to everyone", "Cancel this date", "will be e-mailed")] == is_offered


def test_what_concerns_nobody_tells_nobody(organiser):
    date = full_date()
    response = save(organiser, date, leader="Sam")
    assert len(messages_of(response)) == 1
    saved = as_saved(date)
    assert (saved.leader, saved.taken, saved.sequence, queued()) == ("Sam", 2, 0, [])


def test_capacity_is_not_lowered_below_the_places_taken(organiser):
    date = full_date()
    response = save(organiser, date, capacity="1", leader="Sam")
    assert errors_of(response) == {"capacity": ["2 places are taken: the number cannot be lower than that."]}
    assert (as_saved(date).capacity, as_saved(date).leader) == (2, "")
    assert 'value="Sam"' in response.content.decode()


def test_more_places_go_to_those_who_wait(organiser):
    date = full_date()
    words = "1 person got a place from the waiting list and will be e-mailed"
    assert messages_of(save(organiser, date, capacity="3"))[0] == f"{words}: {date}."
    assert (as_saved(date).capacity, as_saved(date).taken) == (3, 3)
    assert queued() == [("promoted", "w@example.org")]


def test_date_with_people_is_cancelled_rather_than_hidden(organiser):
    sentence = "3 people would be left with a place or waiting for one. Cancel the date instead: then they are told."
    assert errors_of(save(organiser, full_date(), status="draft")) == {"status": [sentence]}
    nobody = factories.workshop_date()
    save(organiser, nobody, status="draft")
    assert as_saved(nobody).status == "draft"


@time_machine.travel(START + timedelta(days=1))
def test_date_that_is_over_keeps_its_start_and_is_not_opened_again(client):
    client.force_login(factories.staff(is_superuser=True))
    date, draft = factories.workshop_date(), factories.workshop_date(status="draft")
    later = START + timedelta(days=7)
    changes = moment("starts_at", later) | moment("ends_at", later + timedelta(hours=1))
    assert errors_of(save(client, date, **changes)) == {"starts_at": [dates.HAS_BEGUN]}
    assert errors_of(save(client, draft, status="open")) == {"status": [dates.NOT_OPENED]}
    assert errors_of(save(client, date, leader="Sam")) == {}
    assert as_saved(date).leader == "Sam"


def test_start_is_not_moved_into_the_past(organiser):
    date, gone = factories.workshop_date(), datetime(2026, 11, 1, 19, tzinfo=UTC)
    changes = moment("starts_at", gone) | moment("ends_at", gone + timedelta(hours=1))
    assert errors_of(save(organiser, date, **changes)) == {"starts_at": [dates.PAST]}


def test_date_that_was_cancelled_while_it_was_open_stays_cancelled(organiser):
    date = full_date()
    address = desk(WorkshopDate.objects.get())
    opened = fields_of(organiser.get(address))
    cancel_date(date=date, because="Ill.", now=START - timedelta(days=1))
    assert organiser.post(address, opened | {"leader": "Sam"}).status_code == 403
    assert (as_saved(date).status, as_saved(date).leader) == ("cancelled", "")


def test_cancelled_date_can_only_be_looked_at(organiser):
    date = factories.workshop_date(status="cancelled", cancelled_because="Our speaker is ill.")
    page = organiser.get(desk(date)).content.decode()
    assert ('name="_save"' in page, "Our speaker is ill." in page, "opened_at" in page) == (False, True, False)


def test_second_of_two_who_edit_at_once_is_told(organiser):
    date = factories.workshop_date()
    opened = fields_of(organiser.get(desk(date)))
    save(organiser, date, leader="First")
    faults = errors_of(organiser.post(desk(date), opened | {"leader": "Second"}))["__all__"]
    assert (len(faults), "Open it in another tab to see their changes." in faults[0]) == (1, True)
    assert as_saved(date).leader == "First"


def test_who_signs_up_while_the_form_is_open_is_no_change_of_the_date(organiser):
    date = factories.workshop_date()
    opened = fields_of(organiser.get(desk(date)))
    factories.sign_up(date=date)
    assert organiser.post(desk(date), opened | {"leader": "Sam"}).status_code == 302
    assert (as_saved(date).leader, as_saved(date).taken) == ("Sam", 1)


def test_date_stays_one_of_its_workshop(organiser):
    date, other = factories.workshop_date(), factories.workshop()
    save(organiser, date, workshop=other.pk, leader="Sam")
    assert (as_saved(date).workshop_id, as_saved(date).leader) == (date.workshop_id, "Sam")


def test_date_that_somebody_signed_up_for_is_not_deleted(organiser):
    date = factories.workshop_date()
    factories.sign_up(date=date, status="given back")
    assert organiser.post(desk(date, "delete"), {"post": "yes"}).status_code == 403
    assert SignUp.objects.count() == 1
    empty = factories.workshop_date()
    organiser.post(desk(empty, "delete"), {"post": "yes"})
    assert list(WorkshopDate.objects.all()) == [date]
