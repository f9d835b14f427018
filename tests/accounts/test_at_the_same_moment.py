"""Two browsers send the same code at the same moment: one gets in."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django_otp.plugins.otp_totp.models import TOTPDevice

from sendguide.accounts.second_step import check_code
from tests.accounts.people import digits_of, member, recovery_codes, with_phone

pytestmark = pytest.mark.django_db(transaction=True)
BROWSERS = 6


def at_once(person, code):
    """How many of them get in."""
    start = Barrier(BROWSERS)

    def send(_):
        try:
            mine = User.objects.get(pk=person.pk)
            start.wait(30)
            return check_code(person=mine, typed=code) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(BROWSERS) as pool:
        return sum(pool.map(send, range(BROWSERS)))


def test_digits_let_one_in():
    person = member()
    assert at_once(person, digits_of(with_phone(person).key)) == 1


def test_recovery_code_lets_one_in():
    person = member()
    with_phone(person)
    assert at_once(person, recovery_codes(person)[0]) == 1


def test_without_the_lock_two_would_get_in():
    """So that the tests above have something to find: both have read before either writes."""
    person = member()
    code = digits_of(with_phone(person).key)
    first, second = (TOTPDevice.objects.get(user=person) for _ in range(2))
    assert [first.verify_token(code), second.verify_token(code)] == [True, True]
