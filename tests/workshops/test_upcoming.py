from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories
from workshops.models import WorkshopDate
from workshops.templatetags.workshops import next_workshops
from workshops.upcoming import Programme, by_month, lacks_link, open_in, without_link

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)


def test_upcoming_and_past_are_apart():
    workshop = factories.workshop()
    at = [NOW - timedelta(days=2), NOW - timedelta(days=1), NOW + timedelta(days=1), NOW + timedelta(days=2)]
    dates = [factories.workshop_date(workshop=workshop, starts_at=moment) for moment in reversed(at)]
    assert list(WorkshopDate.objects.upcoming(NOW)) == [dates[1], dates[0]]
    assert list(WorkshopDate.objects.past(NOW)) == [dates[2], dates[3]]


@pytest.mark.parametrize(("status", "is_shown"), [("draft", False), ("open", True), ("cancelled", True)])
def test_what_the_public_sees_is_the_same_for_one_date_and_for_all(status, is_shown):
    for published in (True, False):
        date = factories.workshop_date(status=status, workshop=factories.workshop(published=published))
        assert (date in WorkshopDate.objects.public()) is date.is_public is (is_shown and published)


def test_cancelled_date_did_not_take_place():
    date = factories.workshop_date(status="cancelled", starts_at=NOW - timedelta(days=1))
    assert list(WorkshopDate.objects.past(NOW)) == []
    assert date.is_public


def test_months_are_those_of_the_uk():
    """31 July 11:30pm UTC is 1 August in British summer time."""
    moments = [datetime(2026, 7, 31, 22, 30, tzinfo=UTC), datetime(2026, 7, 31, 23, 30, tzinfo=UTC)]
    dates = [factories.workshop_date(starts_at=moment) for moment in moments]
    assert [(month.first, month.dates) for month in by_month(dates)] == [
        (date(2026, 7, 1), [dates[0]]),
        (date(2026, 8, 1), [dates[1]]),
    ]


def test_programme_narrows_by_topic_and_area():
    hull, leeds = factories.council(), factories.council()
    sleep = factories.topic(slug="sleep")
    not_hull = factories.workshop(topic=sleep, reach="except", councils=[hull])
    only_hull = factories.workshop(reach="only", councils=[hull])
    for_all = factories.workshop(topic=sleep)
    programme = Programme.from_database()
    assert set(programme.narrowed(council=hull).workshops) == {only_hull.pk, for_all.pk}
    assert set(programme.narrowed(council=leeds).workshops) == {not_hull.pk, for_all.pk}
    assert set(programme.narrowed(topic="sleep", council=leeds).workshops) == {not_hull.pk, for_all.pk}
    assert set(programme.narrowed(topic="sleep", council=hull).workshops) == {for_all.pk}


@pytest.mark.parametrize("number", [1, 3])
def test_open_in_costs_three_queries(django_assert_num_queries, number):
    hull = factories.council()
    starts = datetime.now(UTC) + timedelta(days=1)
    for _ in range(number):
        workshop = factories.workshop(reach="only", councils=[hull])
        factories.workshop_date(workshop=workshop, starts_at=starts)
        factories.workshop_date(workshop=workshop, starts_at=starts + timedelta(days=1), status="cancelled")
        factories.workshop_date(workshop=factories.workshop(reach="except", councils=[hull]), starts_at=starts)
    with django_assert_num_queries(3):
        found = open_in(hull, 5)
        assert [date.workshop.for_whom for date in found] == [f"Only for {hull.name}"] * number


@pytest.mark.parametrize("number", [1, 3])
def test_next_workshops_cost_one_query(django_assert_num_queries, number):
    for days in range(number):
        factories.workshop_date(starts_at=datetime.now(UTC) + timedelta(days=1 + days))
    with django_assert_num_queries(1):
        assert [date.workshop.topic.tint for date in next_workshops(4)] == ["sky"] * number


@pytest.mark.parametrize(
    ("fields", "is_missing"),
    [
        ({}, True),
        ({"starts_at": NOW + timedelta(days=3, minutes=1)}, False),
        ({"starts_at": NOW}, False),
        ({"status": "draft"}, False),
        ({"status": "cancelled"}, False),
        ({"joining_link": "https://meet.example/room"}, False),
    ],
)
def test_missing_link_is_the_same_for_one_date_and_for_all(fields, is_missing):
    date = factories.workshop_date(**{"starts_at": NOW + timedelta(days=3), "joining_link": ""} | fields)
    assert (date in without_link(NOW)) is lacks_link(date, NOW) is is_missing
