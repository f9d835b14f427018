"""A council that staff type in: postcodes are matched to it by its code, workshops by its nation and region."""

import csv
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from guides.forms.reference import CODE
from guides.nations import REGIONS
from tests import factories
from tests.guides.admin.posting import errors_of, save

pytestmark = pytest.mark.django_db
BAD_CODE = "An official code is a letter and eight digits, such as E06000010."
NOT_OUT_THERE = "Enter a whole web address, such as https://www.example.org/"


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


@pytest.mark.parametrize("code", ["X", "E0600001", "06000010E", "E06 00010", "E0600001O", "E0600001٣"])
def test_code_of_another_form_is_refused(editor, code):
    assert errors_of(save(editor, factories.council(), code=code)) == {"code": [BAD_CODE]}


@pytest.mark.parametrize(
    ("nation", "region", "code", "letter"),
    [
        ("England", "London", "W06000001", "E"),
        ("Scotland", "Scotland", "E06000001", "S"),
        ("Wales", "Wales", "S12000033", "W"),
        ("Northern Ireland", "Northern Ireland", "K02000001", "N"),
    ],
)
def test_code_of_another_nation_is_refused(editor, nation, region, code, letter):
    response = save(editor, factories.council(), nation=nation, region=region, code=code)
    sentence = f"The codes of {nation} begin with {letter}. Look at the code and at the nation."
    assert errors_of(response) == {"code": [sentence]}
    assert errors_of(save(editor, factories.council(), nation=nation, region=region, code=letter + code[1:])) == {}


def test_region_is_one_that_is_known(editor):
    response = save(editor, factories.council(), region="Humber")
    assert errors_of(response) == {"region": ["Choose from what is offered. “Humber” is not among it."]}


@pytest.mark.parametrize(("nation", "code", "region"), [("Wales", "W06000001", "London"), ("England", "E1", "Wales")])
def test_region_is_one_of_its_nation(editor, nation, code, region):
    response = save(editor, factories.council(), nation=nation, region=region, code=code.ljust(9, "0"))
    assert errors_of(response) == {"region": [f"{region} is not in {nation}. Choose a region of {nation}."]}


def test_link_is_not_checked_on_a_day_to_come(editor):
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    response = save(editor, factories.council(), link_checked_on=f"{tomorrow:%d/%m/%Y}")
    assert errors_of(response) == {"link_checked_on": ["This day has not come yet. Please look at the year."]}
    assert errors_of(save(editor, factories.council(), link_checked_on=f"{today:%d/%m/%Y}")) == {}


@pytest.mark.parametrize("field", ["local_offer_url", "sendiass_url", "council_url"])
@pytest.mark.parametrize("address", ["http://localhost", "https://localhost:8000/x", "ftp://hull.example.org/"])
def test_address_that_families_cannot_open_is_refused(editor, field, address):
    assert errors_of(save(editor, factories.council(), **{field: address})) == {field: [NOT_OUT_THERE]}
    assert errors_of(save(editor, factories.council(), **{field: "http://hull.example.org/"})) == {}


def test_form_takes_the_codes_and_regions_of_all_our_councils():
    """Staff could not save them otherwise."""
    with (settings.BASE_DIR / "content/places/councils.csv").open(encoding="utf-8", newline="") as file:
        councils = list(csv.DictReader(file))
    for council in councils:
        assert CODE.fullmatch(council["gss_code"]), council["name"]
        assert council["gss_code"][0] == council["nation"][0], council["name"]
        assert council["region"] in REGIONS[council["nation"]], council["name"]
    assert {council["region"] for council in councils} == {name for names in REGIONS.values() for name in names}
