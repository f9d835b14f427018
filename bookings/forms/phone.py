from typing import Any

from django import forms

from sendguide.lib.phones import EMPTY, NotAPhone, Phone, uk_phone


class PhoneField(forms.CharField):
    """A UK number, however it is typed. Cleaned it is a ``Phone``."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
    default_error_messages = {"required": EMPTY}

    def clean(self, value: Any) -> Phone:
        try:
            return uk_phone(super().clean(value))
        except NotAPhone as reason:
            raise forms.ValidationError(str(reason)) from reason
