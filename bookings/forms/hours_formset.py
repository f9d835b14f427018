"""The rows of hours on an adviser's page, of which some may be gone when it comes back."""

import re
from typing import Any

from django import forms
from django.http import QueryDict


class HoursFormSet(forms.BaseInlineFormSet):
    """A row that somebody else deleted in the meantime is a new one, if it is saved all the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.management_form.is_valid():
            known = {str(each.pk) for each in self.get_queryset()}
            numbers = range(min(self.initial_form_count(), self.absolute_max))
            if gone := [number for number in numbers if self.data.get(f"{self.prefix}-{number}-id") not in known]:
                self.data = self._as_new(gone)
                # It has counted the rows as they were sent.
                del self.management_form

    def _as_new(self, gone: list[int]) -> QueryDict:
        """What was sent, with the rows of these numbers behind those that are there, and without their ids."""
        initial, total = self.initial_form_count(), min(self.total_form_count(), self.absolute_max)
        order = [number for number in range(initial) if number not in gone] + gone + list(range(initial, total))
        row_of = {str(old): (new, old in gone) for new, old in enumerate(order)}
        field = re.compile(rf"{re.escape(str(self.prefix))}-(\d+)-(\w+)")
        sent: Any = self.data
        data = QueryDict(mutable=True)
        for name, values in sent.lists():
            if (found := field.fullmatch(name)) and found[1] in row_of:
                number, is_new = row_of[found[1]]
                is_id = is_new and found[2] == "id"
                data.setlist(f"{self.prefix}-{number}-{found[2]}", [""] if is_id else values)
            else:
                data.setlist(name, values)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(initial - len(gone))
        return data
