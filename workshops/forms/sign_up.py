import re
from typing import Any

from django import forms

from sendguide.guard.forms import GuardedForm

MOST_ACCESS_NEEDS = 500
LINK = re.compile(r"[\r\n\u2028\u2029]|://|www\.|\w\.(com|net|org|info|io|ru|uk|ly)\b", re.IGNORECASE)


class SignUpForm(GuardedForm):
    """Whom to expect. The council is known before this form is shown: it stands in the page's address."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="Your first name is enough.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name. Your first name is enough."},
    )
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="We only e-mail you about this workshop.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your e-mail address: the link to join goes there.",
            "invalid": "Enter an e-mail address such as name@example.org",
        },
    )
    access_needs = forms.CharField(
        label="Anything we can do so that you can take part",
        required=False,
        max_length=MOST_ACCESS_NEEDS,
        help_text=(
            "For example captions, a BSL interpreter, or questions by chat. "
            "Please leave out your child's name and diagnosis."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Please keep it to {MOST_ACCESS_NEEDS} characters."},
    )

    def clean_name(self) -> Any:
        """A name stands first in an e-mail to an address that anybody may type: it carries no message of theirs."""
        name = self.cleaned_data["name"]
        if LINK.search(name):
            raise forms.ValidationError("Enter a name without a web address or line breaks.")
        return name

    def clean_email(self) -> Any:
        return "".join(self.cleaned_data["email"].split())
