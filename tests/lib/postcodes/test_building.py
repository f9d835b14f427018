import pytest

from sendguide.lib.postcodes.building import Codes, Counted, count, reasons_to_refuse, table_from
from sendguide.lib.postcodes.sources import Unit
from sendguide.lib.postcodes.table import Row

CODES = Codes({"E1", "E2", "N92000002"}, {"E9": ("E1",), "E8": ("E1", "E2"), "E7": ("E6",)})


def unit(postcode: str, council: str) -> Unit:
    district, rest = postcode.split()
    return Unit(district, f"{district} {rest[0]}", rest[1:], council)


def built(*units: Unit, old: dict[str, Row] | None = None) -> dict[str, Row]:
    return table_from(count(units, CODES), old or {}, CODES)


@pytest.mark.parametrize(("code", "council"), [("E1", "E1"), ("E9", "E1"), ("E8", None), ("E7", None), ("E0", None)])
def test_code_leads_to_one_council_of_today_or_to_none(code, council):
    assert CODES.council_for(code) == council


def test_sector_belongs_to_the_council_with_most_units():
    units = [unit("HU5 1AA", "E2"), unit("HU5 1AB", "E1"), unit("HU5 1AD", "E9"), unit("HU5 2AA", "E2")]
    assert built(*units) == {
        "HU5 1": Row(("E1",), 3, {"E2": frozenset(["AA"])}),
        "HU5 2": Row(("E2",), 1),
    }


def test_unknown_codes_are_counted_and_not_taken():
    counted = count([unit("HU5 1AA", "E0"), unit("HU5 1AB", "E0"), unit("HU5 1AD", "E8")], CODES)
    assert (counted.units, counted.unknown) == ({}, {"E0": 2, "E8": 1})


def test_northern_ireland_is_kept_by_district_only():
    units = [unit("BT1 1AA", "N09000003"), unit("BT1 2AA", "N09000003"), unit("BT2 1AA", "")]
    assert built(*units) == {"BT1": Row(("N92000002",), 2), "BT2": Row(("N92000002",), 1)}


def test_northern_ireland_stays_where_the_source_has_none_of_it():
    old = {"BT1": Row(("N92000002",), 838), "BT58": Row(("N92000002",), 0)}
    assert built(unit("HU5 1AA", "E1"), old=old) == {"HU5 1": Row(("E1",), 1), **old}


def test_post_boxes_are_known_where_a_district_has_nothing_else():
    units = [unit("EN77 1AA", ""), unit("EN77 2AA", ""), unit("HU5 1AA", "E1"), unit("HU5 9AA", "")]
    assert built(*units) == {"EN77": Row((), 2), "HU5 1": Row(("E1",), 1)}


def test_islands_are_left_out():
    assert count([unit("GY1 1AA", ""), unit("IM1 1AA", "M99999999")], CODES) == Counted()


def test_district_that_is_gone_keeps_its_councils_under_their_codes_of_today():
    old = {
        "HU5 1": Row(("E9",), 3, {"E2": frozenset(["AA"])}),
        "HU6": Row(("E9", "E2"), 0),
        "HU7 1": Row(("E8",), 1),  # shared out: nobody can tell
        "EN77": Row((), 2),
    }
    assert built(unit("B1 1AA", "E1"), old=old) == {
        "B1 1": Row(("E1",), 1),
        "HU5": Row(("E1", "E2"), 0),
        "HU6": Row(("E1", "E2"), 0),
    }


def test_sector_that_is_gone_leaves_its_district_to_the_others():
    old = {"HU5 1": Row(("E1",), 3), "HU5 2": Row(("E2",), 3)}
    assert built(unit("HU5 1AA", "E1"), old=old) == {"HU5 1": Row(("E1",), 1)}


@pytest.mark.parametrize(
    ("gone", "reasons"),
    [
        ([], []),
        (["HU1 0"], []),
        (["HU1 0", "HU1 1"], ["2 of 101 sectors would be lost."]),
        (["B1 1"], ["No postcode would be left in B."]),
    ],
)
def test_table_that_lost_much_is_refused(gone, reasons):
    old = {f"HU{number // 10 + 1} {number % 10}": Row(("E1",), 1) for number in range(100)} | {"B1 1": Row(("E1",), 1)}
    new = {place: row for place, row in old.items() if place not in gone}
    assert list(reasons_to_refuse(new, old)) == reasons


def test_table_without_postcodes_is_refused():
    assert list(reasons_to_refuse({"BT1": Row(("N92000002",), 1)}, {})) == ["There is no postcode in use in it."]
