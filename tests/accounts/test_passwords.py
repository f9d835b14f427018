import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "password_too_short"),
        ("password1234", "password_too_common"),
        ("473920174650", "password_entirely_numeric"),
        ("marta.jones1", "password_too_similar"),
        ("SEND-Guide2026", "password_is_our_name"),
        ("sendguide!123", "password_is_our_name"),
    ],
)
def test_weak_password_is_refused(password, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User(username="marta.jones"))
    assert [each.code for each in refused.value.error_list] == [code]


@pytest.mark.parametrize("password", ["kettle sparrow lamp", "kettle sparrow sendguide", "ééééééééèèèè"])
def test_long_password_is_taken_whatever_it_is_made_of(password):
    validate_password(password, User(username="marta.jones"))
