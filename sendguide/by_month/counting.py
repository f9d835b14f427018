"""Months of the UK calendar in queries."""

from django.db.models import BigIntegerField, Case, Value, When

from sendguide.lib.dates import midnight, months_after
from sendguide.lib.months import Period, month_number


def number_of_month(column: str, period: Period) -> Case:
    """For a query of rows in ``period``: ``months.month_number`` of the time in ``column``, by the clock in the UK.

    Compared with where the months end. Year and month worked out for each row took PostgreSQL half as long again.
    """
    ends = ((month_number(first), midnight(months_after(first, 1))) for first in period.months)
    months = (When(**{f"{column}__lt": end}, then=Value(number)) for number, end in ends)
    return Case(*months, output_field=BigIntegerField())
