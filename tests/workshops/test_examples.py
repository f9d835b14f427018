from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from workshops.examples import create_example_dates
from workshops.models import WorkshopDate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_each_workshop_gets_two_dates_in_the_coming_weeks():
    first, second = factories.workshop(order=1), factories.workshop(order=2)
    factories.workshop(published=False)
    assert create_example_dates(now=NOW) == 4
    dates = list(WorkshopDate.objects.all())
    assert [date.workshop for date in dates] == [first, second, first, second]
    assert {(date.is_example, date.status, date.joining_link) for date in dates} == {(True, "open", "")}
    assert all(timedelta() < date.starts_at - NOW < timedelta(weeks=9) for date in dates)
    assert dates[0].starts_at == datetime(2026, 12, 1, 19, tzinfo=UTC)


def test_examples_are_made_once_and_again_when_all_are_past():
    factories.workshop()
    counts = [create_example_dates(now=NOW + timedelta(weeks=weeks)) for weeks in (0, 1, 60)]
    assert counts == [2, 0, 2]


def test_real_date_ends_examples():
    factories.workshop_date(starts_at=NOW - timedelta(days=400))
    assert create_example_dates(now=NOW) == 0
