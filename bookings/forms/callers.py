"""What staff write down about somebody whom we are to call."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import QueryDict

from bookings.actions import Caller
from bookings.actions.callers import SAID
from bookings.availability import Wanted, can_help, known_topics
from bookings.forms.details import LONGEST_WORD, MOST_ABOUT, MOST_ACCESS
from bookings.forms.phone import PhoneField
from bookings.models import Booking
from guides.forms.unseen_changes import OpenedAt
from guides.models import Council, Topic
from sendguide.guard.fields import LongText
from sendguide.lib.phones import Phone

CANNOT_HELP = (
    "{} cannot help with this topic, or does not know the law where they live. Nothing is changed yet. Leave topic and "
    "council as they were, or move the call to somebody who can help, and come back."
)


class WantedForm(forms.Form):
    """What they want to talk about, and where they live: both say who can help."""

    topic = forms.ModelChoiceField(Topic.objects.order_by("order", "name"), required=False, empty_label="Not said")
    council = forms.ModelChoiceField(Council.objects.order_by("name"), required=False, empty_label="Not said")


class CallerForm(forms.Form):
    """What the caller says, in the order in which one asks for it."""

    name = forms.CharField(
        label="Their name",
        max_length=120,
        widget=AdminTextInputWidget,
        error_messages={"required": "Enter their name. The first name is enough."},
    )
    phone = PhoneField(
        label="Phone number",
        max_length=40,
        # The browser would offer the number of whoever sits at the desk.
        widget=AdminTextInputWidget(attrs={"inputmode": "tel"}),
        help_text="A textphone or Relay UK? Choose Relay UK below. The diary then adds 18002.",
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        max_length=254,
        widget=AdminTextInputWidget(attrs={"inputmode": "email", "spellcheck": "false"}),
        help_text="If they have one: the time, a reminder and a link to move or cancel go there.",
        error_messages={"invalid": "Enter an e-mail address such as name@example.org, or leave it empty."},
    )
    may_say_who = forms.BooleanField(label="We may say who is calling if someone else answers", required=False)
    may_leave_message = forms.BooleanField(label="We may leave a message", required=False)
    word = forms.CharField(
        label="A word of their choice",
        required=False,
        max_length=LONGEST_WORD,
        widget=AdminTextInputWidget,
        help_text="The adviser says it first, so that they know the call is from us.",
    )
    access_needs = forms.MultipleChoiceField(
        label="What they need for the call",
        choices=Booking.Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    access_details = forms.CharField(
        label="More about it",
        required=False,
        max_length=MOST_ACCESS,
        widget=AdminTextInputWidget,
        help_text="Such as which language.",
    )
    about = LongText(
        label="What they would like to talk about",
        required=False,
        max_length=MOST_ABOUT,
        widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text="Please leave out names and diagnoses.",
        error_messages={"max_length": f"Please keep it to {MOST_ABOUT} characters."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].widget.attrs.pop("maxlength", None)

    def said_of_the_caller(self) -> dict[str, Any]:
        """Of the valid form, by the names of ``Caller``."""
        return {name: self.cleaned_data[name] for name in SAID}


class CorrectForm(WantedForm, CallerForm, OpenedAt):
    """The same about a call that is booked, as it is kept now."""

    WHERE_TO_LOOK = "Look at the call in another tab"

    def __init__(self, data: QueryDict | None, *, booking: Booking) -> None:
        kept = {name: getattr(booking, name) for name in (*SAID, "topic", "council")}
        phone = Phone(number=booking.phone, prefix=booking.phone_prefix).in_words if booking.phone else ""
        super().__init__(data, initial=kept | {"phone": phone, "opened_at": booking.updated_at.isoformat()})
        self.booking = booking

    def clean(self) -> dict[str, Any]:
        """What is kept already may stay, whoever can help with it."""
        cleaned = super().clean() or {}
        wanted, call = Wanted(cleaned.get("topic"), cleaned.get("council")), self.booking
        if wanted != Wanted(call.topic, call.council) and not can_help(
            call.adviser.nations, known_topics(call.adviser), wanted
        ):
            self.add_error(None, CANNOT_HELP.format(call.adviser.name))
        return cleaned

    def caller(self) -> Caller:
        """Of the valid form."""
        wanted = Wanted(self.cleaned_data["topic"], self.cleaned_data["council"])
        return Caller(wanted=wanted, submission_id=self.booking.submission_id, **self.said_of_the_caller())
