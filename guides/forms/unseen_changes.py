from copy import copy
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guides.forms.sentences import KindSentences
from sendguide.lib.dates import date_and_time


class OpenedAt(forms.Form):
    """Two people with the same row open: the second is told, and loses nothing that was typed.

    ``opened_at``: when the row had last been saved as the page showed it. ``WHERE_TO_LOOK`` says where the changes of
    the first can be seen.
    """

    WHERE_TO_LOOK = "Look at the history in another tab"

    opened_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def seen(self) -> datetime | None:
        """When the row of the valid form had last been saved as the page showed it. None if that is not known."""
        try:
            return datetime.fromisoformat(self.cleaned_data["opened_at"])
        except ValueError:
            return None

    def saved_since(self, saved_at: datetime) -> ValidationError:
        """What to say to the second. They have been told then: saving once more saves."""
        data: Any = copy(self.data)
        data[self.add_prefix("opened_at")] = saved_at.isoformat()
        self.data = data
        return ValidationError(
            f"Somebody saved this while you had it open ({date_and_time(saved_at)}). What you typed is still here. "
            f"{self.WHERE_TO_LOOK} to see their changes. If you save again, yours replace theirs."
        )


class UnseenChangesForm(KindSentences, OpenedAt, forms.ModelForm):
    """For models with ``updated_at``. ``clean`` locks the row: to be called in the transaction that saves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.updated_at:
            self.initial["opened_at"] = self.instance.updated_at.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_unseen_changes()
        return cleaned

    def _refuse_unseen_changes(self) -> None:
        opened_at = self.cleaned_data.get("opened_at")
        if not self.instance.pk or not opened_at:
            return
        rows = type(self.instance)._default_manager.select_for_update().filter(pk=self.instance.pk)
        saved_at: datetime | None = rows.values_list("updated_at", flat=True).first()
        if saved_at and saved_at.isoformat() != opened_at:
            raise self.saved_since(saved_at)
