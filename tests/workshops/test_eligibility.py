import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.eligibility import Area, Home, Reach, brief, is_open_to, listed, reach_in_words, region_in_words

HULL = Home("E06000010", "Yorkshire and The Humber", "England")
FIFE = Home("S12000047", "Scotland", "Scotland")
LEEDS = Home("E08000035", "Yorkshire and The Humber", "England")
homes = st.builds(Home, *(st.sampled_from(values) for values in (["A", "B"], ["North", "South"], ["England", "Wales"])))
parts = [st.frozensets(st.sampled_from(v)) for v in (["A", "B"], ["North", "South"], ["England", "Wales"])]
areas = st.builds(Area, *parts)


@pytest.mark.parametrize(
    ("area", "inside"),
    [
        (Area(), []),
        (Area(councils=frozenset({"E06000010"})), [HULL]),
        (Area(regions=frozenset({"Yorkshire and The Humber"})), [HULL, LEEDS]),
        (Area(nations=frozenset({"Scotland"})), [FIFE]),
        (Area(frozenset({"E06000010"}), frozenset(), frozenset({"Scotland"})), [HULL, FIFE]),
    ],
)
def test_area_takes_in_councils_regions_and_nations(area, inside):
    assert [home for home in (HULL, LEEDS, FIFE) if home in area] == inside


@given(homes, areas)
def test_everywhere_except_an_area_is_the_opposite_of_only_that_area(home, area):
    assert is_open_to(home, Reach.EXCEPT, area) is not is_open_to(home, Reach.ONLY, area)
    assert is_open_to(home, Reach.EVERYONE, area)


def test_only_is_open_inside():
    assert is_open_to(HULL, Reach.ONLY, Area(councils=frozenset({"E06000010"})))
    assert not is_open_to(LEEDS, Reach.ONLY, Area(councils=frozenset({"E06000010"})))


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Hull"], "Hull"),
        (["Leeds", "York"], "Leeds and York"),
        (["Scotland", "the North West", "Leeds"], "Scotland, the North West and Leeds"),
        (["Hull", "ERYC", "NE Lincs", "N Lincs"], "Hull, ERYC, N & NE Lincs"),
        (["N Lincs", "N Northants", "W Northants"], "N Lincs, N & W Northants"),
        (["N Lincs", "Hull"], "N Lincs and Hull"),
        (["B&NES", "Bristol"], "B&NES and Bristol"),
    ],
)
def test_listed(names, words):
    assert listed(names) == words


def test_reach_in_words():
    names = ["Hull", "ERYC", "NE Lincs", "N Lincs"]
    assert reach_in_words(Reach.EXCEPT, names) == "For all areas outside Hull, ERYC, N & NE Lincs"
    assert reach_in_words(Reach.ONLY, ["Wales"]) == "Only for Wales"
    assert reach_in_words(Reach.EVERYONE, names) == "For all areas"


@pytest.mark.parametrize(
    ("short_names", "word"),
    [
        (["Hull", "Kingston upon Hull"], "Hull"),
        (["York", "CYC"], "York"),
        (["East Riding of Yorkshire", "ERYC", "East Riding"], "ERYC"),
        (["North East Lincolnshire", "NE Lincs"], "NE Lincs"),
        (["North Lincolnshire", "N Lincs"], "N Lincs"),
        (["Bath and North East Somerset", "B&NES"], "B&NES"),
        (["Redcar and Cleveland", "Redcar"], "Redcar and Cleveland"),
        (["Newcastle upon Tyne", "Newcastle"], "Newcastle upon Tyne"),
        (["Barking and Dagenham", "Barking & Dagenham"], "Barking and Dagenham"),
    ],
)
def test_brief(short_names, word):
    assert brief(short_names) == word


def test_region_in_words():
    assert [region_in_words(name) for name in ("North West", "London")] == ["the North West", "London"]
