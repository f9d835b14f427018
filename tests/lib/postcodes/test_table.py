import os

import pytest

from sendguide.lib.postcodes.table import Row, read_table, write_table

TABLE = {
    "AB12 3": Row(("S12000033",), 294, {"S12000034": frozenset(["GQ", "RL"]), "S12000035": frozenset(["AA"])}),
    "AB12 5": Row(("S12000033",), 12),
    "BT1": Row(("N92000002",), 838),
    "EN77": Row((), 58),
    "LE55": Row(("E10000018", "E06000016"), 0),
}
TEXT = """place,councils,live,exceptions
AB12 3,S12000033,294,S12000034:GQ RL;S12000035:AA
AB12 5,S12000033,12,
BT1,N92000002,838,
EN77,,58,
LE55,E10000018 E06000016,0,
"""


def test_table_is_written_and_read_back(tmp_path):
    path = tmp_path / "postcodes.csv"
    write_table(TABLE, path)
    assert path.read_text("utf-8") == TEXT
    assert read_table(path) == TABLE
    assert list(tmp_path.iterdir()) == [path]


def test_table_with_other_columns_is_not_read(tmp_path):
    path = tmp_path / "postcodes.csv"
    path.write_text("sector,main_la_code\nHU5 2,E06000010\n", "utf-8")
    with pytest.raises(ValueError, match="must have the columns place, councils, live, exceptions, not sector"):
        read_table(path)


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_interrupted_writing_leaves_the_old_table(tmp_path, monkeypatch, fails):
    path = tmp_path / "postcodes.csv"
    path.write_text(TEXT, "utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, fails, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_table({}, path)
    assert path.read_text("utf-8") == TEXT
    assert list(tmp_path.iterdir()) == [path]
