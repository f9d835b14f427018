import os
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from sendguide.lib.postcodes import Row, read_table, write_table
from tests.lib.postcodes.downloads import CODE_POINT, ONS_ROWS, make_zip, new_ons, old_ons

CODES_TODAY = ("councils.csv", "la_code_map.csv")
BEFORE = {
    "B1 1": Row(("E08000025",), 3),
    "BT1": Row(("N92000002",), 838),
    "HU5 1": Row(("E06000010",), 3),
}


@pytest.fixture
def places(tmp_path) -> Path:
    folder = tmp_path / "places"
    folder.mkdir()
    for name in CODES_TODAY:
        shutil.copy(settings.CONTENT_DIR / "places" / name, folder)
    write_table(BEFORE, folder / "postcodes.csv")
    return folder


def build(source: Path, places: Path, *options: str) -> str:
    written = StringIO()
    call_command("build_postcode_table", str(source), f"--dir={places}", *options, stdout=written)
    return written.getvalue()


def refusal(source: Path, places: Path) -> str:
    """Why it was refused; fails if that left anything changed."""
    before = {path.name: path.read_bytes() for path in places.iterdir()}
    with pytest.raises(CommandError) as caught:
        build(source, places)
    assert {path.name: path.read_bytes() for path in places.iterdir()} == before
    assert caught.value.returncode == 1
    return str(caught.value)


def test_code_point_becomes_the_table(tmp_path, places):
    written = build(make_zip(tmp_path / "codepo_gb.zip", CODE_POINT), places)
    assert read_table(places / "postcodes.csv") == {
        "B1 1": Row(("E10000031",), 2),
        "BT1": Row(("N92000002",), 838),
        "HU5 1": Row(("E06000010",), 3, {"E06000011": frozenset(["AD"])}),
        "HU99": Row((), 1),
    }
    assert written == (
        "5 postcodes in 2 sectors, 1 of them with several councils. "
        "0 sectors are new, 0 are gone, 1 have another council than before.\n"
        "Now change the year and the edition in docs/places.md and components/place_sources.html.\n"
    )


@pytest.mark.parametrize("ons", [old_ons, new_ons], ids=["before 2025", "since 2025"])
def test_ons_directory_becomes_the_table(tmp_path, places, ons):
    build(make_zip(tmp_path / "ONSPD.zip", {"Data/ONSPD_NOV_2025_UK.csv": ons(*ONS_ROWS)}), places)
    assert read_table(places / "postcodes.csv") == {
        "B1 1": Row(("E10000031",), 1),
        "BT1": Row(("N92000002",), 1),
        "EN77": Row((), 1),
        "HU5 1": Row(("E06000010",), 1),
        "M1 1": Row(("E08000003",), 1),
    }


def test_first_table_needs_none_before_it(tmp_path, places):
    (places / "postcodes.csv").unlink()
    build(make_zip(tmp_path / "codepo_gb.zip", CODE_POINT), places)
    assert len(read_table(places / "postcodes.csv")) == 3


def test_retired_codes_are_carried_to_the_councils_of_today(tmp_path, places):
    (tmp_path / "x.csv").write_text(
        old_ons(
            ("HU5 1AA", "", "E99999999", "E06000010"),
            ("B1 1AA", "", "E99999999", "E08000025"),
            ("S70 1AA", "", "E99999999", "E08000016"),  # Barnsley before 2025
            ("CB1 1AA", "", "", "E07000008"),  # Cambridge, without its county
        ),
        "utf-8",
    )
    build(tmp_path / "x.csv", places)
    table = read_table(places / "postcodes.csv")
    assert (table["S70 1"].councils, table["CB1 1"].councils) == (("E08000038",), ("E10000003",))


def test_unknown_councils_are_refused_by_code(tmp_path, places):
    source = tmp_path / "x.csv"
    # One that never was, and Cumbria, which became two.
    source.write_text(
        old_ons(("HU5 1AA", "", "", "E06009999"), ("HU5 1AB", "", "", "E06009999"), ("CA1 1AA", "", "E10000006", "x")),
        "utf-8",
    )
    assert refusal(source, places) == (
        "Nothing was changed. These councils are in neither councils.csv nor la_code_map.csv, or were shared out among "
        "several: E06009999 (2 postcodes), E10000006 (1 postcodes). Add them there first."
    )


def test_unknown_layout_is_refused_with_its_columns(tmp_path, places):
    (tmp_path / "x.csv").write_text("postcode,laua\n", "utf-8")
    sentence = "Nothing was changed. x.csv does not have the columns we know. It has postcode, laua."
    assert refusal(tmp_path / "x.csv", places) == sentence


def test_fault_late_in_the_file_changes_nothing(tmp_path, places):
    (tmp_path / "x.csv").write_bytes(old_ons(*ONS_ROWS).encode() + b"\xff")
    assert refusal(tmp_path / "x.csv", places) == "Nothing was changed. x.csv is not in UTF-8."


def test_download_that_is_not_whole_is_refused_unless_it_is_meant(tmp_path, places):
    files = {name: text for name, text in CODE_POINT.items() if not name.endswith("b.csv")}
    source = make_zip(tmp_path / "codepo_gb.zip", files)
    assert refusal(source, places) == (
        "Nothing was changed. 1 of 2 sectors would be lost. No postcode would be left in B. "
        "Is the download complete? If so, add --yes."
    )
    build(source, places, "--yes")
    assert read_table(places / "postcodes.csv")["B1"] == Row(("E08000025",), 0)


@pytest.mark.parametrize("name", CODES_TODAY)
def test_missing_list_of_councils_is_said(tmp_path, places, name):
    (places / name).unlink()
    sentence = f"Nothing was changed. {places / name} cannot be read: No such file or directory."
    assert refusal(make_zip(tmp_path / "codepo_gb.zip", CODE_POINT), places) == sentence


def test_interrupted_build_leaves_the_old_table(tmp_path, places, monkeypatch):
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(make_zip(tmp_path / "codepo_gb.zip", CODE_POINT), places)
    assert sorted(path.name for path in places.iterdir()) == [*CODES_TODAY, "postcodes.csv"]
    assert read_table(places / "postcodes.csv") == BEFORE
