import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sendguide.lib import phones
from sendguide.lib.phones import NotAPhone, Phone, uk_phone

# Nearly numbers, from all the signs that people put into them.
nearly_numbers = st.text("0123456789+()-. /\u00a0０７", max_size=25)
ten_digits = st.from_regex(r"(18001 ?|18002 |)(\+44|0044|0|)[1-9][0-9]{8,9}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900123",
        "07700900123",
        "  07700  900 123  ",
        "07700-900-123",
        "07700.900.123",
        "(07700) 900123",
        "+447700900123",
        "+44 7700 900123",
        "+44 (0)7700 900123",
        "(+44) 7700 900123",
        "＋44 7700 900123",
        "0044 7700 900123",
        "00 44 (0) 7700 900123",
        "447700900123",
        "7700 900123",
        "０７７００　９００１２３",
        "\u202a07700\u00a0900123\u202c",  # as copied from a list of contacts
        "07700\u2013900123",
        "٠٧٧٠٠٩٠٠١٢٣",
    ],
)
def test_every_spelling_is_one_number(typed):
    assert uk_phone(typed) == Phone(number="+447700900123")


@pytest.mark.parametrize(
    ("typed", "number", "in_words"),
    [
        # Ofcom keeps these for films and for examples.
        ("020 7946 0000", "+442079460000", "020 7946 0000"),
        ("0113 496 0999", "+441134960999", "0113 496 0999"),
        ("01632 960001", "+441632960001", "01632 960001"),
        ("0808 157 0000", "+448081570000", "0808 157 0000"),
        ("03069 990000", "+443069990000", "0306 999 0000"),
        # The few with fewer digits
        ("016977 2345", "+44169772345", "016977 2345"),
        ("0800 1111", "+448001111", "0800 1111"),
        # Jersey, Guernsey, Isle of Man
        ("01534 123456", "+441534123456", "01534 123456"),
        ("+44 1481 123456", "+441481123456", "01481 123456"),
        ("07624 900123", "+447624900123", "07624 900123"),
        # An area code, not enquiries
        ("0118 496 0123", "+441184960123", "0118 496 0123"),
        ("056 1234 5678", "+445612345678", "056 1234 5678"),
    ],
)
def test_number_has_one_spelling_to_keep_and_one_to_show(typed, number, in_words):
    phone = uk_phone(typed)
    assert (phone.number, phone.prefix, phone.in_words) == (number, "", in_words)


@pytest.mark.parametrize(
    ("typed", "prefix", "in_words"),
    [
        ("18001 07700 900123", "18001", "18001 07700 900123"),
        ("1800107700900123", "18001", "18001 07700 900123"),
        ("18001+447700900123", "18001", "18001 07700 900123"),
        ("18001 - 0044 7700 900123", "18001", "18001 07700 900123"),
        ("18002 07700 900123", "18002", "18002 07700 900123"),
    ],
)
def test_textphone_prefix_is_kept_apart(typed, prefix, in_words):
    phone = uk_phone(typed)
    assert phone == Phone(number="+447700900123", prefix=prefix)
    assert phone.in_words == in_words


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", phones.EMPTY),
        ("   ", phones.EMPTY),
        ("none", phones.EMPTY),
        ("+", phones.EMPTY),
        ("①", phones.EMPTY),
        ("18001", phones.TOO_SHORT),
        ("1", phones.TOO_SHORT),
        ("07700 90012", phones.TOO_SHORT),
        ("020 7946 000", phones.TOO_SHORT),
        ("946 0000", phones.TOO_SHORT),
        ("+44", phones.TOO_SHORT),
        ("+44 7700", phones.TOO_SHORT),
        ("0300 123", phones.TOO_SHORT),
        ("07700 9001234", phones.TOO_LONG),
        ("07700 900123 / 07700 900124", phones.TOO_LONG),
        ("9" * 1000, phones.TOO_LONG),
        ("+1 202 555 0100", phones.NOT_UK),
        ("001 202 555 0100", phones.NOT_UK),
        ("+33 1 23 45 67 89", phones.NOT_UK),
        ("+353 1 234 5678", phones.NOT_UK),
        ("+999 123456789", phones.NOT_UK),
        ("04700 900123", phones.NOT_UK),
        ("06700 900123", phones.NOT_UK),
        ("+44 00 7700 90012", phones.NOT_UK),
        ("0909 879 0123", phones.NO_CALLS),
        ("+44 909 879 0123", phones.NO_CALLS),
        ("0999 999 9999", phones.NO_CALLS),
        ("0871 234 5678", phones.NO_CALLS),
        ("070 1234 5678", phones.NO_CALLS),
        ("07600 123456", phones.NO_CALLS),
        ("18001 09098790123", phones.NO_CALLS),
        ("118", phones.NO_CALLS),
        ("118 500", phones.NO_CALLS),
        ("116 123", phones.NO_CALLS),
        ("999", phones.NO_CALLS),
        ("18000", phones.NO_CALLS),
        ("111", phones.NO_CALLS),
        ("07700 900123 ext 5", phones.NOT_ONLY_A_NUMBER),
        ("0800 FLOWERS", phones.NOT_ONLY_A_NUMBER),
        ("07700 9OO123", phones.NOT_ONLY_A_NUMBER),
        ("07700 900123 after 6", phones.NOT_ONLY_A_NUMBER),
    ],
)
def test_other_text_is_refused_with_its_reason(typed, message):
    with pytest.raises(NotAPhone) as refused:
        uk_phone(typed)
    assert str(refused.value) == message


def test_reasons_are_different_sentences():
    reasons = {
        phones.EMPTY,
        phones.NOT_ONLY_A_NUMBER,
        phones.TOO_SHORT,
        phones.TOO_LONG,
        phones.NOT_UK,
        phones.NO_CALLS,
    }
    assert len(reasons) == 6
    assert all(reason[0].isupper() and reason.endswith(".") for reason in reasons)


@given(st.text() | nearly_numbers | ten_digits)
@example("+44 0000000000")
@example("+" * 300)
@example("1800" * 3)
@example("٠٧٧+٤٤")
def test_any_text_is_a_phone_or_refused(typed):
    try:
        phone = uk_phone(typed)
    except NotAPhone:
        return
    assert uk_phone(phone.in_words) == phone
    assert uk_phone(phone.number).number == phone.number
    assert phone.number.startswith("+44")
    assert phone.number[1:].isascii()
    assert phone.number[1:].isdigit()


@given(st.integers(7_100_000_000, 7_599_999_999).map(str), st.sampled_from(["", "18001 ", "18002"]))
def test_every_mobile_number_is_taken(national, prefix):
    phone = uk_phone(f"{prefix}0{national}")
    assert phone == Phone(number=f"+44{national}", prefix=prefix.strip())
    assert phone.in_words.replace(" ", "") == f"{prefix.strip()}0{national}"
