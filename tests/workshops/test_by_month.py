"""Workshops by month, in exact figures."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from sendguide.lib.months import Period
from sendguide.privacy.purge import purge
from tests import factories
from workshops.by_month import MonthlyReport, workshops_by_month
from workshops.models import SignUp, WorkshopDate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MAY, JUNE, JULY, DECEMBER = (date(2026, month, 1) for month in (5, 6, 7, 12))
IN_JUNE = datetime(2026, 6, 10, 18, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
KINDS = ("held", "placed", "given_back", "waited", "cancelled")


def date_at(start: datetime = IN_JUNE, **fields) -> WorkshopDate:
    return factories.workshop_date(starts_at=start, **fields)


def signed_up(date: WorkshopDate, *statuses: str, **fields) -> None:
    for status in statuses:
        factories.sign_up(date=date, status=status, **fields)


def report(first: date = JUNE, last: date = JULY) -> MonthlyReport:
    return workshops_by_month(Period(first, last), NOW)


def figures(lines) -> dict[str, tuple]:
    """Of those lines in which there is something: as KINDS."""
    found = {each.name: tuple(each.numbers[kind] for kind in KINDS) for each in lines}
    return {name: numbers for name, numbers in found.items() if any(numbers)}


def test_months_have_dates_held_and_their_people():
    signed_up(date_at(), "placed", "placed", "given back", "waiting", "lapsed", "left")
    signed_up(date_at(IN_JUNE + 30 * DAY), "placed")
    date_at(IN_JUNE + 30 * DAY)
    found = report()
    assert figures(found.months) == {"June 2026": (1, 2, 1, 3, 0), "July 2026": (2, 1, 0, 0, 0)}
    assert figures([found.total]) == {"June 2026 to July 2026": (3, 3, 1, 3, 0)}


def test_cancelled_dates_count_and_their_people_do_not():
    signed_up(date_at(status="cancelled"), "cancelled", "cancelled", "given back", "left")
    signed_up(date_at(NOW + DAY, status="cancelled"), "cancelled")
    found = report(JUNE, DECEMBER)
    assert figures(found.months) == {"June 2026": (0, 0, 0, 0, 1), "December 2026": (0, 0, 0, 0, 1)}
    assert found.councils == []


def test_drafts_examples_and_dates_to_come_do_not_count():
    signed_up(date_at(status="draft"), "placed")
    signed_up(date_at(is_example=True), "placed")
    signed_up(date_at(NOW + MINUTE), "placed", "waiting")
    signed_up(date_at(NOW), "placed")
    found = report(JUNE, DECEMBER)
    assert figures(found.months) == {"December 2026": (1, 1, 0, 0, 0)}
    assert (len(found.workshops), len(found.topics), len(found.councils)) == (1, 1, 1)


def test_dates_of_a_workshop_that_is_no_longer_public_count():
    date_at(workshop=factories.workshop(published=False))
    assert figures(report().months) == {"June 2026": (1, 0, 0, 0, 0)}


def test_months_begin_at_midnight_in_the_uk():
    """In summer that is eleven in the evening of the day before in UTC."""
    june, july, august = (datetime(2026, month, day, 23, tzinfo=UTC) for month, day in ((5, 31), (6, 30), (7, 31)))
    for start in (june - MINUTE, june, july - MINUTE, july, august - MINUTE, august):
        signed_up(date_at(start), "placed")
    two = (2, 2, 0, 0, 0)
    assert figures(report().months) == {"June 2026": two, "July 2026": two}
    # All six are of different workshops.
    assert (len(report().workshops), report().councils[0].numbers["placed"]) == (4, 4)
    assert figures(report(MAY, MAY).months) == {"May 2026": (1, 1, 0, 0, 0)}


def test_whole_period_by_workshop_and_by_topic():
    autism, sleep = factories.topic(name="Autism", order=1), factories.topic(name="Sleep", order=2)
    masking = factories.workshop(title="Masking", topic=autism, order=2)
    demands = factories.workshop(title="Demand Avoidance", topic=autism, order=1)
    nights = factories.workshop(title="Sleep Support", topic=sleep, order=3)
    factories.workshop(title="Never held")
    signed_up(date_at(workshop=masking), "placed", "given back")
    signed_up(date_at(IN_JUNE + 30 * DAY, workshop=masking), "placed")
    signed_up(date_at(workshop=demands), "waiting")
    date_at(workshop=nights, status="cancelled")
    found = report()
    assert list(figures(found.workshops).items()) == [
        ("Demand Avoidance", (1, 0, 0, 1, 0)),
        ("Masking", (2, 2, 1, 0, 0)),
        ("Sleep Support", (0, 0, 0, 0, 1)),
    ]
    assert list(figures(found.topics).items()) == [("Autism", (3, 2, 1, 1, 0)), ("Sleep", (0, 0, 0, 0, 1))]


def test_two_workshops_of_the_same_name_have_a_line_each():
    for _ in range(2):
        date_at(workshop=factories.workshop(title="Masking"))
    assert [(line.name, line.numbers["held"]) for line in report().workshops] == [("Masking", 1), ("Masking", 1)]


def test_people_by_council():
    hull, fife = factories.council(name="Hull"), factories.council(name="Fife")
    held = date_at()
    signed_up(held, "placed", "given back", council=hull)
    signed_up(date_at(IN_JUNE + 30 * DAY), "placed", "lapsed", council=hull)
    signed_up(held, "waiting", council=fife)
    signed_up(held, "placed")
    assert list(figures(report().councils).items()) == [
        ("Fife", (0, 0, 0, 1, 0)),
        ("Hull", (0, 2, 1, 1, 0)),
        ("Council not known", (0, 1, 0, 0, 0)),
    ]


def test_numbers_stay_when_personal_details_go():
    signed_up(date_at(), "placed", "given back", "lapsed", name="Secret Sue", council=factories.council())
    before = report()
    purge(now=NOW)
    assert set(SignUp.objects.values_list("name", flat=True)) == {""}
    assert report() == before
    assert figures(before.months) == {"June 2026": (1, 1, 1, 1, 0)}


def test_no_dates_at_all():
    found = report()
    assert [line.name for line in found.months] == ["June 2026", "July 2026"]
    assert figures([*found.months, found.total]) == {}
    assert (found.workshops, found.topics, found.councils) == ([], [], [])


def test_number_of_queries_does_not_grow(django_assert_num_queries):
    for number in (1, 50):
        for each in range(number):
            signed_up(date_at(IN_JUNE + each * DAY), "placed", "waiting", council=factories.council())
        with django_assert_num_queries(6):
            report()


def test_database_gives_a_row_for_each_month_and_not_for_each_person(django_assert_num_queries):
    signed_up(date_at(capacity=50), *["placed"] * 50, council=factories.council())
    with django_assert_num_queries(6) as asked:
        report()
    with connection.cursor() as cursor:
        for query in asked.captured_queries[:3]:
            cursor.execute(query["sql"])
            assert len(cursor.fetchall()) == 1
