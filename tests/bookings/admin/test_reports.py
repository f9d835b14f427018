"""The managers' report on calls: its page, and the table that Excel can open."""

import csv
import io
import re
from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from bookings.models import Adviser, WeeklyHours
from tests import factories
from tests.workshops.views.posting import text_of

pytestmark = pytest.mark.django_db
PAGE, TABLE = "/admin/bookings/supply/", "/admin/bookings/supply.csv"
LAST_MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def calls(before_the_call: None) -> Adviser:
    """Three each Monday. Last week one family from Hull was reached; a call about sleep was cancelled."""
    adviser = factories.adviser(weekdays=())
    hours = {"starts": time(9), "ends": time(10), "from_day": date(2026, 1, 1)}
    WeeklyHours.objects.create(adviser=adviser, weekday=0, **hours)
    past = {"adviser": adviser, "starts_at": LAST_MONDAY, "is_upcoming": False}
    council = factories.council(name="=Hull", nation="England")
    topic = factories.topic(name="Sleep")
    factories.booking(name="Secret Sue", phone="+447700900123", council=council, outcome="helped", **past)
    factories.booking(status="cancelled", topic=topic, **past)
    factories.waiting_entry(topic=topic, created_at=datetime(2026, 11, 21, 12, tzinfo=UTC))
    return adviser


def rows_of(html: str, title: str) -> list[list[str]]:
    """The cells of each line of the table that is called ``title``."""
    table = re.search(rf'aria-labelledby="{title}_title".*?</table>', html, re.DOTALL)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row)] for row in rows]


def test_addresses_are_as_agreed():
    assert (reverse("admin:bookings_supply"), reverse("admin:bookings_supply_table")) == (PAGE, TABLE)


def test_page_has_the_figures(manager, calls):
    page = manager.get(PAGE)
    html, text = page.content.decode(), text_of(page)
    assert page.status_code == 200
    assert "First free call In 6 days Monday 7 December 2026, 9am, with any adviser." in text
    assert "Families waiting 1 The longest for 10 days. Half of them for 10 days or more." in text
    weeks = rows_of(html, "week")
    assert weeks[0] == ["Week", "Offered", "Booked", "Reached", "Not reached", "Not written down", "Cancelled"]
    assert (len(weeks), weeks[12], weeks[13]) == (
        17,
        ["23 November 2026", "3", "1", "1", "0", "0", "1"],
        ["30 November 2026 (this week)", "3", "0", "0", "0", "0", "0"],
    )
    assert rows_of(html, "topic")[1:] == [
        ["Sleep", "36", "0", "0", "0", "0", "1", "1", "6"],
        ["No topic chosen", "36", "1", "1", "0", "0", "0", "0", "6"],
    ]
    assert rows_of(html, "nation")[1] == ["England", "36", "1", "1", "0", "0", "0", "0", "6"]
    assert rows_of(html, "council")[1] == ["=Hull", "1", "1", "0", "0", "0", "0", "6"]
    assert rows_of(html, "outcome")[1] == ["Helped", "1"]


def test_charts_say_what_they_show(manager, calls):
    html = manager.get(PAGE).content.decode()
    assert '<title id="offered_title">Calls booked, of those offered, by week</title>' in html
    assert "In the 12 weeks before this one: 1 booked of 36. The table has the figures of each week." in html
    assert "In the 12 weeks before this one: 1 reached of 1. The table has the figures of each week." in html
    assert html.count('role="img"') == html.count("<desc") == 2
    assert " style=" not in html
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", html)
    assert (len(drawn), drawn[:2], drawn[22:24], drawn[-4:-2]) == (
        58,
        ["7 Sep", "0 of 3"],
        ["23 Nov", "1 of 3"],
        ["23 Nov", "1 of 1"],
    )


def test_page_of_a_site_without_calls_says_so(manager):
    text = text_of(manager.get(PAGE))
    assert "First free call None No call can be booked at the moment." in text
    assert "Families waiting 0 Nobody is on the waiting list." in text
    assert "By topic Nothing to count yet." in text


def test_first_free_call_of_today_and_of_tomorrow_are_called_so(manager, calls, settings):
    settings.CALL_NOTICE_HOURS = 0
    WeeklyHours.objects.update(weekday=1)
    assert "First free call Today Tuesday 1 December 2026, 9am" in text_of(manager.get(PAGE))
    WeeklyHours.objects.update(weekday=2)
    assert "First free call In 1 day Wednesday 2 December 2026, 9am" in text_of(manager.get(PAGE))


def test_nobody_is_named(manager, calls):
    for address in (PAGE, TABLE):
        answer = manager.get(address).content.decode()
        assert [secret for secret in ("Secret", "7700", "@example.org") if secret in answer] == []


def test_table_opens_in_excel(manager, calls):
    answer = manager.get(TABLE)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        'attachment; filename="calls-2026-12-01.csv"',
    )
    assert "no-store" in answer["Cache-Control"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == [
        *("By", "Name", "Offered", "Booked", "Reached", "Not reached", "Not written down", "Cancelled"),
        *("Families waiting now", "Days to the first free call"),
    ]
    assert rows[12] == ["Week", "23 November 2026", "3", "1", "1", "0", "0", "1", "", ""]
    assert rows[17] == ["Topic", "Sleep", "36", "0", "0", "0", "0", "1", "1", "6"]
    assert rows[19:24] == [
        ["Nation", "England", "36", "1", "1", "0", "0", "0", "0", "6"],
        ["Nation", "Scotland", "36", "0", "0", "0", "0", "0", "0", "6"],
        ["Nation", "Wales", "36", "0", "0", "0", "0", "0", "0", "6"],
        ["Nation", "Northern Ireland", "36", "0", "0", "0", "0", "0", "0", "6"],
        ["Nation", "Nation not known", "36", "0", "0", "0", "0", "1", "1", "6"],
    ]
    # A name that would be a formula is a text.
    assert rows[24] == ["Council", "'=Hull", "", "1", "1", "0", "0", "0", "0", "6"]
    assert rows[-7] == ["Outcome", "helped", "", "1", "", "", "", "", "", ""]
    assert len(rows) == 33


def test_where_no_call_is_free_the_table_says_so(manager, calls):
    Adviser.objects.update(is_taking_calls=False)
    rows = list(csv.reader(io.StringIO(manager.get(TABLE).content.decode("utf-8-sig"))))
    assert rows[17][-1] == "none free"


@pytest.mark.parametrize(("permission", "status"), [("see_all_calls", 200), ("view_booking", 403)])
@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_only_who_may_see_all_calls_sees_it(client, before_the_call, address, permission, status):
    client.force_login(factories.staff(permission))
    assert client.get(address).status_code == status


@pytest.mark.parametrize(("permissions", "is_linked"), [(("see_all_calls",), True), ((), False)])
def test_start_page_leads_there_whoever_may_see_it(client, before_the_call, permissions, is_linked):
    client.force_login(factories.staff("view_booking", *permissions))
    assert (f'href="{PAGE}"' in client.get("/admin/").content.decode()) == is_linked


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_strangers_are_asked_to_log_in(client, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow(manager, django_assert_num_queries, number):
    for _ in range(number):
        adviser = factories.adviser(topics=[factories.topic()])
        factories.booking(adviser=adviser, topic=factories.topic(), council=factories.council())
        factories.waiting_entry(topic=factories.topic(), council=factories.council())
    with django_assert_num_queries(16):
        manager.get(PAGE)
