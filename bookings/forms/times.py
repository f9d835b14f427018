"""Choosing one of the times that are free: days as groups, times as radio buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from bookings.weeks import Day, as_text, from_text
from sendguide.lib.dates import clock_time

CHOOSE = "Choose a time for your call."
GONE = "That time is no longer free. Choose another one."


@dataclass(frozen=True, slots=True)
class ShownTime:
    """``is_own``: the time that somebody has, who looks for another."""

    words: str
    value: str
    is_chosen: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class ShownDay:
    """On phones days are folded, but for one."""

    day: Day
    times: list[ShownTime]
    is_open: bool = False

    @property
    def number(self) -> int:
        """How many times can be chosen."""
        return sum(not time.is_own for time in self.times)


class Times(forms.Widget):
    """``days``: what can be chosen. ``own``: a time among them that somebody has already."""

    template_name = "bookings/times.html"

    def __init__(self, days: Iterable[Day], own: datetime | None = None) -> None:
        super().__init__()
        self.days, self.own = list(days), own

    def id_for_label(self, id_: str) -> str:
        """A sentence about what is wrong leads to the first of the times."""
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = [self._shown(day, value) for day in self.days]
        opened = next((day for day in shown if any(time.is_chosen for time in day.times)), None)
        opened = opened or next((day for day in shown if day.number), None)
        days = [ShownDay(day.day, day.times, is_open=day is opened) for day in shown]
        context["widget"] |= {"days": days, "first": next((time for day in days for time in day.times), None)}
        return context

    def _shown(self, day: Day, value: Any) -> ShownDay:
        texts = [(start, as_text(start)) for start in day.starts]
        return ShownDay(
            day, [ShownTime(clock_time(start), text, text == value, start == self.own) for start, text in texts]
        )


class StartField(forms.Field):
    """The start of a call, as it stands in addresses and forms."""

    default_error_messages = {"required": CHOOSE, "invalid": CHOOSE}

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        start = from_text(str(value))
        if start is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return start

    def prepare_value(self, value: Any) -> Any:
        return as_text(value) if isinstance(value, datetime) else value


class TimeForm(forms.Form):
    """One of the times of ``days``. Whether it is still free is for the action to say: ``refuse`` tells them."""

    use_required_attribute = False

    start = StartField(label="Times")

    def __init__(self, data: Any = None, *, days: Iterable[Day], own: datetime | None = None) -> None:
        super().__init__(data)
        self.fields["start"].widget = Times(days, own)

    def refuse(self, sentence: str = GONE) -> None:
        if not self.has_error("start"):
            self.add_error("start", sentence)
