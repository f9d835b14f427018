import re
from datetime import UTC, date, datetime, timedelta

import pytest

from bookings.forms import TimeForm
from bookings.forms.times import CHOOSE, GONE
from bookings.weeks import Day

FIRST = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
LATER = FIRST + timedelta(days=1)
DAYS = [Day(date(2026, 11, 30)), Day(date(2026, 12, 1), (FIRST,)), Day(date(2026, 12, 2), (LATER,))]


def opened(html: str) -> list[bool]:
    return [bool(found) for found in re.findall(r'<details class="day-fold"( open)?>', html)]


def test_time_that_was_sent_is_an_instant():
    form = TimeForm({"start": "20261201T1030Z"}, days=DAYS)
    assert (form.is_valid(), form.cleaned_data) == (True, {"start": FIRST})


@pytest.mark.parametrize("data", [{}, {"start": ""}, {"start": "soon"}, {"start": "\0"}])
def test_no_time_is_asked_again(data: dict):
    form = TimeForm(data, days=DAYS)
    assert (form.is_valid(), form.errors) == (False, {"start": [CHOOSE]})
    form.refuse()
    assert form.errors == {"start": [CHOOSE]}


def test_time_that_was_taken_meanwhile_is_refused():
    form = TimeForm({"start": "20261201T1030Z"}, days=DAYS)
    assert form.is_valid()
    form.refuse()
    assert form.errors == {"start": [GONE]}


def test_first_day_with_times_is_open():
    assert opened(str(TimeForm(days=DAYS)["start"])) == [True, False]


def test_chosen_time_stays_chosen_and_its_day_is_open():
    html = str(TimeForm({"start": "20261202T1030Z"}, days=DAYS)["start"])
    assert opened(html) == [False, True]
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["20261202T1030Z"]


def test_ones_own_time_is_shown_and_cannot_be_chosen():
    html = str(TimeForm(days=DAYS, own=FIRST)["start"])
    assert re.findall(r'name="start" value="(\w+)"', html) == ["20261202T1030Z"]
    assert "10:30am <span>yours now</span>" in html
    assert opened(html) == [False, True]


def test_days_without_times_have_no_buttons():
    html = str(TimeForm(days=DAYS[:1])["start"])
    assert ("No calls left" in html, "<input" in html) == (True, False)
