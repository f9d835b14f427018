"""What stands in the address of the diary."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from bookings.models import Adviser

YEARS = range(2020, 2100)


class DiaryForm(forms.Form):
    """Nothing chosen: today, and all advisers that may be seen."""

    day = forms.DateField(
        label="Day", required=False, input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs={"type": "date"})
    )
    view = forms.ChoiceField(choices=[("day", "Day"), ("week", "Week")], required=False)
    adviser = forms.TypedChoiceField(label="Whose calls", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, advisers: Iterable[Adviser], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through
        names = [(str(each.pk), each.name) for each in advisers]
        self.fields["adviser"].choices = [("", "All advisers"), *names]  # type: ignore[attr-defined]  # typed as any field

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day and day.year not in YEARS:
            raise ValidationError("No diary is kept for that year.")
        return day
