"""What staff are asked before something happens to a whole date."""

from datetime import date as day
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone

from guides.forms.sentences import KindSentences
from sendguide.guard.forms import SubmissionId
from sendguide.lib.dates import date_and_time, same_clock_time_later, uk_day
from workshops.forms.dates import FARTHEST, TOO_FAR
from workshops.models import WorkshopDate

MOST_COPIES = 26
WEEK = timedelta(days=7)
# Or else a second press of the button would make as many again, in the weeks after.
MADE_ALREADY = (
    "No copies were made: this workshop has a date at this time already ({}). If you pressed the button twice, the "
    "first press made them: look at the list of dates."
)


class CancelForm(KindSentences, forms.Form):
    because = forms.CharField(
        label="Why it does not take place",
        max_length=300,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="One or two sentences. They stand in the e-mail to everybody concerned.",
        error_messages={"required": "Write a sentence: people want to know why."},
    )


class MessageForm(KindSentences, forms.Form):
    subject = forms.CharField(
        max_length=120,
        widget=AdminTextInputWidget,
        error_messages={"required": "Give the e-mail a subject."},
    )
    text = forms.CharField(
        max_length=3000,
        widget=AdminTextareaWidget(attrs={"rows": 10}),
        help_text=(
            "Plain text. The site puts “Hello” and the name before it and, below it, the facts of the workshop and "
            "the link to give the place back (until it begins)."
        ),
        error_messages={"required": "Write what you want to say."},
    )
    message_id = SubmissionId(initial=uuid4)

    def clean_subject(self) -> str:
        """One line: more would be an error when it is sent."""
        return " ".join(self.cleaned_data["subject"].split())


class CopiesForm(KindSentences, forms.Form):
    first_day = forms.DateField(
        label="Day of the first copy",
        widget=AdminDateWidget,
        help_text="It takes place at the same time of day. You can change everything else in the drafts.",
        error_messages={"invalid": "Enter a date such as 01/12/2026."},
    )
    number = forms.IntegerField(
        label="How many",
        initial=1,
        min_value=1,
        max_value=MOST_COPIES,
        help_text="More than one: every week from that day on. Later weeks with this workshop already are passed over.",
    )

    def __init__(self, *args: Any, date: WorkshopDate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.date, self.old_day = date, uk_day(date.starts_at)
        # The same weekday: the next one to come that does not have this workshop yet.
        weeks_gone = max(timezone.localdate() - self.old_day, timedelta()) // WEEK
        first_day = self.old_day + (weeks_gone + 1) * WEEK
        taken = set(date.workshop.dates.values_list("starts_at", flat=True))
        while self._start_on(first_day) in taken:
            first_day += WEEK
        self.initial["first_day"] = first_day

    def clean_first_day(self) -> day:
        first_day: day = self.cleaned_data["first_day"]
        if first_day <= timezone.localdate():
            raise ValidationError("Choose a day that is still to come.")
        if first_day > timezone.localdate() + FARTHEST:
            raise ValidationError(TOO_FAR)
        start = self._start_on(first_day)
        if self.date.workshop.dates.filter(starts_at=start).exists():
            raise ValidationError(MADE_ALREADY.format(date_and_time(start)))
        return first_day

    def _start_on(self, first_day: day) -> datetime:
        return same_clock_time_later(self.date.starts_at, first_day - self.old_day)

    def steps(self) -> list[timedelta]:
        """How much later than the date each copy is to be."""
        first = self.cleaned_data["first_day"] - self.old_day
        return [first + WEEK * number for number in range(self.cleaned_data["number"])]
