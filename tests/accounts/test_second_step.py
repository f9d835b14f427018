"""Phones, recovery codes and when they count."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from sendguide.accounts import second_step
from tests.accounts.people import digits_of, member, recovery_codes, with_phone, wrong_digits

pytestmark = pytest.mark.django_db
KEY = "cd" * 20


def begun(person):
    return second_step.begin(person=person, key=KEY, code=digits_of(KEY))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("123 456", "123456"), (" 012-345 ", "012345"), ("MFRG GZD0", "mfrggzdo"), ("m1rg-gzd8", "mlrggzdb"), ("", "")],
)
def test_what_is_typed_is_read_kindly(typed, meant):
    assert second_step.tidy(typed) == meant


def test_phone_counts_when_its_codes_are_kept():
    person = member()
    phone = begun(person)
    assert not second_step.has_second_step(person)
    assert second_step.codes_left(person) == 0
    assert len(second_step.codes_to_keep(person)) == 10
    assert second_step.keep_codes(person=person, phone=phone.pk, may_replace=False) == phone
    assert second_step.has_second_step(person)
    assert second_step.codes_left(person) == 10
    assert second_step.codes_to_keep(person) == []


def test_wrong_digits_make_no_phone():
    person = member()
    assert second_step.begin(person=person, key=KEY, code=wrong_digits(KEY)) is None
    assert person.totpdevice_set.count() == 0
    assert second_step.codes_to_keep(person) == []


def test_digits_that_set_up_the_phone_do_not_log_in():
    person = member()
    code = digits_of(KEY)
    phone = second_step.begin(person=person, key=KEY, code=code)
    second_step.keep_codes(person=person, phone=phone.pk, may_replace=False)
    assert second_step.check_code(person=person, typed=code) is None


def test_digits_are_taken_once():
    person = member()
    phone = with_phone(person)
    code = digits_of(phone.key)
    assert second_step.check_code(person=person, typed=code) == phone
    assert second_step.check_code(person=person, typed=code) is None


def test_digits_are_known_as_used_while_the_app_may_show_them():
    person = member()
    phone = with_phone(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = digits_of(phone.key)
        assert not second_step.were_just_used(person=person, typed=code)
        second_step.check_code(person=person, typed=code)
        assert second_step.were_just_used(person=person, typed=f" {code[:3]} {code[3:]}")
        for other in (wrong_digits(phone.key), digits_of(phone.key, ahead=1), digits_of(phone.key, ahead=-1), ""):
            assert not second_step.were_just_used(person=person, typed=other)
        assert not second_step.were_just_used(person=member(), typed=code)
        clock.shift(timedelta(minutes=5))
        assert not second_step.were_just_used(person=person, typed=code)


def test_recovery_code_is_taken_once():
    person = member()
    with_phone(person)
    code = recovery_codes(person)[0]
    assert second_step.check_code(person=person, typed=f"{code[:4]} {code[4:].upper()}") is not None
    assert second_step.check_code(person=person, typed=code) is None
    assert second_step.codes_left(person) == 9


def test_codes_of_somebody_else_are_not_taken():
    person, other = member(), member()
    with_phone(person)
    phone = second_step.new_phone(other, "ef" * 20)
    phone.confirmed = True
    phone.save()
    assert second_step.check_code(person=other, typed=recovery_codes(person)[0]) is None
    assert second_step.check_code(person=person, typed=digits_of("ef" * 20)) is None


def test_after_wrong_digits_right_ones_wait_longer_each_time():
    person = member()
    phone = with_phone(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        waits = []
        for _ in range(4):
            assert second_step.check_code(person=person, typed=wrong_digits(phone.key)) is None
            waits.append(second_step.wait_before(person, "123456"))
            assert second_step.check_code(person=person, typed=digits_of(phone.key)) is None
            clock.shift(waits[-1])
        assert waits == [timedelta(seconds=number) for number in (1, 2, 4, 8)]
        assert second_step.wait_before(person, "mfrggzdo") == timedelta()
        assert second_step.check_code(person=person, typed=digits_of(phone.key)) == phone


def test_second_phone_does_not_replace_one_that_counts_unless_it_may():
    person = member()
    phone = begun(person)
    first = with_phone(person)
    phone.save()  # two had begun, each with the password
    assert second_step.keep_codes(person=person, phone=phone.pk, may_replace=False) is None
    assert list(person.totpdevice_set.filter(confirmed=True)) == [first]
    assert second_step.keep_codes(person=person, phone=phone.pk, may_replace=True) == phone
    assert list(person.totpdevice_set.all()) == [phone]


def test_new_codes_count_when_they_are_kept_and_the_old_ones_until_then():
    person = member()
    phone = with_phone(person)
    old = recovery_codes(person)
    second_step.make_codes(person=person)
    new = [code.replace(" ", "") for code in second_step.codes_to_keep(person)]
    assert second_step.check_code(person=person, typed=old[0]) is not None
    assert second_step.keep_codes(person=person, phone=None, may_replace=True) == phone
    assert sorted(recovery_codes(person)) == sorted(new)
    assert second_step.check_code(person=person, typed=old[1]) is None


def test_nobody_keeps_codes_with_a_password_alone():
    person = member()
    with_phone(person)
    second_step.make_codes(person=person)
    assert second_step.keep_codes(person=person, phone=None, may_replace=False) is None
    assert len(second_step.codes_to_keep(person)) == 10


def test_key_is_the_same_while_the_session_lasts_and_anybody_elses_is_another():
    one, other = SessionStore("a" * 32), SessionStore("b" * 32)
    person = member()
    key = second_step.key_for(person, one)
    assert len(bytes.fromhex(key)) == 20
    assert key == second_step.key_for(person, one)
    assert key not in {second_step.key_for(person, other), second_step.key_for(member(), one)}
