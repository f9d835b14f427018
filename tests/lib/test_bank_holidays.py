from datetime import date

import pytest

from sendguide.lib.bank_holidays import bank_holidays

MONDAY_TO_FRIDAY = range(5)

# As GOV.UK lists them (gov.uk/bank-holidays), substitute days included.
ENGLAND_2026 = {(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)}
GOV_UK = {
    ("England", 2025): {(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)},
    ("England", 2026): ENGLAND_2026,
    ("England", 2027): {(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)},
    ("Wales", 2026): ENGLAND_2026,
    ("Scotland", 2026): {(1, 1), (1, 2), (4, 3), (5, 4), (5, 25), (6, 15), (8, 3), (11, 30), (12, 25), (12, 28)},
    ("Scotland", 2027): {(1, 1), (1, 4), (3, 26), (5, 3), (5, 31), (8, 2), (11, 30), (12, 27), (12, 28)},
    ("Northern Ireland", 2026): ENGLAND_2026 | {(3, 17), (7, 13)},
    ("Northern Ireland", 2027): {
        *[(1, 1), (3, 17), (3, 26), (3, 29), (5, 3), (5, 31)],
        *[(7, 12), (8, 30), (12, 27), (12, 28)],
    },
}


@pytest.mark.parametrize(("nation", "year"), list(GOV_UK))
def test_weekdays_are_those_that_gov_uk_lists(nation, year):
    weekdays = {day for day in bank_holidays(nation, [year]) if day.weekday() in MONDAY_TO_FRIDAY}
    assert weekdays == {date(year, month, day) for month, day in GOV_UK[nation, year]}


def test_day_itself_counts_besides_its_substitute():
    saturday, monday = date(2026, 12, 26), date(2026, 12, 28)
    assert {saturday, monday} <= bank_holidays("England", [2026])


def test_several_years_are_taken_together():
    assert bank_holidays("Wales", [2026, 2027]) == bank_holidays("Wales", [2026]) | bank_holidays("Wales", [2027])
    assert {day.year for day in bank_holidays("Wales", range(2026, 2029))} == {2026, 2027, 2028}


def test_no_years_have_no_holidays():
    assert bank_holidays("Scotland", []) == frozenset()


@pytest.mark.parametrize("nation", ["", "england", "Ireland", "GB"])
@pytest.mark.parametrize("years", [[], [2026]])
def test_other_nation_is_refused(nation, years):
    with pytest.raises(ValueError, match="England, Scotland, Wales or Northern Ireland"):
        bank_holidays(nation, years)
