import pytest

from sendguide.lib.email_addresses import email_key, meant


def test_spellings_of_one_address_have_one_key():
    assert email_key(" Ann@Example.org ") == email_key("ann@example.ORG") == "ann@example.org"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ann@gmial.com", "ann@gmail.com"),
        ("Ann.O@GMAIL.CON", "Ann.O@gmail.com"),
        ("ann@gmai.con", "ann@gmail.com"),
        ("ann@gmail.co", "ann@gmail.com"),
        ("ann@gmail.co.uk", "ann@gmail.com"),
        ("ann@hotmial.co.uk", "ann@hotmail.co.uk"),
        ("ann@outlok.com", "ann@outlook.com"),
        ("ann@yahoo.couk", "ann@yahoo.co.uk"),
        ("ann@school.example.con", "ann@school.example.com"),
        ('"a@b"@gmial.com', '"a@b"@gmail.com'),
    ],
)
def test_mistyped_domain_is_known(typed, expected):
    assert meant(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("ann@gmail.com", "ann@GMAIL.com", "ann@ymail.com", "ann@mail.com", "ann@yahoo.co.uk", "ann@yahoo.com"),
        *("ann@live.com", "ann@sky.com", "ann@ski.com", "ann@example.org", "ann@hullcc.gov.uk", "ann@beacon.com"),
        *("ann@me.com", "ann@gmx.com", "ann@example.co", "ann@proton.me", "ann@talktalk.com.example"),
    ],
)
def test_other_addresses_are_taken_as_they_are(typed):
    assert meant(typed) is None
