from typing import Any

from django import forms
from django.utils import timezone

from bookings.actions import Wish
from bookings.availability import Wanted, advisers_for
from bookings.models import WeeklyHours
from bookings.when_advisers_call import weekdays_with_calls
from bookings.wishes import PARTS
from guides.models import Council, Topic
from sendguide.guard.fields import EmailAddressField
from sendguide.guard.forms import FormWithEmail

NO_SUCH_TOPIC = "Choose a topic from the list, or “Any topic, or not sure”."
NOBODY_FOR_TOPIC = (
    "At the moment none of our advisers can help with this topic where you live. "
    "Choose “Any topic, or not sure”: they can help you find out who can."
)


class WaitingForm(FormWithEmail):
    """What would suit somebody, and where to e-mail them. ``council``, where they live, is known from the address."""

    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label="What would you like to talk about?",
        to_field_name="slug",
        required=False,
        empty_label="Any topic, or not sure",
        error_messages={"invalid_choice": NO_SUCH_TOPIC},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="Which days suit you?",
        choices=WeeklyHours.Weekday.choices,
        coerce=int,
        required=False,
        help_text="Tick none if you do not mind.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose days from the list."},
    )
    parts = forms.MultipleChoiceField(
        label="Which times of the day suit you?",
        choices=[(name, part.words.capitalize()) for name, part in PARTS.items()],
        required=False,
        help_text="UK time. Mornings end at midday, afternoons at 5pm. Tick none if you do not mind.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose times from the list."},
    )
    email = EmailAddressField(
        why="that is where we tell you about a free time",
        help_text="We only e-mail you about this waiting list and your call.",
    )

    def __init__(self, *args: Any, council: Council | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.council = council
        # Said where they choose. They may wait for such a day all the same: hours change.
        with_calls = weekdays_with_calls(Wanted(None, council), timezone.localdate())
        if with_calls:
            weekdays: Any = self.fields["weekdays"]
            weekdays.choices = [
                (day.value, day.label if day in with_calls else f"{day.label}: no calls at the moment")
                for day in WeeklyHours.Weekday
            ]

    def clean_topic(self) -> Topic | None:
        """Nobody waits for what will not come."""
        topic: Topic | None = self.cleaned_data["topic"]
        if topic and not advisers_for(Wanted(topic, self.council)) and advisers_for(Wanted(None, self.council)):
            raise forms.ValidationError(NOBODY_FOR_TOPIC)
        return topic

    def wish(self) -> Wish:
        """Of a valid form."""
        names = ("email", "topic", "weekdays", "parts", "submission_id")
        return Wish(council=self.council, **{name: self.cleaned_data[name] for name in names})
