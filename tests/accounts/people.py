"""Staff who log in, with the phone in their hand."""

import time
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from sendguide.accounts import second_step
from tests import factories

PASSWORD = "three quiet words"
LOGIN, CODE, SET_UP = "/admin/login/", "/admin/login/code/", "/admin/login/set-up/"
CODES, MINE = "/admin/login/recovery-codes/", "/admin/my-second-step/"


def member(*permissions: str, **fields: Any) -> User:
    return factories.staff(*permissions, **{"password": PASSWORD} | fields)


def digits_of(key: str, *, ahead: int = 0) -> str:
    """What an app with ``key`` (hex) shows; ``ahead`` counts steps of 30 seconds."""
    app = TOTP(bytes.fromhex(key))
    app.time = time.time() + 30 * ahead
    return f"{app.token():06}"


def wrong_digits(key: str) -> str:
    """None of those that are taken now."""
    taken = {digits_of(key, ahead=ahead) for ahead in range(-3, 4)}
    return next(code for code in (f"{number:06}" for number in range(10)) if code not in taken)


def with_phone(person: User) -> TOTPDevice:
    """Somebody who has set up a second step, at a time that is past: the digits of now are not used."""
    phone = second_step.new_phone(person, "ab" * 20)
    phone.confirmed = True
    phone.save()
    second_step.make_codes(person=person)
    second_step.keep_codes(person=person, phone=None, may_replace=True)
    return phone


def recovery_codes(person: User) -> list[str]:
    return [
        token.token for device in person.staticdevice_set.filter(confirmed=True) for token in device.token_set.all()
    ]


def give_password(client: Client, person: User, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(f"{LOGIN}?next=/admin/", {"username": person.username, "password": password}, **extra)


def logged_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200
