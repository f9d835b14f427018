import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguide.lib.postcodes import (
    BestGuess,
    Found,
    NoCouncil,
    NotAPostcode,
    NothingTyped,
    PartOnly,
    Row,
    Unknown,
    Why,
    look_up,
    read_table,
)

PLACES = Path(__file__).parents[3] / "content" / "places"
TABLE = read_table(PLACES / "postcodes.csv")
HULL, EAST_RIDING, ABERDEEN, ABERDEENSHIRE = "E06000010", "E06000011", "S12000033", "S12000034"
EDUCATION_AUTHORITY = "N92000002"
UNITS = {letter * 2 for letter in "ABDEFGHJLNPQRSTUWXYZ"}


def rows() -> list[dict[str, str]]:
    with (PLACES / "postcodes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exceptions_of(row: dict[str, str]) -> dict[str, str]:
    parts = (part.split(":") for part in row["exceptions"].split(";") if part)
    return {unit: council for council, units in parts for unit in units.split()}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("HU5 2TY", Found("HU5 2TY", HULL)),
        ("hu52ty", Found("HU5 2TY", HULL)),
        ("EH1 1AA", Found("EH1 1AA", "S12000036")),
        ("CF10 1AA", Found("CF10 1AA", "W06000015")),
        ("BT1 1AA", Found("BT1 1AA", EDUCATION_AUTHORITY)),
        ("CB1 1AA", Found("CB1 1AA", "E10000003")),  # Cambridge is a district: education sits with Cambridgeshire
        ("S70 1AA", Found("S70 1AA", "E08000038")),  # Barnsley under its code of 2025
    ],
)
def test_whole_postcode_gives_its_council(typed, answer):
    assert look_up(typed, TABLE) == answer


def test_border_sector_is_decided_by_the_unit():
    assert look_up("AB12 3GQ", TABLE) == Found("AB12 3GQ", ABERDEENSHIRE)
    assert look_up("AB12 3GR", TABLE) == Found("AB12 3GR", ABERDEEN, neighbours=(ABERDEENSHIRE,))
    assert look_up("ab12 3", TABLE) == PartOnly("AB12 3", (ABERDEEN, ABERDEENSHIRE))


def test_neighbours_stand_in_the_order_of_their_postcodes():
    table = {"HU5 1": Row(("A",), 9, {"C": frozenset(["AA"]), "B": frozenset(["AB", "AD"])})}
    assert look_up("HU5 1ZZ", table) == Found("HU5 1ZZ", "A", neighbours=("B", "C"))
    assert look_up("HU5 1AA", table) == Found("HU5 1AA", "C")


def test_border_of_two_nations_is_decided_by_the_unit():
    row = next(row for row in rows() if row["place"].startswith("TD15 ") and row["exceptions"])
    unit, council = next(iter(exceptions_of(row).items()))
    assert {council, row["councils"]} == {"E06000057", "S12000026"}
    assert look_up(row["place"] + unit, TABLE) == Found(row["place"] + unit, council)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("HU1 9AA", BestGuess("HU1 9AA", "HU1", (HULL,))),
        ("HU5 9AA", BestGuess("HU5 9AA", "HU5", (HULL, EAST_RIDING))),
        ("HU5 9", BestGuess("HU5 9", "HU5", (HULL, EAST_RIDING))),
        ("BB94 1AA", BestGuess("BB94 1AA", "BB94", ("E10000017",))),  # no longer in use
        ("BB94 1", BestGuess("BB94 1", "BB94", ("E10000017",))),
        ("LE55 1AA", BestGuess("LE55 1AA", "LE55", ("E10000018", "E06000016"))),
        ("BT58 1AA", BestGuess("BT58 1AA", "BT58", (EDUCATION_AUTHORITY,))),
    ],
)
def test_postcode_that_the_table_does_not_have_is_guessed_from_its_district(typed, answer):
    assert look_up(typed, TABLE) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("HU5", PartOnly("HU5", (HULL, EAST_RIDING))),
        ("HU1", PartOnly("HU1", (HULL,))),
        ("HU5 2", PartOnly("HU5 2", (HULL,))),
        ("HU52", PartOnly("HU5 2", (HULL,))),
        ("TD15", PartOnly("TD15", ("E06000057", "S12000026"))),
        ("BT1", PartOnly("BT1", (EDUCATION_AUTHORITY,))),
        ("BT1 1", PartOnly("BT1 1", (EDUCATION_AUTHORITY,))),
        ("LE55", PartOnly("LE55", ("E10000018", "E06000016"))),
    ],
)
def test_first_part_alone_gives_all_councils_that_it_touches(typed, answer):
    assert look_up(typed, TABLE) == answer


