"""Form fields that let people edit lists without knowing how they are stored."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError

from guides.forms.sentences import CLOCKS_CHANGE
from guides.nations import CHOICES
from sendguide.templatetags.page import ILLUSTRATIONS

# Staff type times as they speak; the first of these is how they are shown.
TIMES = ["%H:%M", "%H:%M:%S", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I.%M %p", "%I %p"]


class NamedDateAndTime(AdminSplitDateTime):
    """Django writes “Date” and “Time” beside the boxes, but ties them to neither."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for box, name in zip(self.widgets, ("Date", "Time"), strict=True):
            box.attrs["aria-label"] = name
        self.widgets[1].format = TIMES[0]


class MomentField(forms.SplitDateTimeField):
    """A day and a time, in UK time."""

    widget = NamedDateAndTime

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_time_formats=TIMES, **kwargs)
        self.error_messages |= {
            "invalid_date": "Enter a date such as 01/12/2026.",
            "invalid_time": "Enter a time such as 9:30am or 14:00.",
            "incomplete": "Give both a date and a time.",
        }
        for part, sentence in zip(self.fields, ("invalid_date", "invalid_time"), strict=True):
            part.error_messages["invalid"] = self.error_messages[sentence]

    def compress(self, data_list: Any) -> Any:
        try:
            return super().compress(data_list)
        except ValidationError as error:
            if error.code == "ambiguous_timezone":
                raise ValidationError(CLOCKS_CHANGE) from error
            raise

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Seconds, which a program may have set, are not shown: without them nothing was changed."""
        return super().has_changed(initial.replace(second=0, microsecond=0) if initial else initial, data)


class NationsField(forms.MultipleChoiceField):
    """Tick boxes; gives a list of nations in their fixed order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=CHOICES, **kwargs)

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [nation for nation, _ in CHOICES if nation in chosen]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or []) != set(data or [])


def drawings() -> list[tuple[str, str]]:
    """The names of our drawings, to choose from."""
    names = sorted(path.stem for path in ILLUSTRATIONS.glob("*.svg"))
    return [("", "None"), *((name, name.replace("-", " ")) for name in names)]


class DrawingField(forms.ChoiceField):
    """One of our drawings, or none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "One of the drawings made for this site.")
        super().__init__(choices=drawings, **kwargs, required=False)


class LongTextField(forms.CharField):
    """A text of several lines. Browsers send two characters at each line end: no text that was loaded has these."""

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)


class LinesField(forms.CharField):
    """One item a line ↔ a list of texts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("help_text", "One a line.")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class LabelledLinesField(LinesField):
    """“label: text” a line ↔ a mapping."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "One a line: label, colon, text.")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{label}: {text}" for label, text in value.items()) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> Any:
        found: dict[str, str] = {}
        for line in super().to_python(value):
            label, _, text = (part.strip() for part in line.partition(":"))
            if not (label and text):
                raise ValidationError(f"“{line[:40]}” needs a label, a colon and a text: “A: Your views”.")
            if label in found:
                raise ValidationError(f"There are two lines with the label “{label[:40]}”.")
            found[label] = text
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or {}) != "\n".join(super().to_python(data))
