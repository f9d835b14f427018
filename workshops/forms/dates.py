"""The staff's form for a date of a workshop."""

import re
from datetime import MAXYEAR, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property

from guides.forms.fields import MomentField
from guides.forms.unseen_changes import UnseenChangesForm
from sendguide.lib.dates import full_date_and_time
from workshops.actions import CapacityTooLow, whom_to_tell
from workshops.actions.dates import TOLD
from workshops.actions.places import lock_date
from workshops.forms.row_numbers import row_numbers
from workshops.models import SignUp, WorkshopDate
from workshops.words import people

LONGEST = timedelta(hours=12)
HOUR_BEFORE = timedelta(hours=1)
FARTHEST = timedelta(days=2 * 365)
MOST_PLACES = 1000
Status = WorkshopDate.Status
JOINING_LINK = "Only people who have a place get it, by e-mail. It can follow later. Each date needs a link of its own."

CANCELLED = "This date has been cancelled while you had it open. It stays as it is: everybody has been told."
PAST = "This time has passed. Choose a later one."
TOO_FAR = "Choose a day in the next two years."
HAS_BEGUN = "It has begun or is over: its start stays as it is. To hold it again, duplicate it."
NOT_OPENED = "It is over: nobody could sign up any more. To hold it again, duplicate it."
ENDS_TOO_EARLY = "The end has to be after the start."
ENDS_TOO_LATE = "It would last longer than 12 hours. Look at the day of the end."
CLOSES_TOO_LATE = "Sign-up has to end before the workshop starts. Leave it empty for one hour before."
TWICE = "This workshop has a date at this time already."
TWO_AT_ONCE = "Two of these dates start at the same time."


class DatesFormSet(forms.BaseInlineFormSet):
    """The next MOST_SHOWN dates. Each is a dozen fields, and a form may have a thousand; the others have their list."""

    MOST_SHOWN = 20

    def get_queryset(self) -> Any:
        """Of a form that is sent back, the dates that it names: others may be the next ones by now."""
        if not hasattr(self, "_queryset"):
            dates = super().get_queryset()
            self._queryset = dates.filter(pk__in=self._sent()) if self.is_bound else dates[: self.MOST_SHOWN]
        return self._queryset

    def _sent(self) -> list[int]:
        own_number = re.compile(rf"{re.escape(str(self.prefix))}-\d+-id")
        return row_numbers(value for name, value in self.data.items() if own_number.fullmatch(name))

    @property
    def to_come(self) -> int:
        """How many dates are to come, whether they are shown or not."""
        dates = WorkshopDate.objects.filter(workshop=self.instance.pk, starts_at__gt=timezone.now())
        return dates.exclude(status=Status.CANCELLED).count()

    def get_unique_error_message(self, unique_check: Any) -> str:
        return TWO_AT_ONCE

    def get_form_error(self) -> str:
        return TWO_AT_ONCE


