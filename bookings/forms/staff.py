"""Booking a call for somebody who is on the line, or wrote to us."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from bookings.actions import Caller
from bookings.availability import NO_NOTICE, Wanted, free_times
from bookings.forms.callers import CallerForm, WantedForm
from bookings.forms.free_times import TimesForm
from bookings.models import Booking
from sendguide.guard.forms import SubmissionId
from sendguide.lib.dates import clock_time

THEY_HAVE_A_CALL = (
    "This phone number or e-mail address has a call to come already, and can have one at a time. If it was booked with "
    "an e-mail address, the link to it is e-mailed there again."
)


class StaffBookingForm(TimesForm, WantedForm, CallerForm):
    """What the caller says, in the order in which one asks for it."""

    submission_id = SubmissionId(initial=uuid4)

    def __init__(self, typed: QueryDict | None, *, now: datetime) -> None:
        super().__init__(typed)
        starts = {*free_times(self.wanted(), now, notice=NO_NOTICE).at_all, *self._booked_before()}
        self.offer({start: [(start.isoformat(), clock_time(start))] for start in sorted(starts)})

    def _booked_before(self) -> list[datetime]:
        """The time that this very form has booked: sent a second time it is theirs, not taken."""
        try:
            submission_id = UUID(self.typed.get("submission_id", ""))
        except ValueError:
            return []
        return list(Booking.objects.booked().filter(submission_id=submission_id).values_list("starts_at", flat=True))

    def wanted(self) -> Wanted:
        """As far as it is said and makes sense, also while one leafs through the times."""
        return Wanted(topic=self._row("topic"), council=self._row("council"))

    def _row(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self.typed.get(name, ""))
        except forms.ValidationError:
            return None

    @property
    def start_at(self) -> datetime:
        return datetime.fromisoformat(self.cleaned_data["start"])

    def caller(self) -> Caller:
        """Of the valid form."""
        return Caller(
            wanted=self.wanted(), submission_id=self.cleaned_data["submission_id"], **self.said_of_the_caller()
        )
