"""Workshops by month: the page for funders' reports, and its table for Excel."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.bookings.admin.test_reports import rows_of
from tests.workshops.views.posting import text_of

pytestmark = pytest.mark.django_db
PAGE, TABLE = "/admin/workshops/by-month/", "/admin/workshops/by-month.csv"
YEAR = "?from=2026-01&to=2026-12"
COLUMNS = ["Dates held", "Places taken", "Places given back", "Waited, got no place", "Dates cancelled"]
MAY_SEE = ("view_workshopdate", "view_signup")


@pytest.fixture
def dates(before_the_workshop: None) -> None:
    workshop = factories.workshop(title="=Masking", topic=factories.topic(name="Autism"))
    # Half past midnight on 1 July in the UK.
    held = factories.workshop_date(workshop=workshop, starts_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    for status in ("placed", "placed", "given back", "lapsed"):
        factories.sign_up(date=held, status=status, name="Secret Sue", council=factories.council(name="Hull"))
    factories.workshop_date(workshop=workshop, starts_at=held.starts_at + timedelta(days=60), status="cancelled")


def test_addresses_are_as_agreed():
    assert (reverse("admin:workshops_by_month"), reverse("admin:workshops_by_month_table")) == (PAGE, TABLE)


def test_page_has_the_figures_of_the_period(organiser, dates):
    page = organiser.get(PAGE + YEAR)
    html = page.content.decode()
    assert (page.status_code, html.count("<h1>Workshops by month: January 2026 to December 2026</h1>")) == (200, 1)
    months = rows_of(html, "month")
    assert (len(months), months[0], months[7], months[8], months[-1]) == (
        14,
        ["Month", *COLUMNS],
        ["July 2026", "1", "2", "1", "1", "0"],
        ["August 2026", "0", "0", "0", "0", "1"],
        ["Total", "1", "2", "1", "1", "1"],
    )
    assert rows_of(html, "workshop")[1:] == [["=Masking", "1", "2", "1", "1", "1"], ["Total", "1", "2", "1", "1", "1"]]
    assert rows_of(html, "topic")[1] == ["Autism", "1", "2", "1", "1", "1"]
    assert rows_of(html, "council")[0] == ["Council", *COLUMNS[1:4]]
    assert rows_of(html, "council")[-1] == ["Total", "2", "1", "1"]


def test_usual_period_is_twelve_months_and_this_one(organiser):
    page = organiser.get(PAGE)
    assert "<h1>Workshops by month: December 2025 to December 2026</h1>" in page.content.decode()
    assert "By workshop Nothing to count in this period." in text_of(page)


def test_table_opens_in_excel(organiser, dates):
    answer = organiser.get(TABLE + YEAR)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        'attachment; filename="workshops-by-month-2026-01-to-2026-12.csv"',
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (rows[0], rows[1], rows[8]) == (
        ["By", "Name", *COLUMNS],
        ["Whole period", "January 2026 to December 2026", "1", "2", "1", "1", "1"],
        ["Month", "July 2026", "1", "2", "1", "1", "0"],
    )
    assert rows[14:17] == [
        ["Workshop", "'=Masking", "1", "2", "1", "1", "1"],
        ["Topic", "Autism", "1", "2", "1", "1", "1"],
        ["Council", "Hull", "", "1", "0", "0", ""],
    ]
    assert len(rows) == 20


def test_nobody_is_named(organiser, dates):
    for address in (PAGE, TABLE):
        answer = organiser.get(address + YEAR).content.decode()
        assert [secret for secret in ("Secret", "@example.org") if secret in answer] == []


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_wrong_period_is_said_and_what_was_typed_stays(organiser, address):
    page = organiser.get(f"{address}?from=2026-05&to=2026-04")
    html = page.content.decode()
    assert page.status_code == 400
    assert "This is before the first month, May 2026." in html
    assert ('value="2026-05"' in html, 'value="2026-04"' in html, "<table" in html) == (True, True, False)


@pytest.mark.parametrize(
    ("permissions", "status"), [(MAY_SEE, 200), (MAY_SEE[:1], 403), (MAY_SEE[1:], 403), (("see_all_calls",), 403)]
)
@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_only_who_may_see_dates_and_people_sees_it(client, before_the_workshop, address, permissions, status):
    client.force_login(factories.staff(*permissions))
    assert client.get(address).status_code == status


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_strangers_are_asked_to_log_in(client, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(("permissions", "is_linked"), [(MAY_SEE, True), (MAY_SEE[:1], False)])
@pytest.mark.parametrize("place", ["/admin/", "/admin/workshops/workshopdate/"])
def test_start_page_and_list_of_dates_lead_there_whoever_may_see_it(
    client, before_the_workshop, place, permissions, is_linked
):
    client.force_login(factories.staff(*permissions))
    assert (f'href="{PAGE}"' in client.get(place).content.decode()) == is_linked


@pytest.mark.parametrize("number", [1, 50])
def test_number_of_queries_does_not_grow(organiser, django_assert_num_queries, number):
    for each in range(number):
        start = datetime(2026, 1 + each % 11, 1 + each // 11, 9, tzinfo=UTC)
        factories.sign_up(date=factories.workshop_date(starts_at=start), council=factories.council())
    # Two of them for the session and the account.
    with django_assert_num_queries(8):
        organiser.get(PAGE + YEAR)
