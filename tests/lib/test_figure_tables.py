"""Several tables of figures as one."""

import csv
import io

from sendguide.lib.figure_tables import FigureTable, table_for_excel

COLUMNS = {"booked": "Booked", "missed": "Missed"}


def test_tables_become_one_and_totals_are_left_out():
    tables = [
        FigureTable("By month", "Month", COLUMNS, [("May 2026", [3, 1])], [3, 1]),
        FigureTable("Of some", "Some", {"missed": "Missed"}, [("=Hull", [1])]),
    ]
    rows = list(csv.reader(io.StringIO(table_for_excel(tables, COLUMNS).removeprefix("\ufeff"))))
    assert rows == [
        ["By", "Name", "Booked", "Missed"],
        ["Month", "May 2026", "3", "1"],
        ["Some", "'=Hull", "", "1"],
    ]
