"""UK phone numbers as people type them: checked, and brought to one spelling."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

COUNTRY_CODE = 44  # also that of Jersey, Guernsey and the Isle of Man
FULL_LENGTH = 10  # digits after the 0; the few numbers with fewer are all known to the package

# 18001 is dialled before the number by people who type (textphone, Relay UK), 18002 by those who ring them.
PREFIXES = ("18001", "18002")
# Emergency and three-digit services, operator (100, 155, 18000), enquiries (118), helplines (116).
SERVICE = re.compile(r"999|1\d\d|18000|11[68]\d{3}")
# Premium rate, personal numbers, pagers (but 07624 is a mobile on the Isle of Man).
DEAR = re.compile(r"9|70|76(?!24)|87[123]")
IN_USE = re.compile(r"[123578]")

EMPTY = "Enter a phone number, like 07700 900123 or 020 7946 0000."
NOT_ONLY_A_NUMBER = "Enter only the phone number, in digits, without words or an extension."
TOO_SHORT = "This phone number is too short. Please check that it has all its digits, with the area code."
TOO_LONG = "This phone number is too long. Please check it, and enter one number only."
NOT_UK = "We can only call UK phone numbers. They begin with 0 or +44."
NO_CALLS = (
    "We cannot call emergency, enquiry, premium-rate or personal numbers (such as 999, 118, 09 or 070). "
    "Please enter a landline or mobile number."
)


class NotAPhone(ValueError):
    """The text is no UK number that we could call; the message says why, in words for whoever typed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """``number`` is in E.164 ("+447700900123"); ``prefix`` is "", "18001" or "18002"."""

    number: str
    prefix: str = ""

    @property
    def in_words(self) -> str:
        """07700 900123 · 18001 07700 900123"""
        national = phonenumbers.format_number(phonenumbers.parse(self.number), PhoneNumberFormat.NATIONAL)
        return f"{self.prefix} {national}".lstrip()


def uk_phone(text: str) -> Phone:
    """The number in ``text``, however it is spelt. NotAPhone, with a sentence fit for a form, if there is none."""
    if not any(sign.isdecimal() for sign in text):
        raise NotAPhone(EMPTY)
    if any(sign.isalpha() for sign in text):
        raise NotAPhone(NOT_ONLY_A_NUMBER)
    digits = _digits(text)
    prefix = digits[:5] if digits.startswith(PREFIXES) else ""
    dialled = digits.removeprefix(prefix)
    if SERVICE.fullmatch(dialled):
        raise NotAPhone(NO_CALLS)
    try:
        number = phonenumbers.parse(dialled, "GB")
    except NumberParseException as error:
        raise NotAPhone(_reason(error)) from error
    _check(number)
    return Phone(number=phonenumbers.format_number(number, PhoneNumberFormat.E164), prefix=prefix)


def _digits(text: str) -> str:
    """Digits of any script as 0 to 9, and every plus; nothing else."""
    signs = ["+" if sign == "＋" else sign for sign in text]
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in signs if sign.isdecimal() or sign == "+")


def _reason(error: NumberParseException) -> str:
    match error.error_type:
        case NumberParseException.INVALID_COUNTRY_CODE:
            return NOT_UK
        case NumberParseException.TOO_LONG:
            return TOO_LONG
        case _:
            return TOO_SHORT


def _check(number: phonenumbers.PhoneNumber) -> None:
    """Length and range only: whether a number is in use changes faster than any list, and examples should pass."""
    national = phonenumbers.national_significant_number(number)
    if number.country_code != COUNTRY_CODE:
        raise NotAPhone(NOT_UK)
    if phonenumbers.is_possible_number_with_reason(number) == ValidationResult.TOO_LONG:
        raise NotAPhone(TOO_LONG)
    if len(national) < FULL_LENGTH and not phonenumbers.is_valid_number(number):
        raise NotAPhone(TOO_SHORT)
    if DEAR.match(national):
        raise NotAPhone(NO_CALLS)
    if not IN_USE.match(national):
        raise NotAPhone(NOT_UK)
