"""What the database works out over many rows, so that they need not be read one by one."""

from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, BigIntegerField, Func, TextField

from bookings.slots import CELL

CELLS_A_DAY = timedelta(days=1) // CELL
# The beginning of 1970 as SQLite counts days.
JULIAN_1970 = 2440587.5


class Numbers(Aggregate):
    """Whole numbers of a group as one list: a row for each adviser costs a fifth of a row for each call."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, function="ARRAY_AGG")

    def convert_value(self, value: Any, expression: Any, connection: Any) -> list[int]:
        return value if isinstance(value, list) else [int(number) for number in str(value).split(",")]


class CellOf(Func):
    """As ``slots.cell_of``, of a time on a five-minute mark, as those of bookings are."""

    template = f"CAST(ROUND((JULIANDAY(%(expressions)s) - {JULIAN_1970}) * {CELLS_A_DAY}) AS INTEGER)"
    output_field = BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        # EXTRACT would give an exact number, which is slow to reckon with.
        template = f"(DATE_PART('epoch', %(expressions)s) / {CELL.total_seconds()})::bigint"
        return self.as_sql(compiler, connection, template=template)
