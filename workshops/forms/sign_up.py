from django import forms

from sendguide.guard.fields import EmailAddressField, LongText, NameField
from sendguide.guard.forms import FormWithEmail

MOST_ACCESS_NEEDS = 500


class SignUpForm(FormWithEmail):
    """Whom to expect. The council is known before this form is shown: it stands in the page's address."""

    name = NameField()
    email = EmailAddressField(
        why="the link to join goes there",
        help_text="We only e-mail you about this workshop.",
    )
    access_needs = LongText(
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
