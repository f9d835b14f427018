"""Calls by month: the page for funders' reports, and its table for Excel."""

import csv
import io
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.urls import reverse

from bookings.models import Adviser
from tests import factories
from tests.bookings.admin.test_reports import rows_of
from tests.workshops.views.posting import text_of

pytestmark = pytest.mark.django_db
PAGE, TABLE = "/admin/bookings/by-month/", "/admin/bookings/by-month.csv"
YEAR = "?from=2026-01&to=2026-12"
COLUMNS = ["Booked", "Reached", "Not reached", "Not written down", "Cancelled"]


@pytest.fixture
def calls(before_the_call: None) -> Adviser:
    adviser = factories.adviser(weekdays=())
    council = factories.council(name="=Hull", nation="England")
    past = {"adviser": adviser, "is_upcoming": False}
    # Half past midnight on 1 July in the UK.
    start = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    factories.booking(starts_at=start, name="Secret Sue", council=council, outcome="helped", **past)
    factories.booking(starts_at=start, status="cancelled", topic=factories.topic(name="Sleep"), **past)
    factories.booking(starts_at=datetime(2025, 12, 31, 12, tzinfo=UTC), outcome="not reached", **past)
    return adviser


def table_of(client, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))


def test_addresses_are_as_agreed():
    assert (reverse("admin:bookings_by_month"), reverse("admin:bookings_by_month_table")) == (PAGE, TABLE)


def test_page_has_the_figures_of_the_period(manager, calls):
    page = manager.get(PAGE + YEAR)
    html = page.content.decode()
    assert (page.status_code, html.count("<h1>Calls by month: January 2026 to December 2026</h1>")) == (200, 1)
    assert "<title> Calls by month: January 2026 to December 2026 |" in " ".join(html.split())
    months = rows_of(html, "month")
    assert (len(months), months[0], months[7], months[-1]) == (
        14,
        ["Month", *COLUMNS],
        ["July 2026", "1", "1", "0", "0", "1"],
        ["Total", "1", "1", "0", "0", "1"],
    )
    assert {tuple(row[1:]) for row in months[1:7] + months[8:13]} == {("0",) * 5}
    assert rows_of(html, "topic")[1:] == [
        ["Sleep", "0", "0", "0", "0", "1"],
        ["No topic chosen", "1", "1", "0", "0", "0"],
        ["Total", "1", "1", "0", "0", "1"],
    ]
    assert rows_of(html, "council")[1] == ["=Hull", "1", "1", "0", "0", "0"]
    assert rows_of(html, "nation")[1] == ["England", "1", "1", "0", "0", "0"]
    assert rows_of(html, "outcome")[1::7] == [["Helped", "1"], ["Total", "1"]]
    assert 'value="2026-01"' in html
    assert 'value="2026-12"' in html


def test_usual_period_is_twelve_months_and_this_one(manager, calls):
    html = manager.get(PAGE).content.decode()
    assert "<h1>Calls by month: December 2025 to December 2026</h1>" in html
    months = rows_of(html, "month")
    assert (months[1], months[-2][0]) == (["December 2025", "1", "0", "1", "0", "0"], "December 2026")


def test_tables_have_captions_and_headings(manager, calls):
    html = manager.get(PAGE + YEAR).content.decode()
    captions = [f"By {name}, January 2026 to December 2026" for name in ("month", "topic", "council", "nation")]
    for caption in [*captions, "Outcomes, January 2026 to December 2026"]:
        assert f'<caption class="visually-hidden">{caption}</caption>' in html
    assert '<th scope="row">July 2026</th>' in html
    assert '<th scope="row">Total</th>' in html
    assert '<th scope="col">Booked</th>' in html


def test_page_of_a_site_without_calls_says_so(manager):
    text = text_of(manager.get(PAGE))
    assert "By council Nothing to count in this period." in text


def test_table_opens_in_excel(manager, calls):
    html = manager.get(PAGE + YEAR).content.decode()
    assert f'href="{TABLE}{YEAR.replace("&", "&amp;")}"' in html
    answer = manager.get(TABLE + YEAR)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        'attachment; filename="calls-by-month-2026-01-to-2026-12.csv"',
    )
    assert "no-store" in answer["Cache-Control"]
    rows = table_of(manager, TABLE + YEAR)
    assert (rows[0], rows[1], rows[8]) == (
        ["By", "Name", *COLUMNS],
        ["Whole period", "January 2026 to December 2026", "1", "1", "0", "0", "1"],
        ["Month", "July 2026", "1", "1", "0", "0", "1"],
    )
    assert rows[14] == ["Topic", "Sleep", "0", "0", "0", "0", "1"]
    # A name that would be a formula is a text.
    assert rows[16] == ["Council", "'=Hull", "1", "1", "0", "0", "0"]
    assert rows[18] == ["Nation", "England", "1", "1", "0", "0", "0"]
    assert rows[23] == ["Outcome", "helped", "1", "", "", "", ""]
    assert len(rows) == 30


def test_nobody_is_named(manager, calls):
    for address in (PAGE, TABLE):
        answer = manager.get(address + YEAR).content.decode()
        assert [secret for secret in ("Secret", "7700", "@example.org") if secret in answer] == []


@pytest.mark.parametrize("address", [PAGE, TABLE])
@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        ("whenever <it> was", "2026-12", "We could not read this as a month."),
        ("2026-05", "2026-04", "This is before the first month, May 2026."),
        ("2021-01", "2026-12", "These are 72 months. We can show 60 at once: choose fewer."),
    ],
)
def test_wrong_period_is_said_and_what_was_typed_stays(manager, calls, address, first, last, problem):
    page = manager.get(f"{address}?from={quote(first)}&to={last}")
    html = page.content.decode()
    assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "Please look at what is marked below. Nothing is counted yet." in html
    assert problem in html
    assert f'value="{first.replace("<", "&lt;").replace(">", "&gt;")}"' in html
    assert f'value="{last}"' in html
    assert ("<table" in html, f'<a href="{PAGE}">Show the last twelve months' in html) == (False, True)


@pytest.mark.parametrize(("permission", "status"), [("see_all_calls", 200), ("view_booking", 403)])
@pytest.mark.parametrize("address", [PAGE, TABLE, f"{PAGE}?from=x"])
def test_only_who_may_see_all_calls_sees_it(client, before_the_call, address, permission, status):
    client.force_login(factories.staff(permission))
    expected = 400 if "from" in address and status == 200 else status
    assert client.get(address).status_code == expected


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_strangers_are_asked_to_log_in(client, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(("permissions", "is_linked"), [(("see_all_calls",), True), ((), False)])
def test_start_page_leads_there_whoever_may_see_it(client, before_the_call, permissions, is_linked):
    client.force_login(factories.staff("view_booking", *permissions))
    assert (f'href="{PAGE}"' in client.get("/admin/").content.decode()) == is_linked


def test_report_leads_there(manager):
    assert f'<a href="{PAGE}">By month, for funders</a>' in manager.get("/admin/bookings/supply/").content.decode()


@pytest.mark.parametrize("number", [1, 50])
def test_number_of_queries_does_not_grow(manager, django_assert_num_queries, number):
    for each in range(number):
        start = datetime(2026, 1 + each % 12, 1 + each // 12, 9, tzinfo=UTC)
        fields = {"topic": factories.topic(), "council": factories.council(), "is_upcoming": False}
        factories.booking(adviser=factories.adviser(weekdays=()), starts_at=start, **fields)
    # Two of them for the session and the account.
    with django_assert_num_queries(5):
        manager.get(PAGE + YEAR)
