import pytest

from guides.search.spelling import Speller
from guides.search.words import ordinary_words

COUNTS = {
    "assessment": 9,
    "autism": 9,
    "senco": 3,
    "house": 1,
    "plan": 9,
    "plane": 1,
    "psychologist": 2,
    "its": 5,
    "s19": 1,
}
SPELLER = Speller.of(COUNTS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("assesment", "assessment"),
        ("autsim", "autism"),
        ("senko", "senco"),
        ("phsycologist", "psychologist"),
        ("plann", "plan"),
    ],
)
def test_mistake_is_put_right(typed, meant):
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize("typed", ["xyzzy", "sen", "s18", "2026", "psyhcolgosit", "hits"])
def test_what_is_not_near_enough_stays(typed):
    assert SPELLER.correct(typed) is None


def test_commoner_word_is_meant():
    assert Speller.of({"plan": 9, "plas": 1}).correct("plax") == "plan"


def test_ordinary_word_is_no_mistake():
    assert Speller.of({"house": 4}).correct("horse") == "house"
    assert Speller.of({"house": 4}, ordinary={"horse"}).correct("horse") is None


@pytest.mark.parametrize("word", ["horses", "pads", "pans", "resits", "scope", "booths"])
def test_other_forms_of_ordinary_words_are_no_mistakes_either(word):
    speller = Speller.of(
        {"house": 4, "pass": 1, "plans": 9, "rests": 1, "cope": 1, "both": 1}, ordinary=ordinary_words()
    )
    assert speller.correct(word) is None


@pytest.mark.parametrize(("typed", "other"), [("detention", "attention"), ("smashing", "masking")])
def test_two_mistakes_are_never_in_the_first_letter_too(typed, other):
    assert Speller.of({other: 9}).correct(typed) is None
    assert Speller.of({other: 9}).correct(f"{other[0]}x{other[2:]}") == other


def test_beginning_of_a_word():
    assert SPELLER.beginning_with("psych") == ["psychologist"]
    assert SPELLER.beginning_with("ps") == []
    assert SPELLER.beginning_with("x" * 500) == []