@pytest.mark.parametrize("typed", ["HU99 1AA", "HU99 1", "ZE99", "BT95 1AA", "G1R 0AA"])
def test_nothing_is_guessed_where_no_district_is_known(typed):
    assert look_up(typed, TABLE) == Unknown(typed)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("GY1 1AA", NoCouncil("GY1 1AA", Why.GUERNSEY)),
        ("je2 3ab", NoCouncil("JE2 3AB", Why.JERSEY)),
        ("IM1", NoCouncil("IM1", Why.ISLE_OF_MAN)),
        ("1m1 1aa", NoCouncil("IM1 1AA", Why.ISLE_OF_MAN)),
        ("BF1 2AA", NoCouncil("BF1 2AA", Why.FORCES)),
        ("bfpo 58", NoCouncil("BFPO58", Why.FORCES)),
        ("GX11 1AA", NoCouncil("GX11 1AA", Why.OVERSEAS)),
        ("fiqq 1zz", NoCouncil("FIQQ1ZZ", Why.OVERSEAS)),
        ("STHL", NoCouncil("STHL", Why.OVERSEAS)),
        ("KY1-1234", NoCouncil("KY11234", Why.OVERSEAS)),
        ("AI-2640", NoCouncil("AI2640", Why.OVERSEAS)),
        ("D02 AF30", NoCouncil("D02AF30", Why.IRELAND)),
        ("D6W XH26", NoCouncil("D6WXH26", Why.IRELAND)),
        ("BX1 1AA", NoCouncil("BX1 1AA", Why.POST_BOX)),
        ("EN77 1AA", NoCouncil("EN77 1AA", Why.POST_BOX)),
        ("EN77 1", NoCouncil("EN77 1", Why.POST_BOX)),
        ("EN77", NoCouncil("EN77", Why.POST_BOX)),
    ],
)
def test_place_without_a_council_is_told_apart(typed, answer):
    assert look_up(typed, TABLE) == answer


@pytest.mark.parametrize("typed", ["hello", "HU5 2TYY", "QQ1 1AA", "HU5 2CK", "😀", "\x00", "D02 AF3", "BFPO"])
def test_what_is_no_postcode_is_said_to_be_none(typed):
    assert look_up(typed, TABLE) == NotAPostcode(typed)


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_nothing_typed_is_an_answer_of_its_own(typed):
    assert look_up(typed, TABLE) == NothingTyped()


@given(st.text() | st.text("HUSOI015 2tyBFPO", max_size=9) | st.characters().map(lambda each: each * 10_000))
def test_any_text_has_an_answer(text):
    look_up(text, TABLE)


def test_every_unit_of_every_border_sector_is_exact():
    """Against the file itself, read in another way: all exceptions, and of the rest the units of two equal letters."""
    border = [row for row in rows() if row["exceptions"]]
    wrong = []
    for row in border:
        exceptions = exceptions_of(row)
        for unit in UNITS | exceptions.keys():
            found = look_up(row["place"] + unit, TABLE)
            neighbours = set() if unit in exceptions else set(exceptions.values())
            expected = (exceptions.get(unit, row["councils"]), neighbours)
            if (found.council, set(found.neighbours)) != expected:
                wrong.append((found, expected))
    assert (len(border), wrong) == (1863, [])


def test_every_row_of_the_table_is_found_whole_and_in_part():
    wrong, sectors = [], 0
    for row in rows():
        place, councils = row["place"], row["councils"].split()
        touched = {*councils, *exceptions_of(row).values()}
        part = look_up(place, TABLE)
        if " " in place:
            sectors += 1
            whole = look_up(f"{place.replace(' ', '').lower()}AA", TABLE)
            exceptions = exceptions_of(row)
            beside = () if "AA" in exceptions else tuple(council for council in part.councils if council != councils[0])
            expected = Found(f"{place}AA", exceptions.get("AA", councils[0]), neighbours=beside)
        else:
            whole = look_up(f"{place} 1AA", TABLE)
            certain = Found(f"{place} 1AA", councils[0]) if councils else NoCouncil(f"{place} 1AA", Why.POST_BOX)
            old = BestGuess(f"{place} 1AA", place, tuple(councils))
            expected = certain if int(row["live"]) else old
        known = set(part.councils) if isinstance(part, PartOnly) else set()
        if whole != expected or known != touched:
            wrong.append((row, whole, part))
    assert (sectors, wrong) == (10_847, [])


def test_every_district_gives_the_councils_of_its_sectors():
    touched: dict[str, set[str]] = {}
    for row in rows():
        district = row["place"].split()[0]
        touched.setdefault(district, set()).update(row["councils"].split(), exceptions_of(row).values())
    answers = {district: look_up(district, TABLE) for district in touched}
    wrong = [
        district
        for district, councils in touched.items()
        if answers[district] != NoCouncil(district, Why.POST_BOX) and set(answers[district].councils) != councils
    ]
    assert (len(touched), wrong) == (2974, [])


def test_every_council_of_the_table_is_one_of_ours_today():
    with (PLACES / "councils.csv").open(encoding="utf-8", newline="") as file:
        ours = {row["gss_code"] for row in csv.DictReader(file)}
    table = {council for row in TABLE.values() for council in (*row.councils, *row.exceptions)}
    assert (table - ours, {code[:3] for code in ours - table}) == (set(), {"N09"})


def test_councils_stand_in_the_order_of_their_postcodes():
    table = {"HU5 1": Row(("A",), 3, {"C": frozenset(["AA", "AB"])}), "HU5 2": Row(("B",), 9)}
    assert look_up("HU5", table) == PartOnly("HU5", ("B", "C", "A"))
