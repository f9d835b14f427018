"""What staff are asked when they do something to a call."""

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import QueryDict

from bookings.availability import NO_NOTICE, Wanted, advisers_for, free_times_of
from bookings.forms.free_times import TimesForm
from bookings.models import Adviser, Booking
from bookings.promises import TRIES
from guides.forms.unseen_changes import OpenedAt
from guides.models import Guide
from sendguide.lib.dates import clock_time, full_date_and_time

MOST_WORDS = 2000
ANY = "any"
CHANGED = "One of the two calls was changed while you had this page open. Look at them again, and choose."
NO_ROOM = "The two calls cannot change places now: there is no room for one of them. Move one to a free time instead."
FEW_TRIES = (
    "You have noted {} of {} tries, and families are told that we try so often. Note the others on the page of the "
    "call first. If you save this again, the family is e-mailed that we could not reach them."
)
CANNOT_HELP = "One of the two advisers cannot help the other family any more. Choose another call, or move this one."


class TriedForm(forms.Form):
    """``tries``: how many the page showed. Of two presses of the button only the first counts."""

    tries = forms.IntegerField(min_value=0, max_value=TRIES - 1, widget=forms.HiddenInput)


class NewLinkForm(forms.Form):
    """``version``: the one of the link that the page showed. Of two presses of the button only the first counts."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class OutcomeForm(OpenedAt):
    WHERE_TO_LOOK = "Look at the call in another tab"

    outcome = forms.ChoiceField(
        label="What became of it",
        choices=Booking.Outcome.choices,
        widget=forms.RadioSelect,
        help_text="Not reached: the family is e-mailed once that we tried, with a link to book again.",
        error_messages={"required": "Choose what became of the call."},
    )
    summary = forms.CharField(
        required=False,
        max_length=MOST_WORDS,
        widget=AdminTextareaWidget(attrs={"rows": 8}),
        help_text="What you talked about and what to do next, in words for the family. Please leave out diagnoses.",
        error_messages={"max_length": f"Please keep it to {MOST_WORDS} characters."},
    )
    guides = forms.ModelMultipleChoiceField(
        Guide.objects.none(),
        label="Guides for them",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these guides is not published any more. Choose again."},
    )
    e_mail = forms.BooleanField(label="E-mail this to the family", required=False)
    # They have been told that there were fewer tries than families are promised.
    after_few = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, booking: Booking) -> None:
        self.booking = booking
        initial = {"outcome": booking.outcome, "summary": booking.summary, "guides": booking.guides.all()}
        super().__init__(data, initial=initial | {"opened_at": booking.updated_at.isoformat()})
        self.fields["guides"].queryset = Guide.objects.published().order_by("title")  # type: ignore[attr-defined]  # typed as any field
        self.fields["summary"].widget.attrs.pop("maxlength", None)
        if booking.email:
            self.fields["e_mail"].help_text = f"The summary and the guides go to {booking.email}."
        else:
            del self.fields["e_mail"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("e_mail") and not (cleaned.get("summary") or cleaned.get("guides") or self.errors):
            self.add_error("e_mail", "Write a summary or choose a guide: there is nothing to e-mail yet.")
        if self._gives_up_early(cleaned):
            data: Any = copy(self.data)
            data["after_few"] = "on"
            self.data = data
            self.add_error("outcome", FEW_TRIES.format(self.booking.tries, TRIES))
        return cleaned

    def _gives_up_early(self, cleaned: dict[str, Any]) -> bool:
        not_reached, has_few = Booking.Outcome.NOT_REACHED, self.booking.tries < TRIES
        is_new = cleaned.get("outcome") == not_reached and self.booking.outcome != not_reached
        return is_new and has_few and not cleaned.get("after_few")

    def written(self) -> dict[str, Any]:
        """Of the valid form, by the names of ``record_outcome``."""
        unsaid = {"opened_at", "after_few"}
        return {"e_mail": False} | {name: each for name, each in self.cleaned_data.items() if name not in unsaid}


class MoveForm(TimesForm):
    """Times of the adviser who has the call, or of all who can help with it."""

    whose = forms.ChoiceField(label="Whose times", required=False)

    def __init__(self, typed: QueryDict | None, *, booking: Booking, now: datetime) -> None:
        super().__init__(typed)
        able = {each.pk: each for each in advisers_for(Wanted(booking.topic, booking.council))}
        if booking.adviser.is_taking_calls:
            able[booking.adviser_id] = booking.adviser
        own = str(booking.adviser_id)
        names = sorted((each.name, str(pk)) for pk, each in able.items())
        self.fields["whose"].choices = [(pk, name) for name, pk in names] + [(ANY, "All who can help with it")]  # type: ignore[attr-defined]  # typed as any field
        whose = self.typed.get("whose", own)
        self.initial.setdefault("whose", whose)
        # Whoever chose other advisers, but not to see their times, sends a time that was shown before.
        before = self.typed.get("start", "").partition("@")[0] if self.is_bound else ""
        shown = [each for pk, each in able.items() if whose == ANY or str(pk) in (whose, before)]
        self.offer(_times_of(shown, now))

    def place(self) -> tuple[int, datetime]:
        """The number of the adviser and the time."""
        pk, _, start = self.cleaned_data["start"].partition("@")
        return int(pk), datetime.fromisoformat(start)


def _times_of(advisers: list[Adviser], now: datetime) -> dict[datetime, list[tuple[str, str]]]:
    names = {each.pk: f" {each.name}" if len(advisers) > 1 else "" for each in advisers}
    return {
        start: [(f"{pk}@{start.isoformat()}", f"{clock_time(start)}{names[pk]}") for pk in pks]
        for start, pks in free_times_of(advisers, now, notice=NO_NOTICE).advisers_at.items()
    }


class SwapForm(forms.Form):
    """``seen`` and the end of each choice: how often the calls had been moved when the page showed them."""

    other = forms.ChoiceField(
        label="Change places with",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the other call.", "invalid_choice": CHANGED},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, booking: Booking, others: Iterable[Booking]) -> None:
        super().__init__(data, initial={"seen": booking.sequence})
        self.fields["other"].choices = [(f"{each.pk}:{each.sequence}", _in_words(each)) for each in others]  # type: ignore[attr-defined]  # typed as any field

    def other_pk(self) -> int:
        return int(self.cleaned_data["other"].partition(":")[0])


def _in_words(call: Booking) -> str:
    topic = f", {call.topic.name}" if call.topic else ""
    return f"{full_date_and_time(call.starts_at)}, {call.adviser.name}: call {call.reference}{topic}"
