import pytest

from sendguide.lib.csv_tables import csv_table, defused

# =, +, - and @ as wide as Chinese or Japanese letters.
WIDE = ["\uff1d", "\uff0b", "\uff0d", "\uff20"]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n", *WIDE])
def test_formula_is_defused(beginning):
    assert defused(f"{beginning}1") == f"'{beginning}1"


@pytest.mark.parametrize("cell", ["", "Ann", "1=1", "'=1"])
def test_what_is_no_formula_stays_as_it_is(cell):
    assert defused(cell) == cell


def test_table_is_as_excel_wants_it():
    rows = [["Name", "Number"], ["Zoë, with\na comma", 3], ["=HYPERLINK(1)", -3]]
    assert csv_table(rows) == '\ufeffName,Number\r\n"Zoë, with\na comma",3\r\n\'=HYPERLINK(1),-3\r\n'
