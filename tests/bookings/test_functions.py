"""What the database works out is what Python works out."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings.models import Booking
from bookings.models.functions import CellOf, Numbers
from bookings.slots import cell_of
from tests import factories

pytestmark = pytest.mark.django_db
MOMENTS = [
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2024, 2, 29, 23, 55, tzinfo=UTC),
    *(datetime(2026, 3, 29, tzinfo=UTC) + timedelta(minutes=minutes) for minutes in range(0, 150, 5)),
    *(datetime(2026, 10, 25, tzinfo=UTC) + timedelta(minutes=minutes) for minutes in range(0, 150, 5)),
    datetime(2099, 12, 31, 23, 55, tzinfo=UTC),
]


def test_database_finds_the_cell_of_a_time():
    adviser = factories.adviser()
    for moment in MOMENTS:
        factories.booking(adviser=adviser, starts_at=moment, status="cancelled", is_upcoming=False)
    found = Booking.objects.order_by("starts_at").annotate(cell=CellOf("starts_at")).values_list("cell", flat=True)
    assert list(found) == [cell_of(moment) for moment in MOMENTS]


@pytest.mark.parametrize("number", [1, 3])
def test_numbers_of_a_group_are_one_list(number):
    adviser = factories.adviser()
    for moment in MOMENTS[:number]:
        factories.booking(adviser=adviser, starts_at=moment, status="cancelled", is_upcoming=False)
    rows = Booking.objects.order_by().values_list("adviser").annotate(cells=Numbers(CellOf("starts_at")))
    assert [(pk, sorted(cells)) for pk, cells in rows] == [(adviser.pk, [cell_of(each) for each in MOMENTS[:number]])]
