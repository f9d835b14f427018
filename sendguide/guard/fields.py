"""Questions that more than one form asks."""

import re
from typing import Any

from django import forms

LINK = re.compile(r"[\r\n\u2028\u2029]|://|www\.|\w\.(com|net|org|info|io|ru|uk|ly)\b", re.IGNORECASE)


class LongText(forms.CharField):
    """Of several lines. Browsers send two characters for the end of a line: counted, as people do, it is one."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class EmailAddressField(forms.EmailField):
    """The visitor's own. ``why``: what goes there, said to who leaves it empty."""

    def __init__(self, *, why: str, **kwargs: Any) -> None:
        about: dict[str, Any] = {
            "label": "Your e-mail address",
            "max_length": 254,
            "widget": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
            "error_messages": {
                "required": f"Enter your e-mail address: {why}.",
                "invalid": "Enter an e-mail address such as name@example.org",
            },
        }
        super().__init__(**about | kwargs)

    def clean(self, value: Any) -> str:
        """Without what the standard allows between quotation marks and a mail server may cut at: spaces of any kind."""
        return "".join(super().clean(value).split())


class NameField(forms.CharField):
    """A name stands first in an e-mail to an address that anybody may type: it carries no message of theirs."""

    def __init__(self, **kwargs: Any) -> None:
        about: dict[str, Any] = {
            "label": "Your name",
            "max_length": 120,
            "help_text": "Your first name is enough.",
            "widget": forms.TextInput(attrs={"autocomplete": "name"}),
            "error_messages": {"required": "Enter your name. Your first name is enough."},
        }
        super().__init__(**about | kwargs)

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if LINK.search(name):
            raise forms.ValidationError("Enter a name without a web address or line breaks.")
        return name
