"""Months of the UK calendar in queries."""

from django.db.models import BigIntegerField
from django.db.models.functions import Cast, ExtractMonth, ExtractYear

from sendguide.lib.dates import LONDON


def number_of_month(column: str) -> Cast:
    """For a query: ``months.month_number`` of the time in ``column``, by the clock in the UK."""
    year, in_year = ExtractYear(column, tzinfo=LONDON), ExtractMonth(column, tzinfo=LONDON)
    return Cast(year * 12 + in_year - 1, BigIntegerField())
