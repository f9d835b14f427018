"""The dates to come on the page of their workshop."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.html import escape

from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of, messages_of, save
from tests.workshops.admin.test_date_form import as_saved, moment
from tests.workshops.queued import queued
from workshops.actions import cancel_date
from workshops.forms.dates import CANCELLED, TWO_AT_ONCE
from workshops.models import Workshop, WorkshopDate

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 19, tzinfo=UTC)


def named(number, **changes):
    """Changes to the fields of the date with this number on the page."""
    return {f"dates-{number}-{name}": value for name, value in changes.items()}


def faults_of_dates(response):
    return [dict(form.errors) for form in response.context["inline_admin_formsets"][0].formset.forms]


def test_dates_to_come_are_shown_with_their_counts_and_people(organiser):
    date = factories.workshop_date(capacity=3)
    factories.sign_up(date=date)
    factories.sign_up(date=date, status="waiting")
    factories.workshop_date(workshop=date.workshop, starts_at=START + timedelta(days=1), status="cancelled")
    factories.workshop_date(workshop=date.workshop, starts_at=START - timedelta(days=30))
    response = organiser.get(desk(date.workshop))
    assert [form.instance for form in response.context["inline_admin_formsets"][0].formset.initial_forms] == [date]
    page = response.content.decode()
    assert "1 of 3 taken, 2 free, 1 waiting.<br>If you change the start or the end, 2 people will be e-mailed" in page
    assert f'href="/admin/workshops/workshopdate/{date.pk}/people/"' in page
    assert f"?when=all&amp;workshop__id__exact={date.workshop_id}" in page


def test_next_twenty_dates_are_shown_and_the_others_stand_in_their_list(organiser):
    workshop = factories.workshop()
    made = [factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=n)) for n in range(23)]
    made[1].status = "cancelled"
    made[1].save()
    factories.workshop_date(starts_at=START)
    response = organiser.get(desk(workshop))
    formset = response.context["inline_admin_formsets"][0].formset
    assert [form.instance for form in formset.initial_forms] == [made[0], *made[2:21]]
    assert len(fields_of(response)) < 400
    address = f"/admin/workshops/workshopdate/?workshop__id__exact={workshop.pk}&status__in=draft%2Copen"
    page = response.content.decode()
    assert f'<a href="{escape(address)}">All 22 dates to come</a>' in page
    assert list(organiser.get(address).context["cl"].result_list) == [made[0], *made[2:]]


def test_twenty_dates_are_all_there_is_to_show(organiser):
    workshop = factories.workshop()
    for days in range(20):
        factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=days))
    response = organiser.get(desk(workshop))
    assert len(response.context["inline_admin_formsets"][0].formset.initial_forms) == 20
    assert "dates to come</a>" not in response.content.decode()


def test_shown_dates_and_new_ones_are_saved_where_there_are_more(organiser):
    workshop = factories.workshop()
    made = [factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=n)) for n in range(22)]
    new = new_dates(20, [START + timedelta(days=100)])
    save(organiser, workshop, title="New", **new, **named(19, leader="Sam"))
    assert Workshop.objects.get().title == "New"
    assert as_saved(made[19]).leader == "Sam"
    assert [date.leader for date in workshop.dates.exclude(leader="")] == ["Sam"]
    assert workshop.dates.count() == 23


def test_made_up_number_of_a_date_is_refused(organiser):
    date = factories.workshop_date()
    for number in ("x", "9" * 23):
        response = save(organiser, date.workshop, title="New", **named(0, id=number))
        assert response.status_code == 200
        assert len(faults_of_dates(response)[0]["id"]) == 1
    assert Workshop.objects.get(pk=date.workshop_id).title == date.workshop.title


def test_date_is_changed_through_the_actions(organiser):
    date, later = factories.workshop_date(capacity=1), START + timedelta(days=1)
    factories.sign_up(date=date, email="a@example.org")
    factories.sign_up(date=date, email="w@example.org", status="waiting")
    moved = named(0, **moment("starts_at", later), **moment("ends_at", later + timedelta(hours=1)))
    response = save(organiser, date.workshop, **moved, **named(0, capacity="2"), _sure="")
    assert messages_of(response)[:2] == [
        f"2 e-mails about the change will be sent: {date.workshop.title}, 11 December 2026, 7pm.",
        "1 person got a place from the waiting list and will be e-mailed: "
        f"{date.workshop.title}, 11 December 2026, 7pm.",
    ]
    saved = as_saved(date)
    assert (saved.starts_at, saved.capacity, saved.taken, saved.sequence) == (later, 2, 2, 1)
    assert queued() == [
        ("date_changed", "a@example.org"),
        ("date_changed", "w@example.org"),
        ("promoted", "w@example.org"),
    ]


def test_date_that_was_left_alone_is_left_alone(organiser):
    date = factories.workshop_date()
    factories.sign_up(date=date)
    before = as_saved(date)
    save(organiser, date.workshop, title="New")
    assert Workshop.objects.get().title == "New"
    assert (as_saved(date).updated_at, queued()) == (before.updated_at, [])


def test_refusal_stands_at_the_field_and_saves_nothing(organiser):
    date = factories.workshop_date()
    factories.sign_up(date=date)
    factories.sign_up(date=date)
    response = save(organiser, date.workshop, title="New", **named(0, capacity="1"))
    assert faults_of_dates(response) == [
        {"capacity": ["2 places are taken: the number cannot be lower than that."]},
    ]
    assert Workshop.objects.get().title == date.workshop.title


def new_dates(number, starts):
    """What the script of the admin adds for more dates."""
    found = {"dates-TOTAL_FORMS": str(number + len(starts))}
    for index, start in enumerate(starts, number):
        times = moment("starts_at", start) | moment("ends_at", start + timedelta(hours=1))
        found |= named(index, **times, capacity="5", status="draft")
    return found


def test_dates_are_added_to_a_new_and_to_an_old_workshop(organiser):
    values = {"title": "Masking", "slug": "masking", "topic": factories.topic().pk, "summary": "S."}
    save(organiser, Workshop, **values, **new_dates(0, [START]))
    workshop = Workshop.objects.get()
    save(organiser, workshop, **new_dates(1, [START + timedelta(days=7)]))
    assert [date.starts_at for date in workshop.dates.all()] == [START, START + timedelta(days=7)]


def test_two_new_dates_at_one_time_are_refused(organiser):
    response = save(organiser, factories.workshop(), **new_dates(0, [START, START]))
    assert list(response.context["errors"]) == [TWO_AT_ONCE, [TWO_AT_ONCE]]
    assert WorkshopDate.objects.count() == 0


def test_date_that_was_cancelled_while_the_page_was_open_stays_cancelled(organiser):
    date = factories.workshop_date()
    opened = fields_of(organiser.get(desk(date.workshop)))
    cancel_date(date=date, because="Ill.", now=START - timedelta(days=1))
    response = organiser.post(desk(date.workshop), opened | named(0, leader="Sam"))
    assert faults_of_dates(response) == [{"__all__": [CANCELLED]}]
    assert (as_saved(date).status, as_saved(date).leader) == ("cancelled", "")


def test_who_may_only_look_at_dates_changes_none(client, before_the_workshop):
    date = factories.workshop_date()
    client.force_login(factories.staff("change_workshop", "view_workshop", "view_workshopdate"))
    opened = fields_of(client.get(desk(date.workshop)))
    assert [name for name in opened if name.startswith("dates-0")] == ["dates-0-id", "dates-0-workshop"]
    response = client.post(desk(date.workshop), opened | {"title": "New"} | named(0, capacity="99"), follow=True)
    assert errors_of(response) == {}
    assert (Workshop.objects.get().title, as_saved(date).capacity) == ("New", 10)
