"""Form fields that let people edit lists without knowing how they are stored."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guides.nations import CHOICES


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


class LinesField(forms.CharField):
    """One item a line ↔ a list of texts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("help_text", "One a line.")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

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
        pairs = [line.partition(":") for line in super().to_python(value)]
        for label, colon, text in pairs:
            if not (label.strip() and colon and text.strip()):
                raise ValidationError(f"“{label[:40]}” needs a label, a colon and a text: “A: Your views”.")
        return {label.strip(): text.strip() for label, _, text in pairs}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or {}) != "\n".join(super().to_python(data))