class WorkshopDateForm(UnseenChangesForm):
    """What the rules and the database would refuse is said here first, at its field.

    ``clean`` locks the row, so it is to be called in the transaction that saves: what it checked is still so then.

    A change that e-mails people is not valid before staff were asked whether they are sure of it (``asks``). The
    answers are the names of two buttons: SURE, and GO_BACK to edit the form, which shows again what was typed.
    """

    SURE, GO_BACK = "_sure", "_go_back"
    WHERE_TO_LOOK = "Open it in another tab"

    starts_at = MomentField(label="Starts", help_text="UK time, such as 01/12/2026 and 7pm.")
    ends_at = MomentField(label="Ends", help_text="UK time. If you move only the start, it moves along.")
    closes_at = MomentField(
        label="Sign-up ends",
        required=False,
        help_text="UK time. Left empty: one hour before the start. It moves along with the start too.",
    )
    capacity = forms.IntegerField(label="Places", min_value=1, max_value=MOST_PLACES)
    status = forms.ChoiceField(
        choices=[(status.value, status.label) for status in (Status.DRAFT, Status.OPEN)], initial=Status.DRAFT
    )

    before: WorkshopDate | None = None

    class Meta:
        model = WorkshopDate
        fields = (
            *("workshop", "starts_at", "ends_at", "closes_at", "capacity", "leader", "joining_link"),
            *("status", "is_example"),
        )
        labels = {"leader": "Led by", "joining_link": "Link to join", "is_example": "Made-up example"}
        help_texts = {"joining_link": JOINING_LINK}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.asks and self.GO_BACK not in self.data

    @property
    def asks(self) -> bool:
        """Whether saving has to wait for an answer. For a form without errors."""
        return bool(self.concerned) and self.data.keys().isdisjoint({self.SURE, self.GO_BACK})

    @cached_property
    def concerned(self) -> list[SignUp]:
        """Whom saving would e-mail. For a form without errors."""
        if self.before is None:
            return []
        return list(whom_to_tell(before=self.before, date=self.instance, now=timezone.now()))

    def changes(self) -> list[tuple[str, str, str]]:
        """What people are told: (label, how it was, how it will be) of each. For a form without errors."""
        return [
            (str(self.fields[name].label), _in_words(getattr(self.before, name)), _in_words(new))
            for name in (*TOLD, "closes_at")
            if (new := getattr(self.instance, name)) != getattr(self.before, name)
        ]

    def clean(self) -> dict[str, Any]:
        self.before = before = lock_date(self.instance.pk) if self.instance.pk else None
        now = timezone.now()
        if before and before.is_cancelled:
            raise ValidationError(CANCELLED)
        cleaned = super().clean()
        if starts_at := cleaned.get("starts_at"):
            self._check_start(starts_at, before, now)
            # In the year 9999 an end that moves along would be after the end of time.
            if before and starts_at.year < MAXYEAR:
                self._move_along(starts_at - before.starts_at, before)
            self._check_end(starts_at)
            self._check_end_of_sign_up(starts_at)
        if before:
            self._check_places_and_status(before, now)
        return cleaned

    def validate_constraints(self) -> None:
        """Only where nothing else is wrong: our own sentences say more than the names of constraints."""
        if not self.errors:
            super().validate_constraints()

    def _check_start(self, starts_at: datetime, before: WorkshopDate | None, now: datetime) -> None:
        if before and starts_at == before.starts_at:
            return
        # Among the dates of a new workshop there is none yet to compare with.
        workshop_id = self.instance.workshop_id or getattr(self.cleaned_data.get("workshop"), "pk", None)
        if before and before.starts_at <= now:
            self.add_error("starts_at", HAS_BEGUN)
        elif starts_at <= now:
            self.add_error("starts_at", PAST)
        elif starts_at > now + FARTHEST:
            self.add_error("starts_at", TOO_FAR)
        elif WorkshopDate.objects.filter(workshop=workshop_id, starts_at=starts_at).exists():
            self.add_error("starts_at", TWICE)

    def _move_along(self, by: timedelta, before: WorkshopDate) -> None:
        """The end and the end of sign-up keep their distance from the start, if they were left as they were."""
        for name in ("ends_at", "closes_at"):
            if name not in self.changed_data:
                self.cleaned_data[name] = getattr(before, name) + by

    def _check_end(self, starts_at: datetime) -> None:
        ends_at = self.cleaned_data.get("ends_at")
        if ends_at and ends_at <= starts_at:
            self.add_error("ends_at", ENDS_TOO_EARLY)
        elif ends_at and ends_at - starts_at > LONGEST:
            self.add_error("ends_at", ENDS_TOO_LATE)

    def _check_end_of_sign_up(self, starts_at: datetime) -> None:
        closes_at = self.cleaned_data.get("closes_at")
        if closes_at is None and "closes_at" not in self.errors:
            self.cleaned_data["closes_at"] = starts_at - HOUR_BEFORE
        elif closes_at and closes_at > starts_at:
            self.add_error("closes_at", CLOSES_TOO_LATE)

    def _check_places_and_status(self, before: WorkshopDate, now: datetime) -> None:
        capacity, status = self.cleaned_data.get("capacity"), self.cleaned_data.get("status")
        if capacity and capacity < before.taken:
            self.add_error("capacity", str(CapacityTooLow(before.taken)))
        if status == Status.OPEN != before.status and before.starts_at <= now:
            self.add_error("status", NOT_OPENED)
        elif status == Status.DRAFT != before.status and (concerned := before.sign_ups.live().count()):
            sentence = f"{people(concerned)} would be left with a place or waiting for one. Cancel the date instead:"
            self.add_error("status", f"{sentence} then they are told.")


def _in_words(value: datetime | str) -> str:
    return full_date_and_time(value) if isinstance(value, datetime) else value or "none"
