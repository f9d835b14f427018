import pytest
from django.core.exceptions import ValidationError

from sendguide.guard.fields import EmailAddressField, NameField


@pytest.mark.parametrize("name", ["Ann", "Zoë O'Brien-Smith", "Dr. Ann Lee", "李安", "A. N. Other"])
def test_names_of_all_kinds_are_taken(name: str):
    assert NameField().clean(f" {name}\n") == name


@pytest.mark.parametrize("text", ["See www.spam.example", "http://x", "Win at spam.com", "Ann\nBuy", "Ann\u2028Buy"])
def test_message_is_no_name(text: str):
    with pytest.raises(ValidationError, match="Enter a name without a web address or line breaks"):
        NameField().clean(text)


def test_page_may_ask_in_its_own_words():
    field = NameField(label="Who?", required=False)
    assert (field.label, field.max_length, field.clean("")) == ("Who?", 120, "")


def test_address_has_no_space_of_any_kind_in_it():
    field = EmailAddressField(why="the link goes there")
    assert [field.clean(typed) for typed in (" ann@example.org\n", '"a\x0bb"@example.org')] == [
        "ann@example.org",
        '"ab"@example.org',
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter your e-mail address: the link goes there."),
        ("ann at example", "Enter an e-mail address such as name@example.org"),
    ],
)
def test_what_is_no_address_is_said(typed: str, sentence: str):
    with pytest.raises(ValidationError, match=f"^\\['{sentence}'\\]$"):
        EmailAddressField(why="the link goes there").clean(typed)
