from datetime import UTC, datetime, timedelta

import pytest

from bookings.clashes import calls_outside_hours, offers_that_do_not_fit
from tests import factories
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("make", "outside", "queries"),
    [(factories.booking, calls_outside_hours, 4), (factories.offer, offers_that_do_not_fit, 5)],
)
@pytest.mark.parametrize("number", [1, 3])
def test_hours_are_read_once_however_many_calls_there_are(make, outside, queries, number, django_assert_num_queries):
    adviser = factories.adviser()
    made = [make(adviser=adviser, starts_at=CALL_TIME + timedelta(hours=hours)) for hours in range(number)]
    adviser.weekly_hours.all().delete()
    with django_assert_num_queries(queries):
        assert outside(adviser, NOW) == made


def test_adviser_without_calls_costs_one_question(django_assert_num_queries):
    adviser = factories.adviser()
    with django_assert_num_queries(1):
        assert calls_outside_hours(adviser, NOW) == []
