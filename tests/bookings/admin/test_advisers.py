"""Advisers and their hours, for those who manage them."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from bookings.actions import offer_free_times
from bookings.actions.cells import lock_advisers
from bookings.availability import Wanted, free_times
from bookings.models import Adviser, ExtraHours, Offer, TimeOff, WeeklyHours
from bookings.next_call import next_free_call
from tests import factories
from tests.bookings.admin.conftest import NOW
from tests.bookings.queued import queued
from tests.factories import CALL_TIME
from tests.guides.admin.posting import desk, errors_of, fields_of, messages_of, save

pytestmark = pytest.mark.django_db
WEEKLY, EXTRA, OFF = "weekly_hours", "extra_hours", "time_off"
TOO_LATE = "This is more than 5 years ahead. Please look at the year."
TOO_EARLY = "This is more than a year ago. Please look at the year."


def row(kind, number, **values):
    """Fields of one row of hours, as they are typed."""
    return {f"{kind}-{number}-{name}": value for name, value in values.items()}


def row_errors(response):
    """Of all rows of hours, by field."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return {
        f"{form.prefix}-{name}": list(errors)
        for formset in formsets
        for form in formset.forms
        for name, errors in form.errors.items()
    }


def press(client, page, button, **more):
    """Send the form on ``page`` back as it is."""
    return client.post(page.request["PATH_INFO"], fields_of(page) | {button: "1"} | more, follow=True)


def off(first_day="02/12/2026", **more):
    return row(OFF, 0, first_day=first_day, **more)


