"""Booking a call for somebody who is on the line, or wrote to us."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import QueryDict

from bookings.actions import Caller
from bookings.availability import NO_NOTICE, Wanted, free_times
from bookings.forms.free_times import TimesForm
from bookings.forms.phone import PhoneField
from bookings.models import Booking
from guides.models import Council, Topic
from sendguide.guard.forms import SubmissionId
from sendguide.lib.dates import clock_time

MOST_WORDS = 500


class StaffBookingForm(TimesForm):
    """What the caller says, in the order in which one asks for it."""

    topic = forms.ModelChoiceField(Topic.objects.order_by("order", "name"), required=False, empty_label="Not said")
    council = forms.ModelChoiceField(Council.objects.order_by("name"), required=False, empty_label="Not said")
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
        help_text="A textphone or Relay UK: with 18001 before it.",
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
        max_length=30,
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
        max_length=200,
        widget=AdminTextInputWidget,
        help_text="Such as which language.",
    )
    about = forms.CharField(
        label="What they would like to talk about",
        required=False,
        max_length=MOST_WORDS,
        widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text="Please leave out names and diagnoses.",
        error_messages={"max_length": f"Please keep it to {MOST_WORDS} characters."},
    )
    submission_id = SubmissionId(initial=uuid4)

    def __init__(self, typed: QueryDict | None, *, now: datetime) -> None:
        super().__init__(typed)
        self.fields["about"].widget.attrs.pop("maxlength", None)
        starts = {*free_times(self.wanted(), now, notice=NO_NOTICE).advisers_at, *self._booked_before()}
        self.offer({start: [(start.isoformat(), clock_time(start))] for start in sorted(starts)})

    def _booked_before(self) -> list[datetime]:
        """The time that this very form has booked: sent a second time it is theirs, not taken."""
        try:
            submission_id = UUID(self.typed.get("submission_id", ""))
        except ValueError:
            return []
        return list(Booking.objects.booked().filter(submission_id=submission_id).values_list("starts_at", flat=True))

    def wanted(self) -> Wanted:
        """As far as it is said and makes sense, also while one leafs through the times."""
        return Wanted(topic=self._row("topic"), council=self._row("council"))

    def _row(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self.typed.get(name, ""))
        except forms.ValidationError:
            return None

    @property
    def start_at(self) -> datetime:
        return datetime.fromisoformat(self.cleaned_data["start"])

    def caller(self) -> Caller:
        """Of the valid form."""
        said = self.cleaned_data
        names = (
            *("name", "phone", "email", "submission_id", "may_say_who", "may_leave_message"),
            *("access_needs", "access_details", "word", "about"),
        )
        return Caller(wanted=self.wanted(), **{name: said[name] for name in names})
