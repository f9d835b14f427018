"""What our rules for passwords add to Django's."""

import re
from typing import Any

from django.core.exceptions import ValidationError

OUR_NAME = re.compile(r"send\W*guide", re.IGNORECASE)
# As much as a password may at least have beside the name.
BESIDE = 8
SENTENCE = "This password is little more than the name of this site, which is tried first. Take other words."


class NotTheSitesName:
    def validate(self, password: str, user: Any = None) -> None:
        rest, found = OUR_NAME.subn("", password)
        if found and len(rest) < BESIDE:
            raise ValidationError(SENTENCE, code="password_is_our_name")

    def get_help_text(self) -> str:
        return "Three words that have nothing to do with each other make a good password. Never one you use elsewhere."
