"""Whom to call, and what helps them."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.urls import reverse
from django.utils.html import format_html

from bookings.forms.phone import PhoneField
from bookings.forms.times import GONE, StartField, Times
from bookings.models import Booking
from bookings.weeks import Day
from sendguide.guard.fields import EmailAddressField, LongText, NameField
from sendguide.guard.forms import FormWithEmail

MOST_ABOUT, MOST_ACCESS, LONGEST_WORD = 500, 200, 30
NO, YES = "no", "yes"
# True also of a call that staff booked without an address, and where our e-mail about it came earlier.
HAS_A_CALL = (
    "A call is booked already with this e-mail address or phone number. Look for our e-mail about it: it has a link to "
    "move or cancel the call. It goes to the address that the call was booked with. "
    '<a href="{}">No e-mail from us? Write to us, and we will sort it out with you</a>'
)
SAY_WHICH = {
    Booking.Need.LANGUAGE: "Say which language you need, so that we can look for an interpreter.",
    Booking.Need.OTHER: "Say what else you need, so that we can prepare.",
}
# One or a few words, of letters of any script.
WORD = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
WORD_IS = "Enter a word of 3 to 30 letters, such as sunshine."


class YesOrNo(forms.TypedChoiceField):
    """``no`` unless they say otherwise. Cleaned it is a bool."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[(YES, "Yes"), (NO, "No")],
            coerce=lambda answer: answer == YES,
            initial=NO,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose yes or no.", "invalid_choice": "Choose yes or no."},
            **kwargs,
        )


class DetailsForm(FormWithEmail):
    """The time stands in it unseen, until it turns out to be taken: then ``choose_again`` shows others."""

    field_order = ["start"]

    start = StartField(label="Choose another time", widget=forms.HiddenInput)
    name = NameField()
    phone = PhoneField(
        label="The phone number to call you on",
        help_text="A mobile or landline in the UK. If you use a textphone or Relay UK, choose Relay UK below.",
    )
    may_say_who = YesOrNo(label="If someone else answers, may we say who is calling?")
    may_leave_message = YesOrNo(label="If nobody answers, may we leave a message?")
    email = EmailAddressField(
        why="the link to move or cancel the call goes there",
        help_text="We will e-mail you the time, a reminder, and a link to move or cancel the call.",
    )
    word = forms.CharField(
        label="A word of your choice",
        help_text=(
            "The adviser says it first, so that you know that the call is from us. For example a colour or an animal. "
            "Do not use a password or your child's name."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": f"{WORD_IS} The adviser will say it first."},
    )
    access_needs = forms.MultipleChoiceField(
        label="Do you need any of these?",
        required=False,
        choices=Booking.Need.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    access_details = forms.CharField(
        label="Tell us more about what you need",
        required=False,
        max_length=MOST_ACCESS,
        help_text="For example the language, or “please speak slowly”.",
        error_messages={"max_length": f"Please keep it to {MOST_ACCESS} characters."},
    )
    about = LongText(
        label="What would you like to talk about?",
        required=False,
        max_length=MOST_ABOUT,
        help_text="One or two sentences are enough. Please leave out names and diagnoses.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Please keep it to {MOST_ABOUT} characters."},
    )

    def clean_access_details(self) -> str:
        """What nobody can prepare without being told more."""
        details: str = self.cleaned_data["access_details"]
        for need, question in SAY_WHICH.items():
            if need in self.cleaned_data.get("access_needs", ()) and not details:
                raise forms.ValidationError(question)
        return details

    def clean_word(self) -> str:
        word = " ".join(self.cleaned_data["word"].split())
        if not (3 <= len(word) <= LONGEST_WORD and WORD.fullmatch(word)):
            raise forms.ValidationError(WORD_IS)
        return word

    def refuse_second_call(self) -> None:
        """A family has one call at a time. Whose it is, is told by e-mail alone."""
        sentence = format_html(HAS_A_CALL, reverse("site_page", args=["contact"]))
        self.add_error(None, forms.ValidationError(sentence, code="has a call"))

    @property
    def has_a_call(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, "has a call")

    def choose_again(self, days: Iterable[Day]) -> None:
        """Show ``days`` to choose from instead of the time that they had."""
        self.fields["start"].widget = Times(days)
        if not self.has_error("start"):
            self.add_error("start", GONE)
