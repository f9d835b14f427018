import zipfile
from pathlib import Path

import pytest

from sendguide.lib.postcodes.sources import CannotRead, Unit, read_units
from tests.lib.postcodes.downloads import (
    CODE_POINT,
    HEADER_ROWS,
    HEADERS,
    ONS_ROWS,
    make_folder,
    make_zip,
    new_ons,
    old_ons,
)

CODE_POINT_UNITS = [
    Unit("B1", "B1 1", "AA", "E10000031"),
    Unit("B1", "B1 1", "AB", "E10000031"),
    Unit("HU5", "HU5 1", "AA", "E06000010"),
    Unit("HU5", "HU5 1", "AB", "E06000010"),
    Unit("HU5", "HU5 1", "AD", "E06000011"),
    Unit("HU99", "HU99 1", "AA", ""),
]
ONS_UNITS = [
    Unit("HU5", "HU5 1", "AA", "E06000010"),
    Unit("B1", "B1 1", "AA", "E10000031"),
    Unit("M1", "M1 1", "AA", "E08000003"),
    Unit("BT1", "BT1 1", "AA", "N09000003"),
    Unit("EN77", "EN77 1", "AA", ""),
    Unit("GY1", "GY1 1", "AA", ""),
]


def fault(path: Path) -> str:
    with pytest.raises(CannotRead) as caught:
        list(read_units(path))
    return str(caught.value).replace(f"{path}", "FILE")


@pytest.mark.parametrize("make", [make_zip, make_folder])
def test_code_point_is_read_as_downloaded(tmp_path, make):
    assert list(read_units(make(tmp_path / "codepo_gb.zip", CODE_POINT))) == CODE_POINT_UNITS


def test_code_point_of_2014_has_its_postcodes_without_spaces(tmp_path):
    files = {name: text.replace(" ", "") for name, text in CODE_POINT.items()}
    assert list(read_units(make_folder(tmp_path / "codepo_gb", files))) == CODE_POINT_UNITS


@pytest.mark.parametrize("text", [old_ons(*ONS_ROWS), new_ons(*ONS_ROWS)], ids=["before 2025", "since 2025"])
@pytest.mark.parametrize("make", [make_zip, make_folder])
def test_ons_directory_is_read_as_downloaded(tmp_path, text, make):
    files = {
        "Data/ONSPD_NOV_2025_UK.csv": text,
        "Data/multi_csv/ONSPD_NOV_2025_UK_HU.csv": text,  # the same once more, by area
        "Documents/LAD names and codes.csv": "LAD25CD,LAD25NM\n",
    }
    assert list(read_units(make(tmp_path / "ONSPD.zip", files))) == ONS_UNITS


@pytest.mark.parametrize("text", [old_ons(*ONS_ROWS), "\ufeff" + new_ons(*ONS_ROWS)], ids=["old", "new, marked UTF-8"])
def test_ons_file_may_come_alone_under_any_name(tmp_path, text):
    (tmp_path / "postcodes.csv").write_text(text, "utf-8")
    assert list(read_units(tmp_path / "postcodes.csv")) == ONS_UNITS


def test_other_columns_are_refused_by_name(tmp_path):
    (tmp_path / "x.csv").write_text("postcode,laua\nHU5 1AA,E06000010\n", "utf-8")
    assert fault(tmp_path / "x.csv") == "x.csv does not have the columns we know. It has postcode, laua."


def test_column_that_could_be_either_of_two_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("pcds,doterm,cty25cd,lad24cd,lad25cd\n", "utf-8")
    assert fault(tmp_path / "x.csv").endswith("It has pcds, doterm, cty25cd, lad24cd, lad25cd.")


def test_other_headers_of_code_point_are_refused_by_name(tmp_path):
    path = make_zip(tmp_path / "x.zip", {**CODE_POINT, HEADERS: "A,B\nFirst,Second\n"})
    assert fault(path) == f"{HEADERS} names none of the columns we know: A, B; First, Second"


def test_code_point_without_data_is_refused(tmp_path):
    path = make_zip(tmp_path / "x.zip", {HEADERS: HEADER_ROWS})
    assert fault(path) == f"Beside {HEADERS} there is no file of postcodes such as ab.csv."


@pytest.mark.parametrize("files", [{}, {"a.csv": "", "b.csv": ""}])
def test_zip_with_other_files_is_refused_by_what_it_has(tmp_path, files):
    path = make_zip(tmp_path / "x.zip", files)
    assert fault(path) == (
        "FILE has neither the column headers of Code-Point Open nor one file Data/ONSPD_….csv. "
        f"It has {', '.join(files) or 'no .csv file'}."
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("HU5 1AA,x", "2 columns, not 10."),
        ("nonsense" + "," * 9, "“” is no postcode."),
        (",,HU51AAA,,,,,,,", "“HU51AAA” is no postcode."),
    ],
)
def test_row_that_is_no_postcode_is_refused_with_its_line(tmp_path, row, sentence):
    (tmp_path / "x.csv").write_text(old_ons(ONS_ROWS[0]) + row + "\n", "utf-8")
    assert fault(tmp_path / "x.csv") == f"x.csv, line 3: {sentence}"


def test_file_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "x.csv").write_bytes(old_ons(*ONS_ROWS).encode() + b"HU5 1\xe9")
    assert fault(tmp_path / "x.csv") == "x.csv is not in UTF-8."


def test_file_with_an_open_quote_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text(old_ons(*ONS_ROWS) + '"' + "x" * 140_000, "utf-8")
    assert fault(tmp_path / "x.csv").startswith("x.csv is no table of comma-separated values: ")


def test_file_that_is_no_zip_is_refused(tmp_path):
    (tmp_path / "x.zip").write_text("<html>Please log in</html>", "utf-8")
    assert fault(tmp_path / "x.zip") == "FILE is a damaged or locked zip file: File is not a zip file."


def test_zip_that_is_damaged_inside_is_refused(tmp_path):
    path = make_zip(tmp_path / "x.zip", {"Data/ONSPD_NOV_2025_UK.csv": new_ons(*ONS_ROWS * 50)})
    with zipfile.ZipFile(path) as archive:
        start = archive.infolist()[0].header_offset + 60
    damaged = bytearray(path.read_bytes())
    damaged[start : start + 20] = b"\xff" * 20
    path.write_bytes(damaged)
    assert fault(path).startswith("FILE is a damaged or locked zip file: ")


def test_file_that_is_not_there_is_refused(tmp_path):
    assert fault(tmp_path / "x.csv") == "FILE cannot be read: No such file or directory."
