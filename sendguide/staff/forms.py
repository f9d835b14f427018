from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.forms.sentences import KindSentences
from sendguide.staff.roles import IN_WORDS


class RolesField(forms.ModelMultipleChoiceField):
    """Boxes to tick, each with what the role is for."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, role: Group) -> SafeString | str:
        words = IN_WORDS.get(role.name)
        return format_html("<span><strong>{}</strong> {}</span>", role.name, words) if words else role.name


class NewAccountForm(KindSentences, UserCreationForm):
    """A name to log in with, and a first password that its owner is told and changes."""


class NewPasswordForm(KindSentences, AdminPasswordChangeForm):
    """Twice the same, and nothing else: nobody logs in here without a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        self.fields["password1"].label = "New password"
        self.fields["password2"].label, self.fields["password2"].help_text = "The same again", ""


class AccountForm(KindSentences, UserChangeForm):
    """Without the password: that has a page of its own."""

    password = None  # type: ignore[assignment]  # Django's way to leave out a field
