"""Advisers and their hours, as staff type them. What the rules would refuse is said here, at its field."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from bookings.actions.cells import lock_advisers
from bookings.models import Adviser, ExtraHours, TimeOff, WeeklyHours
from bookings.slots import CELL, EARLIEST, LENGTH
from guides.forms.fields import TIMES, NationsField
from guides.forms.sentences import CLOCKS_CHANGE
from guides.forms.unseen_changes import UnseenChangesForm
from guides.models import Topic
from sendguide.lib.dates import LONDON, comes_once, uk_day

A_DATE = "Enter a date such as 01/12/2026."
A_TIME = "Enter a time such as 9:30am or 14:00."
MIDNIGHT = time(0)
YEAR = timedelta(days=366)
YEARS_AHEAD = 5


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=AdminDateWidget, **kwargs)
        self.error_messages |= {"invalid": A_DATE, "required": A_DATE}


class ClockField(forms.TimeField):
    """A time of day by the clock in the UK, in whole five minutes."""

    widget = forms.TimeInput(format=TIMES[0], attrs={"size": 8})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=TIMES, **kwargs)
        self.error_messages |= {"invalid": A_TIME, "required": A_TIME}

    def clean(self, value: Any) -> time | None:
        clock: time | None = super().clean(value)
        if clock and (clock.minute * 60 + clock.second) % CELL.seconds:
            raise ValidationError("Choose whole five minutes, such as 9:05am or 9:10am.")
        return clock


class DaysForm(forms.ModelForm):
    """Base of all with days. Those that are typed anew are near today: others are a slip, such as 2062 for 2026."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.changed_data:
            if isinstance(self.fields[name], DayField) and (fault := _too_far(cleaned.get(name))):
                self.add_error(name, fault)
        return self.cleaned_data


def _too_far(day: date | None) -> str:
    """A sentence, or nothing."""
    today = timezone.localdate()
    if day and day < today - YEAR:
        return "This is more than a year ago. Please look at the year."
    if day and day > today + YEARS_AHEAD * YEAR:
        return f"This is more than {YEARS_AHEAD} years ahead. Please look at the year."
    return ""


class HoursForm(DaysForm):
    """Base of the two kinds of hours."""

    starts = ClockField(label="From", help_text="UK time, 5am or later.")
    ends = ClockField(label="Until", help_text="The last call is over by then.")

    def clean_starts(self) -> time:
        starts: time = self.cleaned_data["starts"]
        if starts < EARLIEST:
            raise ValidationError("Choose 5am or later.")
        return starts

    def clean_ends(self) -> time:
        ends: time = self.cleaned_data["ends"]
        starts = self.cleaned_data.get("starts")
        # Midnight would be the beginning of the day, and what is before the start is told by the model.
        if starts and starts < ends and _length(starts, ends) < LENGTH:
            raise ValidationError("A call takes 15 minutes. Choose a later time.")
        return ends


def _length(starts: time, ends: time) -> timedelta:
    return timedelta(hours=ends.hour - starts.hour, minutes=ends.minute - starts.minute)


class WeeklyHoursForm(HoursForm):
    weekday = forms.TypedChoiceField(
        label="Day",
        coerce=int,
        choices=[("", "Choose a day"), *WeeklyHours.Weekday.choices],
        error_messages={"required": "Choose a day of the week."},
    )
    from_day = DayField(label="First day", required=False, help_text="Empty: from today on.")
    until_day = DayField(label="Last day", required=False, help_text="Empty: until further notice.")

    class Meta:
        model = WeeklyHours
        fields = ("weekday", "starts", "ends", "from_day", "until_day")

    def clean_from_day(self) -> date:
        return self.cleaned_data["from_day"] or timezone.localdate()


class ExtraHoursForm(HoursForm):
    day = DayField(label="Day")

    class Meta:
        model = ExtraHours
        fields = ("day", "starts", "ends")

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if "day" in self.changed_data and day < timezone.localdate():
            raise ValidationError("This day has passed. Choose a later one.")
        return day


class TimeOffForm(DaysForm):
    """Days, as people say them; times only where it is not whole days."""

    first_day = DayField(label="First day")
    from_time = ClockField(label="From", required=False, help_text="UK time. Empty: the whole day.")
    last_day = DayField(label="Last day", required=False, help_text="Empty: the same day.")
    until_time = ClockField(label="Until", required=False, help_text="UK time. Empty: the whole day.")

    class Meta:
        model = TimeOff
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            starts, ends = (each.astimezone(LONDON) for each in (self.instance.starts_at, self.instance.ends_at))
            until_midnight = ends.time() == MIDNIGHT
            self.initial.update(
                first_day=starts.date(),
                from_time=None if starts.time() == MIDNIGHT else starts.time(),
                last_day=uk_day(ends - timedelta(minutes=1)) if until_midnight else ends.date(),
                until_time=None if until_midnight else ends.time(),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first_day, last_day = cleaned.get("first_day"), cleaned.get("last_day") or cleaned.get("first_day")
        if not self.errors and first_day and last_day:
            starts = datetime.combine(first_day, cleaned["from_time"] or MIDNIGHT, LONDON)
            ends = _end(last_day, cleaned["until_time"])
            if last_day < first_day:
                self.add_error("last_day", "Choose a day that is not before the first one.")
            elif ends <= starts:
                self.add_error("until_time", "Choose a time after the start.")
            elif self.has_changed() and not comes_once(starts):
                self.add_error("from_time", CLOCKS_CHANGE)
            elif self.has_changed() and not comes_once(ends):
                self.add_error("until_time", CLOCKS_CHANGE)
            else:
                self.instance.starts_at, self.instance.ends_at = starts, ends
        return cleaned


def _end(last_day: date, until_time: time | None) -> datetime:
    if until_time:
        return datetime.combine(last_day, until_time, LONDON)
    return datetime.combine(last_day + timedelta(days=1), MIDNIGHT, LONDON)


class AdviserForm(UnseenChangesForm):
    """``clean`` locks the adviser: to be called in the transaction that saves. ``before``: as they were then."""

    WHERE_TO_LOOK = "Open this page in another tab"

    before: Adviser | None = None

    nations = NationsField(
        label="Knows the law of",
        help_text="Families there can book with them.",
        error_messages={"required": "Tick at least one nation."},
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.order_by("order", "name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: all topics.",
    )
    user = forms.ModelChoiceField(
        User.objects.filter(is_staff=True).order_by("username"),
        label="Account",
        required=False,
        empty_label="None",
        help_text="With it the adviser sees their own diary here.",
        error_messages={"unique": "This account belongs to another adviser."},
    )

    class Meta:
        model = Adviser
        fields = ("name", "email", "nation", "nations", "topics", "is_taking_calls", "user", "is_example")
        error_messages = {
            "name": {"required": "Enter the name that parents read: a first name is enough."},
            "email": {"invalid": "Enter an e-mail address such as name@example.org"},
        }

    def clean(self) -> dict[str, Any]:
        if pk := self.instance.pk:
            self.before = lock_advisers(pk)[pk]
        return super().clean()
