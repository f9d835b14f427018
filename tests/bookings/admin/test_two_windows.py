"""Two people with the page of one adviser open: nobody's hours are undone unseen."""

from datetime import date, time, timedelta

import pytest
import time_machine

from bookings.models import Adviser, TimeOff, WeeklyHours
from tests import factories
from tests.bookings.admin.conftest import NOW
from tests.bookings.admin.test_advisers import OFF, WEEKLY, off, row, row_errors
from tests.guides.admin.posting import desk, errors_of, fields_of, save

pytestmark = pytest.mark.django_db
MINE = "/admin/bookings/my-hours/"
TOLD = (
    "Somebody saved this while you had it open (1 December 2026, 9:01am). What you typed is still here. "
    "Open this page in another tab to see their changes. If you save again, yours replace theirs."
)


@pytest.fixture
def adviser(manager):
    return factories.adviser(name="Amira")


@pytest.fixture
def opened(manager, adviser):
    return fields_of(manager.get(desk(adviser)))


def saved_by_another(manager, adviser, **changes):
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        save(manager, adviser, **changes)


def sent(manager, adviser, fields, **changes):
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        return manager.post(desk(adviser), fields | changes)


def test_later_save_is_told_and_keeps_what_was_typed(manager, adviser, opened):
    saved_by_another(manager, adviser, **row(WEEKLY, 0, ends="16:00"))
    response = sent(manager, adviser, opened, **off("24/12/2026"), name="Bea")
    assert errors_of(response) == {"__all__": [TOLD]}
    fields = fields_of(response)
    assert (fields["name"], fields[f"{OFF}-0-first_day"]) == (["Bea"], ["24/12/2026"])
    assert (Adviser.objects.get().name, TimeOff.objects.count()) == ("Amira", 0)
    assert WeeklyHours.objects.get(weekday=0).ends == time(16)
    assert sent(manager, adviser, fields).status_code == 302
    assert (Adviser.objects.get().name, TimeOff.objects.count()) == ("Bea", 1)


def test_who_saves_twice_in_one_window_is_told_nothing(manager, adviser):
    for minute in (1, 2):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=False):
            assert errors_of(save(manager, adviser, name=f"Bea {minute}")) == {}
    assert Adviser.objects.get().name == "Bea 2"


def test_list_of_calls_in_the_way_does_not_hide_what_was_saved_meanwhile(manager, adviser, opened):
    factories.booking(adviser=adviser)
    page = fields_of(manager.post(desk(adviser), opened | off()))
    saved_by_another(manager, adviser, name="Bea")
    assert errors_of(sent(manager, adviser, page)) == {"__all__": [TOLD]}
    assert (Adviser.objects.get().name, TimeOff.objects.count()) == ("Bea", 0)


def test_hours_that_somebody_deleted_meanwhile_are_back_for_who_saves_again(manager, adviser, opened):
    saved_by_another(manager, adviser, **row(WEEKLY, 1, DELETE="on"))
    refused = sent(manager, adviser, opened, **row(WEEKLY, 1, ends="4pm"))
    assert (errors_of(refused), row_errors(refused)) == ({"__all__": [TOLD]}, {})
    assert WeeklyHours.objects.filter(weekday=1).count() == 0
    assert sent(manager, adviser, fields_of(refused)).status_code == 302
    assert WeeklyHours.objects.get(weekday=1).ends == time(16)
    assert WeeklyHours.objects.count() == 5


def test_hours_that_both_deleted_are_gone(manager, adviser, opened):
    saved_by_another(manager, adviser, **row(WEEKLY, 1, DELETE="on"))
    refused = fields_of(sent(manager, adviser, opened, **row(WEEKLY, 1, DELETE="on")))
    assert sent(manager, adviser, refused, **row(WEEKLY, 4, DELETE="on")).status_code == 302
    assert list(WeeklyHours.objects.values_list("weekday", flat=True)) == [0, 2, 3, 4]


def test_advisers_own_page_tells_too(amiras, amira):
    opened = fields_of(amiras.get(MINE))
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        Adviser.objects.get().save()
        response = amiras.post(MINE, opened | off("24/12/2026"))
    assert errors_of(response) == {"__all__": [TOLD]}
    assert TimeOff.objects.count() == 0
    assert fields_of(response)[f"{OFF}-0-first_day"] == ["24/12/2026"]


def test_new_address_of_the_calendar_is_no_such_change(manager, adviser, opened):
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        manager.post(f"/admin/bookings/adviser/{adviser.pk}/new-calendar/")
    assert sent(manager, adviser, opened, **off("24/12/2026")).status_code == 302
    assert TimeOff.objects.get().starts_at.date() == date(2026, 12, 24)


def test_who_may_only_look_has_nothing_to_compare(client):
    adviser = factories.adviser()
    client.force_login(factories.staff("view_adviser"))
    assert "opened_at" not in client.get(desk(adviser)).content.decode()
