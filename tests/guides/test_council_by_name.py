"""Names of councils: typed where a postcode is asked for, and above their own websites."""

import pytest

from tests import factories
from tests.whole_site.document import Document, words

pytestmark = pytest.mark.django_db

ADDRESS = "/guides/the-local-offer/find/"
WORKSHOPS = "/workshops/"


@pytest.fixture
def hull():
    factories.council(code="E06000011", slug="eryc", name="East Riding")
    return factories.council(code="E06000010", slug="hull", name="Hull City Council", short_names=["Hull"])


def ways_on(page) -> list[str]:
    return [a.get("href") for ul in Document(page.text).with_class("councils") for a in ul.iter("a")]


@pytest.mark.parametrize("typed", ["hull", "Hull City Council", "HULL ", "kingston upon hull"])
def test_name_of_a_council_in_the_box_for_postcodes_is_understood(client, hull, typed):
    page = client.post(ADDRESS, {"postcode": typed, "then": WORKSHOPS})
    assert page.status_code == 200
    assert "That is no postcode, but it may name your council." in page.text
    assert ways_on(page) == [f"{WORKSHOPS}?area=hull"]


@pytest.mark.parametrize("typed", ["HU5 2TY, Hull", "my postcode is hu52ty", "(HU5 2TY)"])
def test_postcode_among_other_words_is_found(client, hull, typed):
    assert client.post(ADDRESS, {"postcode": typed})["Location"] == hull.get_absolute_url()


def test_endless_text_is_not_looked_through(client, monkeypatch):
    lengths = []
    monkeypatch.setattr("guides.views.places.postcodes_in", lambda text: (lengths.append(len(text)) or [], text))
    assert client.post(ADDRESS, {"postcode": "hu52ty," * 9_000}).status_code == 422
    assert lengths == [200]


def test_page_that_is_no_council_is_not_offered_as_one(client, hull):
    factories.guide(title="Hullabaloo", body="A guide to noise.")
    assert ways_on(client.post(ADDRESS, {"postcode": "hullabaloo"})) == []


@pytest.mark.parametrize(
    ("slug", "heading"),
    [("belfast", "The council's own website"), ("education-authority", "The Education Authority's website")],
)
def test_website_is_named_for_whom_it_belongs_to(client, slug, heading):
    factories.guide(slug="the-local-offer")
    council = factories.council(slug=slug, nation="Northern Ireland", council_url="https://council.example/")
    assert heading in [words(each) for each in Document(client.get(council.get_absolute_url()).text).find("h2")]
