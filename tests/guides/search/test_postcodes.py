import pytest

from guides.search.postcodes import districts_in, postcodes_in


@pytest.mark.parametrize(
    ("typed", "postcodes", "rest"),
    [
        ("hu5 2ty", ["hu5 2ty"], ""),
        ("HU52TY", ["HU52TY"], ""),
        ("hu5\u00a02ty", ["hu5\u00a02ty"], ""),
        ("HU5–2TY", ["HU5–2TY"], ""),
        ("HU5 ‑ 2TY", ["HU5 ‑ 2TY"], ""),
        ("respite near hu5-2ty, please", ["hu5-2ty"], "respite near , please"),
        ("near hu5 2ty please", ["hu5 2ty"], ""),
        ("w1a oaa", ["w1a oaa"], ""),
        ("HU5 2TY?!", ["HU5 2TY"], ""),
        ("eh1 1aa autism", ["eh1 1aa"], "autism"),
        ("hu5 2ty and ls1 4ap", ["hu5 2ty", "ls1 4ap"], ""),
        ("move from hu5 2ty to ls14ap", ["hu5 2ty", "ls14ap"], "move from to"),
    ],
)
def test_postcodes_are_seen_wherever_they_stand(typed, postcodes, rest):
    assert postcodes_in(typed) == (postcodes, rest)


@pytest.mark.parametrize(
    "typed",
    ["", "hu5", "send35a", "ks2 sats", "section s19", "1 to 1", "2nd year", "a1 2bcd", "so oil", "p45 2nd", "zz9 9zz"],
)
def test_other_words_are_none(typed):
    assert postcodes_in(typed) == ([], typed)


def test_first_parts_are_seen_among_other_words():
    assert districts_in("respite HU5, or hu17") == (["HU5", "hu17"], "respite , or")
    for typed in ("section s19", "ks2 sats", "send35a", "year 5", "p45", "p16 help", "123"):
        assert districts_in(typed) == ([], typed)
