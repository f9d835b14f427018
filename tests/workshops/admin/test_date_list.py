from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from tests.workshops.admin.conftest import NOW
from workshops.models import WorkshopDate

pytestmark = pytest.mark.django_db
LIST = "/admin/workshops/workshopdate/"
START = datetime(2026, 12, 10, 19, tzinfo=UTC)


def listed(client, query=""):
    return list(client.get(LIST + query).context["cl"].result_list)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.sign_up(status="waiting")
    with django_assert_num_queries(8):
        organiser.get(LIST)


def test_list_shows_how_full_the_dates_are(organiser):
    date = factories.workshop_date(capacity=3, is_example=True)
    factories.sign_up(date=date)
    for _ in range(2):
        factories.sign_up(date=date, status="waiting")
    page = organiser.get(LIST).content.decode()
    assert '<td class="field-start">Thursday 10 December 2026, 7pm</td>' in page
    assert '<td class="field-status_in_words">open, made-up example</td>' in page
    assert '<td class="field-taken_in_words">1 of 3 taken</td>' in page
    assert '<td class="field-waiting_number">2</td><td class="field-free">2</td>' in page
    assert f'href="/admin/workshops/workshopdate/{date.pk}/people/"' in page


def test_list_says_which_dates_start_soon_without_a_link(organiser):
    soon = factories.workshop_date(starts_at=NOW + timedelta(days=3), joining_link="")
    factories.workshop_date(starts_at=NOW + timedelta(days=3))
    page = organiser.get(LIST).content.decode()
    cell = '<td class="field-status_in_words">open. <strong>No link to join yet</strong></td>'
    assert page.count(cell) == 1
    assert [date for date in listed(organiser) if not date.joining_link] == [soon]


def test_waiting_people_are_counted_for_the_page_of_the_list_only():
    """Grouped, all dates of all years would be counted before the list takes its page of 50."""
    for waiting in (0, 2):
        date = factories.workshop_date(starts_at=START + timedelta(days=waiting))
        for status in ("placed", "given back", *["waiting"] * waiting):
            factories.sign_up(date=date, status=status)
    dates = WorkshopDate.objects.with_waiting()
    assert [date.waiting for date in dates] == [0, 2]
    assert dates.query.group_by is None


def test_list_begins_with_what_is_to_come(organiser):
    old, older = (factories.workshop_date(starts_at=START - timedelta(days=days)) for days in (20, 30))
    later = factories.workshop_date(starts_at=START + timedelta(days=1), status="draft")
    next_one = factories.workshop_date(leader="Sam")
    assert listed(organiser) == [next_one, later]
    assert listed(organiser, "?when=past") == [older, old]
    assert listed(organiser, "?when=all") == [older, old, next_one, later]
    assert listed(organiser, "?status__exact=draft") == [later]
    assert listed(organiser, f"?workshop__id__exact={later.workshop_id}") == [later]
    assert listed(organiser, "?q=sam") == [next_one]
    assert listed(organiser, "?starts_at__year=2026&starts_at__month=12&starts_at__day=11") == [later]


@pytest.mark.parametrize("lookup", ["leader__regex", "workshop__title__iregex"])
def test_pattern_in_the_address_of_the_list_is_refused(organiser, lookup):
    assert organiser.get(LIST, {lookup: "("}).status_code == 400


@pytest.mark.parametrize("lookup", ["starts_at__year", "updated_at__year__gte", "starts_at__day"])
def test_time_in_the_address_of_the_list_that_no_calendar_has_is_refused(organiser, lookup):
    assert organiser.get(LIST, {"starts_at__year": 2026, "starts_at__month": 12, lookup: "9" * 23}).status_code == 400
