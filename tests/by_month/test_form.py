"""The form for a period: what is understood, and what is said of the rest."""

from datetime import UTC, date, datetime

import pytest

from sendguide.by_month.form import PeriodForm
from sendguide.lib.months import Period

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
UNREADABLE = "We could not read this as a month. Write it like 2026-01 or January 2026."


def asked(**typed: str) -> PeriodForm:
    return PeriodForm({name.rstrip("_"): text for name, text in typed.items()}, now=NOW)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ({"from_": "2026-01", "to": "2026-12"}, (date(2026, 1, 1), date(2026, 12, 1))),
        ({"from_": "March 2026", "to": "3/2026"}, (date(2026, 3, 1), date(2026, 3, 1))),
        ({}, (date(2025, 12, 1), date(2026, 12, 1))),
        ({"from_": " ", "to": ""}, (date(2025, 12, 1), date(2026, 12, 1))),
        ({"from_": "2026-05"}, (date(2026, 5, 1), date(2026, 12, 1))),
        ({"from_": "2027-05"}, (date(2027, 5, 1), date(2027, 5, 1))),
        ({"to": "2024-06"}, (date(2023, 6, 1), date(2024, 6, 1))),
        ({"to": "2020-03"}, (date(2020, 1, 1), date(2020, 3, 1))),
        ({"to": "2020-01"}, (date(2020, 1, 1), date(2020, 1, 1))),
        ({"to": "Sept 2024"}, (date(2023, 9, 1), date(2024, 9, 1))),
        # Sixty months, and no more.
        ({"from_": "2022-01", "to": "2026-12"}, (date(2022, 1, 1), date(2026, 12, 1))),
    ],
)
def test_period_is_understood(typed, period):
    form = asked(**typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["period"] == Period(*period)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"from_": "soon", "to": "2026-12"}, {"from": [UNREADABLE]}),
        ({"from_": "2026-13", "to": "x"}, {"from": [UNREADABLE], "to": [UNREADABLE]}),
        ({"from_": "2019-12"}, {"from": ["Choose a month from the years 2020 to 2099."]}),
        ({"to": "2100-01"}, {"to": ["Choose a month from the years 2020 to 2099."]}),
        (
            {"from_": "2026-05", "to": "2026-04"},
            {"to": ["This is before the first month, May 2026. Choose that one, or a later one."]},
        ),
        (
            {"from_": "2021-12", "to": "2026-12"},
            {"to": ["These are 61 months. We can show 60 at once: choose fewer."]},
        ),
    ],
)
def test_wrong_period_is_refused_in_kind_words(typed, errors):
    assert asked(**typed).errors == errors


def test_what_is_no_month_stays_in_a_field_for_text():
    form = asked(from_="soon", to="2026-05")
    assert 'type="text" name="from" value="soon"' in " ".join(str(form["from"]).split())
    assert 'type="month" name="to" value="2026-05"' in " ".join(str(form["to"]).split())


def test_period_that_is_shown_stands_in_the_fields():
    form = PeriodForm.showing(Period(date(2026, 1, 1), date(2026, 5, 1)), NOW)
    assert 'type="month" name="from" value="2026-01"' in str(form["from"])
    assert 'type="month" name="to" value="2026-05"' in str(form["to"])
