"""The form for a period of whole months."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sendguide.lib.dates import month, months_after
from sendguide.lib.months import NotAMonth, Period, as_typed, last_twelve_months, month_typed, months_between

MOST_MONTHS = 60
YEARS = range(2020, 2100)


class MonthInput(forms.TextInput):
    """Browsers empty a field for months that holds something else: what is none stays, in a field for text."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"] or ""
        context["widget"]["type"] = "month" if shown in {"", _as_browsers_do(shown)} else "text"
        return context

    def format_value(self, value: Any) -> str | None:
        return as_typed(value) if isinstance(value, date) else super().format_value(value)


def _as_browsers_do(text: str) -> str:
    try:
        return as_typed(month_typed(text))
    except NotAMonth:
        return ""


class MonthField(forms.Field):
    widget = MonthInput

    def to_python(self, value: str | None) -> date | None:
        if not (value or "").strip():
            return None
        try:
            found = month_typed(str(value))
        except NotAMonth:
            raise ValidationError("We could not read this as a month. Write it like 2026-01 or January 2026.") from None
        if found.year not in YEARS:
            raise ValidationError(f"Choose a month from the years {YEARS[0]} to {YEARS[-1]}.")
        return found


class PeriodForm(forms.Form):
    """What stands in the address: ``?from=2026-01&to=2026-12``. Nothing chosen: as ``last_twelve_months``.

    If only one is chosen: twelve months before it, or up to now. Valid, it has a Period in ``cleaned_data["period"]``.
    """

    def __init__(self, data: Any = None, *, initial: Any = None, now: datetime) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.usual = last_twelve_months(now)
        hint = "For example 2026-01 or January 2026."
        self.fields["from"] = MonthField(label="First month", required=False, help_text=hint)
        self.fields["to"] = MonthField(label="Last month", required=False, help_text=hint)

    @classmethod
    def showing(cls, period: Period, now: datetime) -> "PeriodForm":
        return cls(initial={"from": period.first, "to": period.last}, now=now)

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        first, last = self.cleaned_data["from"], self.cleaned_data["to"]
        last = last or max(first or self.usual.last, self.usual.last)
        first = first or max(months_after(last, -12), date(YEARS[0], 1, 1))
        number = months_between(first, last) + 1
        if number < 1:
            self.add_error("to", f"This is before the first month, {month(first)}. Choose that one, or a later one.")
        elif number > MOST_MONTHS:
            self.add_error("to", f"These are {number} months. We can show {MOST_MONTHS} at once: choose fewer.")
        return self.cleaned_data | {"period": Period(first, last)}
