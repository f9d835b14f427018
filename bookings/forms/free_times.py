"""Choosing a time at the desk, for a call that is moved or booked for somebody. No notice is needed there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict

from sendguide.lib.dates import monday_of, uk_day

TAKEN = "That time is not free any more. Here are the times that are free now: choose another one."
# Buttons that only leaf through the times.
EARLIER, LATER, SHOW = "earlier", "later", "show"


@dataclass(slots=True)
class TimesOfWeek:
    """Free times from a Monday to a Sunday: (value, words) by day.

    ``earlier`` and ``later``: whether another week has any.
    """

    monday: date | None = None
    days: dict[date, list[tuple[str, str]]] = field(default_factory=dict)
    earlier: bool = False
    later: bool = False

    def values(self) -> Iterable[str]:
        return (value for times in self.days.values() for value, _ in times)


class TimesForm(forms.Form):
    """Base of forms with a time among other things. Leafing through the weeks keeps all that was typed, unchecked."""

    week = forms.DateField(required=False, widget=forms.HiddenInput)
    start = forms.CharField(label="Time", required=False)

    def __init__(self, typed: QueryDict | None, **kwargs: Any) -> None:
        is_leafing = typed is not None and not {EARLIER, LATER, SHOW}.isdisjoint(typed)
        super().__init__(None if is_leafing else typed, **kwargs)
        self.typed = typed if typed is not None else QueryDict()
        self.times = TimesOfWeek()
        if is_leafing:
            for name, each in self.fields.items():
                self.initial[name] = each.widget.value_from_datadict(self.typed, {}, name)

    def offer(self, times: Mapping[datetime, list[tuple[str, str]]]) -> None:
        """Show one week of ``times``: the one asked for or, if nothing is free in it, the next that has any."""
        weeks = sorted({monday_of(start) for start in times})
        if weeks:
            week = self._chosen(weeks)
            days: dict[date, list[tuple[str, str]]] = {}
            for start, choices in times.items():
                if monday_of(start) == week:
                    days.setdefault(uk_day(start), []).extend(choices)
            self.times = TimesOfWeek(week, days, week > weeks[0], week < weeks[-1])
            self.initial["week"] = week

    def _chosen(self, weeks: list[date]) -> date:
        try:
            asked = date.fromisoformat(self.typed.get("week", ""))
        except ValueError:
            return weeks[0]
        if EARLIER in self.typed:
            return max((week for week in weeks if week < asked), default=weeks[0])
        if LATER in self.typed:
            return min((week for week in weeks if week > asked), default=weeks[-1])
        return min((week for week in weeks if week >= asked), default=weeks[-1])

    @property
    def chosen(self) -> str:
        """The time that is marked."""
        return str(self["start"].value() or "")

    def clean_start(self) -> str:
        start: str = self.cleaned_data["start"]
        if not start:
            raise forms.ValidationError("Choose a time.")
        if start not in self.times.values():
            raise forms.ValidationError(TAKEN)
        return start
