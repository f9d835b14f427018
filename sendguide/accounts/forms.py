"""The one box on the pages of the second step."""

import math
from datetime import timedelta
from typing import Any

from django import forms

from sendguide.guard.answers import in_words

# A code of eight letters, however it was typed; more is no code.
LONGEST = 40
WRONG_DIGITS = "This is not the number in the app now. It changes every 30 seconds: type the one that is there."
USED_DIGITS = (
    "This number was used already: each one counts once. Wait for the next number in the app, at most 30 seconds, and "
    "type that one."
)
WRONG_CODE = "We do not know this code. Each one can be used once. Look whether it is the newest, then try again."
WAIT = "After wrong codes we wait, a little longer each time. Please try again in {}."
ATTRIBUTES = {"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none"}


class CodeForm(forms.Form):
    use_required_attribute = False

    code = forms.CharField(
        max_length=LONGEST,
        error_messages={"required": "Type the code.", "max_length": WRONG_CODE},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def __init__(self, *args: Any, label: str, only_digits: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = label
        if only_digits:
            self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def refuse(self, sentence: str) -> None:
        self.add_error("code", sentence)

    def refuse_for(self, wait: timedelta) -> None:
        seconds = math.ceil(wait.total_seconds())
        in_seconds = f"{seconds} second{'' if seconds == 1 else 's'}"
        self.refuse(WAIT.format(in_seconds if seconds < 60 else in_words(wait)))
