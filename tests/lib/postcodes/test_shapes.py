import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sendguide.lib.postcodes.shapes import AREAS, tidy

UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
sectors = st.from_regex(r"(B|E|G|L|M|N|S|W)[1-9][0-9]? [0-9]|(HU|SO|IG|OX|IP|CO|OL)[1-9][0-9]? [0-9]", fullmatch=True)
postcodes = st.builds("{}{}".format, sectors, st.text(UNIT_LETTERS, min_size=2, max_size=2))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("HU5 2TY", "HU5 2TY"),
        (" hu52ty ", "HU5 2TY"),
        ("hu5.2ty.", "HU5 2TY"),
        ("H U 5 - 2 T Y", "HU5 2TY"),
        ("“HU5\u00a02TY”", "HU5 2TY"),
        ("\uff28\uff35\uff15 2ty", "HU5 2TY"),  # wide letters of a Japanese keyboard
        ("hu5\u200b2ty 😀", "HU5 2TY"),
        ("HU5\x002TY", "HU5 2TY"),
        ("w1a 1aa", "W1A 1AA"),
        ("EC1A1BB", "EC1A 1BB"),
        ("cr0 2ab", "CR0 2AB"),
        ("hu5", "HU5"),
        ("hu 10", "HU10"),
        ("ec1a", "EC1A"),
        ("hu5 2", "HU5 2"),
        ("hu10 2", "HU10 2"),
        ("hu102", "HU10 2"),
        ("hu52", "HU52"),  # a district by its shape
        ("w1a 1", "W1A 1"),
        ("b1 1", "B1 1"),
    ],
)
def test_tidy_puts_case_spaces_and_dots_right(typed, meant):
    assert tidy(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("S014 3AA", "SO14 3AA"),
        ("SO14 3AA", "SO14 3AA"),
        ("s01 3aa", "SO1 3AA"),
        ("S1O 3AA", "S10 3AA"),
        ("SI 2AA", "S1 2AA"),
        ("SI1 2AA", "S11 2AA"),
        ("HU5 OTY", "HU5 0TY"),
        ("HUI IAA", "HU1 1AA"),
        ("1G1 1AA", "IG1 1AA"),
        ("0L1 1AA", "OL1 1AA"),
        ("CRO 2AB", "CR0 2AB"),
        ("WIT 1AA", "W1T 1AA"),
        ("ECIA 1BB", "EC1A 1BB"),
        ("EI 4AA", "E1 4AA"),
        ("EI4 4AA", "E14 4AA"),
        ("P0I2", "PO12"),
        ("HU5 O", "HU5 0"),
        ("SO 1", "SO1"),
    ],
)
def test_o_and_0_and_i_and_1_are_put_right_by_position(typed, meant):
    assert tidy(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "\x00", "hello", "HU", "5", "HU5 2T", "HU5 2TYY", "HU5 2T1", "1HU5 2TY", "HU123 4AB"),
        "QQ1 1AA",  # no such area
        "S0 1AA",
        "HU05 2TY",
        "HU5 2CK",  # letters that no postcode ends with
        "HU5 2TO",
        "HU5é 2TY",
        "S\u04151 2AA",  # a Cyrillic letter that looks like E
        "12 High Street HU5 2TY",
        f"{' ' * 10_000}x{' ' * 10_000}HU5 2TY",
        "HU5 2TY" * 1429,
    ],
    ids=lambda typed: ascii(typed)[:20],
)
def test_what_is_no_postcode_is_left_as_it_is(typed):
    assert tidy(typed) == typed


@given(st.text(max_size=60) | st.text("HUSOI015 2tyé.\x00😀", max_size=12) | st.characters().map(lambda c: c * 10_000))
@example("\x00")
@example("ß1 2AA")
@example("ﷺ" * 10_000)
def test_tidy_takes_any_text_and_has_nothing_to_do_the_second_time(text):
    assert tidy(tidy(text)) == tidy(text)


@given(postcodes, st.data())
def test_misread_and_badly_spaced_postcode_is_understood(postcode, data):
    swapped = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}
    body, unit = postcode[:-2].replace(" ", ""), postcode[-2:]
    typed = [data.draw(st.sampled_from(swapped.get(letter, letter))) for letter in body] + list(unit)
    gap = data.draw(st.sampled_from(["", " ", ".", "-", "\t", "\u2009"]))
    assert tidy(gap.join(typed).lower()) == postcode


@given(postcodes | sectors)
def test_postcode_comes_back_in_every_unicode_form(place):
    wide = "".join(chr(ord(each) + 0xFEE0) if each != " " else each for each in place)
    assert unicodedata.normalize("NFKC", wide) == place
    assert tidy(wide) == place


def test_all_areas_are_known():
    """124 that Royal Mail serves, islands included; Forces, banks, and Gibraltar."""
    assert len(AREAS) == 124 + 3
