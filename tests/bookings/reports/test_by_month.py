"""Calls by month, in exact figures."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from bookings.models import Adviser, Booking
from bookings.reports.by_month import MonthlyReport, calls_by_month
from sendguide.lib.months import Period
from sendguide.privacy.purge import purge
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MAY, JUNE, JULY, DECEMBER = (date(2026, month, 1) for month in (5, 6, 7, 12))
IN_JUNE = datetime(2026, 6, 10, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def adviser() -> Adviser:
    return factories.adviser(weekdays=())


def call(adviser: Adviser, start: datetime = IN_JUNE, **fields) -> Booking:
    is_upcoming = start > NOW and fields.get("status") != "cancelled"
    return factories.booking(**{"adviser": adviser, "starts_at": start, "is_upcoming": is_upcoming} | fields)


def report(first: date = JUNE, last: date = JULY, now: datetime = NOW) -> MonthlyReport:
    return calls_by_month(Period(first, last), now)


def figures(lines) -> dict[str, tuple]:
    """Booked, reached, missed, unknown, cancelled: of those lines in which there is something."""
    found = {each.name: (each.booked, each.reached, each.missed, each.unknown, each.cancelled) for each in lines}
    return {name: numbers for name, numbers in found.items() if any(numbers)}


def test_months_have_what_became_of_their_calls(adviser):
    for number, outcome in enumerate(["helped", "other", "not reached", ""]):
        call(adviser, IN_JUNE + number * 20 * MINUTE, outcome=outcome)
    call(adviser, status="cancelled")
    call(adviser, IN_JUNE + timedelta(days=30), outcome="helped")
    found = report()
    assert figures(found.months) == {"June 2026": (4, 2, 1, 1, 1), "July 2026": (1, 1, 0, 0, 0)}
    assert figures([found.total]) == {"June 2026 to July 2026": (5, 3, 1, 1, 1)}


def test_months_begin_at_midnight_in_the_uk(adviser):
    """In summer that is eleven in the evening of the day before in UTC."""
    june, august = datetime(2026, 5, 31, 23, tzinfo=UTC), datetime(2026, 7, 31, 23, tzinfo=UTC)
    july = datetime(2026, 6, 30, 23, tzinfo=UTC)
    for start in (june - 5 * MINUTE, june, july - 5 * MINUTE, july, august - 5 * MINUTE, august):
        call(factories.adviser(weekdays=()), start)
    two = (2, 0, 0, 2, 0)
    assert figures(report().months) == {"June 2026": two, "July 2026": two}
    assert figures([report().total]) == {"June 2026 to July 2026": (4, 0, 0, 4, 0)}
    assert figures(report(MAY, MAY).months) == {"May 2026": (1, 0, 0, 1, 0)}


def test_new_year_is_a_border_of_months(adviser):
    new_year = datetime(2026, 1, 1, tzinfo=UTC)
    call(adviser, new_year - 20 * MINUTE)
    call(adviser, new_year)
    one = (1, 0, 0, 1, 0)
    found = report(date(2025, 12, 1), date(2026, 1, 1))
    assert figures(found.months) == {"December 2025": one, "January 2026": one}


def test_every_month_has_a_line_in_its_order():
    assert [line.name for line in report(MAY, JULY).months] == ["May 2026", "June 2026", "July 2026"]


def test_calls_to_come_are_booked_and_lack_no_outcome(adviser):
    call(adviser, NOW)
    call(adviser, NOW + 20 * MINUTE)
    call(adviser, NOW + 40 * MINUTE, status="cancelled")
    found = report(DECEMBER, DECEMBER)
    assert figures(found.months) == {"December 2026": (2, 0, 0, 1, 1)}
    assert [each for each in found.outcomes if each[1]] == [("not written down yet", 1), ("still to come", 1)]


def test_whole_period_by_topic_council_and_nation(adviser):
    sleep = factories.topic(name="Sleep")
    factories.topic(name="Autism")
    hull = factories.council(name="Hull", nation="England")
    fife = factories.council(name="Fife", nation="Scotland")
    call(adviser, topic=sleep, council=hull, outcome="helped")
    call(adviser, IN_JUNE + timedelta(days=30), topic=sleep, council=fife, outcome="not reached")
    call(adviser, IN_JUNE + 20 * MINUTE, council=hull, status="cancelled")
    call(adviser, IN_JUNE + 40 * MINUTE)
    found = report()
    assert figures(found.topics) == {"Sleep": (2, 1, 1, 0, 0), "No topic chosen": (1, 0, 0, 1, 1)}
    assert [line.name for line in found.topics] == ["Autism", "Sleep", "No topic chosen"]
    assert [(name, *numbers) for name, numbers in figures(found.councils).items()] == [
        ("Fife", 1, 0, 1, 0, 0),
        ("Hull", 1, 1, 0, 0, 1),
        ("Council not known", 1, 0, 0, 1, 0),
    ]
    assert figures(found.nations) == {
        "England": (1, 1, 0, 0, 1),
        "Scotland": (1, 0, 1, 0, 0),
        "Nation not known": (1, 0, 0, 1, 0),
    }
    assert found.outcomes == [
        ("helped", 1),
        ("sent to another service", 0),
        ("follow-up needed", 0),
        ("not reached", 1),
        ("no longer needed", 0),
        ("other", 0),
        ("not written down yet", 1),
    ]


def test_numbers_stay_when_personal_details_go(adviser):
    fields = {"topic": factories.topic(), "council": factories.council(), "outcome": "helped"}
    made = call(adviser, name="Secret Sue", **fields)
    call(adviser, IN_JUNE + 20 * MINUTE, status="cancelled")
    before = report()
    purge(now=NOW)
    made.refresh_from_db()
    assert (made.name, report()) == ("", before)
    assert figures(before.months) == {"June 2026": (1, 1, 0, 0, 1)}


def test_no_calls_at_all():
    found = report()
    assert figures([*found.months, *found.topics, *found.councils, *found.nations, found.total]) == {}
    assert ([line.name for line in found.councils], sum(number for _, number in found.outcomes)) == ([], 0)


def test_number_of_queries_does_not_grow(adviser, django_assert_num_queries):
    for number in (1, 50):
        for each in range(number):
            call(
                factories.adviser(weekdays=()),
                IN_JUNE + each * timedelta(days=1),
                topic=factories.topic(),
                council=factories.council(),
            )
        with django_assert_num_queries(3):
            report()


def test_database_gives_a_row_for_each_kind_and_not_for_each_call(adviser, django_assert_num_queries):
    for each in range(50):
        call(adviser, IN_JUNE + each * 20 * MINUTE)
    with django_assert_num_queries(2) as asked:
        report()
    with connection.cursor() as cursor:
        cursor.execute(asked.captured_queries[0]["sql"])
        rows = cursor.fetchall()
    # By month, by topic, by council.
    assert [row[-1] for row in rows] == [50, 50, 50]