def test_adviser_is_added_with_hours(manager):
    topic, account = factories.topic(), factories.staff(username="amira")
    response = save(
        manager,
        Adviser,
        name="Amira",
        email="amira@staff.example",
        nation="Scotland",
        nations=["Scotland", "England"],
        topics=[topic.pk],
        user=account.pk,
        **row(WEEKLY, 0, weekday="1", starts="9am", ends="12.30pm"),
        **row(EXTRA, 0, day="12/12/2026", starts="10:00", ends="11:00"),
        **row(OFF, 0, first_day="24/12/2026", last_day="04/01/2027"),
    )
    assert response.redirect_chain == [("/admin/bookings/adviser/", 302)]
    made = Adviser.objects.get()
    assert (made.name, made.nation, made.nations, made.user) == ("Amira", "Scotland", ["England", "Scotland"], account)
    assert list(made.topics.all()) == [topic]
    assert list(WeeklyHours.objects.values_list("weekday", "starts", "ends", "from_day", "until_day")) == [
        (1, time(9), time(12, 30), date(2026, 12, 1), None)
    ]
    assert list(ExtraHours.objects.values_list("day", "starts", "ends")) == [(date(2026, 12, 12), time(10), time(11))]
    assert list(TimeOff.objects.values_list("starts_at", "ends_at")) == [
        (datetime(2026, 12, 24, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (row(WEEKLY, 0, weekday="", starts="9am", ends="5pm"), {"weekday": "Choose a day of the week."}),
        (row(WEEKLY, 0, weekday="0", starts="", ends="5pm"), {"starts": "Enter a time such as 9:30am or 14:00."}),
        (row(WEEKLY, 0, weekday="0", starts="nine", ends="5pm"), {"starts": "Enter a time such as 9:30am or 14:00."}),
        (row(WEEKLY, 0, weekday="0", starts="4:55", ends="5pm"), {"starts": "Choose 5am or later."}),
        (
            row(WEEKLY, 0, weekday="0", starts="9:03", ends="5pm"),
            {"starts": "Choose whole five minutes, such as 9:05am or 9:10am."},
        ),
        (row(WEEKLY, 0, weekday="0", starts="9am", ends="8am"), {"ends": "Choose a time after the start."}),
        (
            row(WEEKLY, 0, weekday="0", starts="9am", ends="9:10am"),
            {"ends": "A call takes 15 minutes. Choose a later time."},
        ),
        (
            row(WEEKLY, 0, weekday="0", starts="9am", ends="5pm", from_day="soon"),
            {"from_day": "Enter a date such as 01/12/2026."},
        ),
        (
            row(WEEKLY, 0, weekday="0", starts="9am", ends="5pm", from_day="2/1/2027", until_day="1/1/2027"),
            {"until_day": "Choose a day that is not before the first one."},
        ),
        (
            row(EXTRA, 0, day="30/11/2026", starts="9am", ends="5pm"),
            {"day": "This day has passed. Choose a later one."},
        ),
        (row(OFF, 0, from_time="9am"), {"first_day": "Enter a date such as 01/12/2026."}),
        (
            row(OFF, 0, first_day="2/12/2026", last_day="1/12/2026"),
            {"last_day": "Choose a day that is not before the first one."},
        ),
        (
            row(OFF, 0, first_day="2/12/2026", from_time="3pm", until_time="2pm"),
            {"until_time": "Choose a time after the start."},
        ),
        (row(OFF, 0, first_day="2/12/2026", last_day="31/12/9999"), {"last_day": TOO_LATE}),
        (row(OFF, 0, first_day="1/1/0001", last_day="2/12/2026"), {"first_day": TOO_EARLY}),
        (row(OFF, 0, first_day="29/11/2025", last_day="2/12/2026"), {"first_day": TOO_EARLY}),
        (row(EXTRA, 0, day="31/12/9999", starts="9am", ends="5pm"), {"day": TOO_LATE}),
        (row(WEEKLY, 0, weekday="0", starts="9am", ends="5pm", from_day="6/12/2031"), {"from_day": TOO_LATE}),
        (row(WEEKLY, 0, weekday="0", starts="9am", ends="5pm", until_day="31/12/9999"), {"until_day": TOO_LATE}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(manager, typed, sentence):
    adviser = factories.adviser(weekdays=())
    response = save(manager, adviser, **typed)
    prefix = next(iter(typed)).rpartition("-")[0]
    assert row_errors(response) == {f"{prefix}-{name}": [text] for name, text in sentence.items()}
    assert {name: fields_of(response)[name] for name in typed if "weekday" not in name} == {
        name: text if isinstance(fields_of(response)[name], str) else [text]
        for name, text in typed.items()
        if "weekday" not in name
    }
    assert (WeeklyHours.objects.count(), ExtraHours.objects.count(), TimeOff.objects.count()) == (0, 0, 0)


def test_account_belongs_to_one_adviser(manager, amira):
    other = factories.adviser(name="Ben")
    response = save(manager, other, user=amira.user.pk, name="", nations=[], email="ben")
    assert errors_of(response) == {
        "name": ["Enter the name that parents read: a first name is enough."],
        "email": ["Enter an e-mail address such as name@example.org"],
        "nations": ["Tick at least one nation."],
        "user": ["This account belongs to another adviser."],
    }


def test_only_what_is_not_over_is_shown_and_nothing_else_is_lost(manager):
    adviser = factories.adviser(weekdays=())
    hours = {"starts": time(9), "ends": time(10)}
    WeeklyHours.objects.create(
        adviser=adviser, weekday=0, from_day=date(2026, 1, 1), until_day=date(2026, 11, 30), **hours
    )
    ExtraHours.objects.create(adviser=adviser, day=date(2026, 11, 30), **hours)
    TimeOff.objects.create(
        adviser=adviser, starts_at=CALL_TIME - timedelta(days=9), ends_at=CALL_TIME - timedelta(days=8)
    )
    page = fields_of(manager.get(desk(adviser)))
    assert [page[f"{kind}-INITIAL_FORMS"] for kind in (WEEKLY, EXTRA, OFF)] == [["0"], ["0"], ["0"]]
    save(manager, adviser, name="Ben")
    assert Adviser.objects.get().name == "Ben"
    assert (WeeklyHours.objects.count(), ExtraHours.objects.count(), TimeOff.objects.count()) == (1, 1, 1)


def test_time_off_is_shown_as_it_was_typed_and_saved_unchanged(manager):
    adviser = factories.adviser()
    save(manager, adviser, **off(from_time="2pm", last_day="04/12/2026", until_time="3pm"))
    saved = TimeOff.objects.values_list("starts_at", "ends_at").get()
    assert saved == (datetime(2026, 12, 2, 14, tzinfo=UTC), datetime(2026, 12, 4, 15, tzinfo=UTC))
    page = fields_of(manager.get(desk(adviser)))
    assert [page[f"{OFF}-0-{name}"] for name in ("first_day", "from_time", "last_day", "until_time")] == [
        ["02/12/2026"],
        ["14:00"],
        ["04/12/2026"],
        ["15:00"],
    ]
    save(manager, adviser)
    assert TimeOff.objects.values_list("starts_at", "ends_at").get() == saved


def test_days_of_long_ago_may_stay_as_they_are(manager):
    adviser = factories.adviser(weekdays=())
    hours = {"starts": time(9), "ends": time(10)}
    WeeklyHours.objects.create(adviser=adviser, weekday=0, from_day=date(2020, 1, 1), **hours)
    TimeOff.objects.create(adviser=adviser, starts_at=datetime(2020, 1, 1, tzinfo=UTC), ends_at=CALL_TIME)
    save(manager, adviser, **row(OFF, 0, last_day="06/12/2026"), **row(WEEKLY, 0, ends="11am"))
    assert TimeOff.objects.get().ends_at == datetime(2026, 12, 6, 10, tzinfo=UTC)
    assert WeeklyHours.objects.get().ends == time(11)


def test_new_hours_are_offered_to_those_who_wait_at_once(manager):
    adviser = factories.adviser(weekdays=())
    factories.waiting_entry(email="ann@example.org")
    response = save(manager, adviser, **row(WEEKLY, 0, weekday="3", starts="9am", ends="10am"))
    assert "1 family from the waiting list will be e-mailed an offer of a time." in messages_of(response)
    assert Offer.objects.get().starts_at == datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert queued() == [("offer", "ann@example.org")]


@pytest.mark.parametrize("is_new", [True, False])
def test_new_hours_are_offered_in_the_transaction_that_saves_them(manager, is_new, monkeypatch):
    """So that nobody sees them before: what is left for after it finds nothing more to offer."""
    made = []
    monkeypatch.setattr("bookings.admin.advisers.offer_free_times", partial(_counting, made))
    factories.waiting_entry(), factories.waiting_entry()
    hours = row(WEEKLY, 0, weekday="3", starts="9am", ends="9:40am", until_day="03/12/2026")
    save(manager, Adviser if is_new else factories.adviser(weekdays=()), name="Amira", nations=["England"], **hours)
    assert made == [("Amira", 2), (None, 0)]
    assert list(Offer.objects.order_by("pk").values_list("starts_at", flat=True)) == [
        datetime(2026, 12, 3, 9, tzinfo=UTC),
        datetime(2026, 12, 3, 9, 20, tzinfo=UTC),
    ]
    assert not free_times(Wanted(), NOW)


def test_save_makes_few_offers_and_leaves_the_others_to_the_worker(manager, monkeypatch):
    monkeypatch.setattr("bookings.admin.advisers.MOST_OFFERS", 2)
    for _ in range(6):
        factories.waiting_entry()
    factories.adviser()
    save(manager, factories.adviser(), name="Amira")
    assert Offer.objects.count() == 4
    assert offer_free_times(now=NOW) == 2


def _counting(made, *, now, adviser=None, most=None):
    number = offer_free_times(now=now, adviser=adviser, most=most)
    made.append((adviser and adviser.name, number))
    return number


@pytest.mark.django_db(transaction=True)
def test_next_free_call_is_named_anew_once_hours_are_saved(manager):
    adviser = factories.adviser(weekdays=())
    seen = [next_free_call()]
    for typed in (row(WEEKLY, 0, weekday="3", starts="9am", ends="10am"), off("03/12/2026")):
        save(manager, adviser, **typed)
        seen.append(next_free_call())
    manager.post(desk(adviser, "delete"), {"post": "yes"})
    assert [*seen, next_free_call()] == [
        None,
        datetime(2026, 12, 3, 9, tzinfo=UTC),
        datetime(2026, 12, 10, 9, tzinfo=UTC),
        None,
    ]


def test_adviser_with_calls_cannot_be_deleted(manager):
    adviser, unused = factories.booking().adviser, factories.adviser()
    assert manager.get(desk(adviser, "delete")).status_code == 403
    manager.post(desk(unused, "delete"), {"post": "yes"})
    assert list(Adviser.objects.all()) == [adviser]


def test_saving_brings_no_old_calendar_address_back(manager, monkeypatch):
    """Made after the page was asked for, and before the adviser was locked."""
    adviser = factories.adviser()
    page = fields_of(manager.get(desk(adviser)))

    def renewed_first(pk):
        Adviser.objects.update(feed_version=2)
        return lock_advisers(pk)

    monkeypatch.setattr("bookings.forms.hours.lock_advisers", renewed_first)
    assert manager.post(desk(adviser), page).status_code == 302
    assert Adviser.objects.get().feed_version == 2


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions_however_long_it_is(manager, number, django_assert_num_queries):
    for _ in range(number):
        factories.adviser(user=factories.staff())
    with django_assert_num_queries(5):
        assert manager.get(desk(Adviser, "changelist")).status_code == 200
