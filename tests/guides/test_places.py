from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from guides import places
from guides.places import PlaceAnswer, answer_for, councils_by_region, councils_near, postcode_table
from sendguide.lib.postcodes import BestGuess, Found, NotAPostcode, PartOnly, Unknown
from tests import factories

HULL, EAST_RIDING = "E06000010", "E06000011"


@pytest.mark.django_db
def test_whole_postcode_is_answered_with_its_council(django_assert_num_queries):
    hull = factories.council(code=HULL)
    postcode_table()
    with django_assert_num_queries(1):
        found = answer_for("hu5 2ty")
    assert found == PlaceAnswer(Found("HU5 2TY", HULL), (hull,))
    assert (found.council, found.message.happened) == (hull, "We found your council.")


@pytest.mark.django_db
def test_postcode_of_a_border_sector_is_answered_with_the_neighbours_too(django_assert_num_queries):
    east_riding, hull = factories.council(code=EAST_RIDING), factories.council(code=HULL)
    postcode_table()
    with django_assert_num_queries(1):
        found = answer_for("hu12 8zz")
    assert (found.council, found.neighbours) == (east_riding, (hull,))
    assert answer_for("hu12 8yj").neighbours == ()


@pytest.mark.django_db
def test_neighbour_that_we_do_not_have_is_left_out():
    east_riding = factories.council(code=EAST_RIDING)
    assert (answer_for("HU12 8ZZ").council, answer_for("HU12 8ZZ").neighbours) == (east_riding, ())


@pytest.mark.django_db
def test_only_councils_of_ours_are_near_and_at_most_four(django_assert_num_queries):
    near = [factories.council(slug=slug) for slug in "abcde"]
    with django_assert_num_queries(1):
        assert set(councils_near(["a", "nowhere", "\x00", "b"])) == set(near[:2])
    assert set(councils_near("abcde")) == set(near[:4])
    with django_assert_num_queries(0):
        assert councils_near([]) == councils_near(["HU5 2TY", "x" * 81]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("HU5 9AA", BestGuess("HU5 9AA", "HU5", (HULL, EAST_RIDING))),
        ("HU5", PartOnly("HU5", (HULL, EAST_RIDING))),
    ],
)
def test_candidates_stand_in_the_order_of_the_answer_and_none_is_certain(typed, answer):
    east_riding, hull = factories.council(code=EAST_RIDING), factories.council(code=HULL)
    found = answer_for(typed)
    assert found == PlaceAnswer(answer, (hull, east_riding))
    assert found.council is None


@pytest.mark.django_db
def test_single_candidate_is_not_certain_either():
    factories.council(code=HULL)
    assert answer_for("HU1").council is None


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["HU5 2TY", "HU5 9AA", "HU5"])
def test_council_that_we_do_not_have_makes_the_postcode_unknown(typed):
    factories.council(code=EAST_RIDING)
    assert answer_for(typed) == PlaceAnswer(Unknown(typed))


def test_what_is_no_postcode_needs_no_database():
    assert answer_for("hello") == PlaceAnswer(NotAPostcode("hello"))


def test_table_is_read_at_the_first_question_and_only_once(monkeypatch):
    read = []

    def read_table(path: Path) -> dict:
        read.append(path.name)
        return {}

    monkeypatch.setattr(places, "read_table", read_table)
    places._table.cache_clear()
    try:
        with ThreadPoolExecutor(8) as pool:
            tables = list(pool.map(lambda _: postcode_table(), range(64)))
    finally:
        places._table.cache_clear()
    assert read == ["postcodes.csv"]
    assert {id(table) for table in tables} == {id(tables[0])}


@pytest.mark.django_db
def test_councils_stand_under_their_nations_and_regions_by_the_name_that_is_shown():
    fife = factories.council(name="Fife Council", nation="Scotland", region="Scotland")
    york = factories.council(name="City of York", short_names=["York"], region="Yorkshire")
    hull = factories.council(name="Kingston upon Hull", short_names=["Hull"], region="Yorkshire")
    bexley = factories.council(name="Bexley", region="London")
    assert councils_by_region() == [
        ("England", [("London", [bexley]), ("Yorkshire", [hull, york])]),
        ("Scotland", [("Scotland", [fife])]),
    ]
