"""What may stand in the address of a list."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.http import HttpRequest

from guides.admin.addresses import NoPatterns

YES_OR_NO = {"0", "1"}


def is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 10


class ClosedList(NoPatterns):
    """No more than the filters ask for: others could feel out what one may not read, or be an error of the database.

    ``looked_up``: each lookup with its values, or with a rule for them.
    """

    looked_up: Mapping[str, Collection[str] | Callable[[str], bool]] = {}

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        rule, text = self.looked_up.get(lookup, ()), str(value)
        return rule(text) if callable(rule) else text in rule


class ReadOnlyList(ClosedList):
    """To be read, by whoever may see it: what is in it changes in other ways, or never."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
