import pytest

from guides.search.postcodes import postcode_in


@pytest.mark.parametrize(
    ("typed", "postcode", "rest"),
    [
        ("hu5 2ty", "hu5 2ty", ""),
        ("HU52TY", "HU52TY", ""),
        ("respite near hu5-2ty, please", "hu5-2ty", "respite near , please"),
        ("w1a oaa", "w1a oaa", ""),
        ("HU5 2TY?!", "HU5 2TY", ""),
        ("eh1 1aa autism", "eh1 1aa", "autism"),
    ],
)
def test_postcode_is_seen_wherever_it_stands(typed, postcode, rest):
    assert postcode_in(typed) == (postcode, rest)


@pytest.mark.parametrize(
    "typed", ["", "hu5", "send35a", "ks2 sats", "section s19", "1 to 1", "2nd year", "a1 2bcd", "so oil"]
)
def test_other_words_are_none(typed):
    assert postcode_in(typed) == ("", typed)
