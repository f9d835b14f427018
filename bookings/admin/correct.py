"""Correcting what we know of a family whose call is to come: they told us, or gave it wrongly on the phone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bookings.actions import Reason, Refused, correct_details
from bookings.actions.correcting import Corrected
from bookings.admin.book_for import WHO_AND_HOW
from bookings.admin.call_pages import NOBODY_TOLD, CallPages
from bookings.forms.callers import CorrectForm
from bookings.forms.staff import THEY_HAVE_A_CALL
from bookings.models import Booking

FIELDSETS = [*WHO_AND_HOW, ("What about", {"fields": ["topic", "council", "about"]})]
DETAILS_STAY = "This call has been cancelled, has begun or is over: its details stay as they are."
NOTHING_NEW = "Nothing was different, so nothing was changed."
NEW_ADDRESS = "The family will be e-mailed the confirmation at the new address. The old link has stopped."
TOLD = "The family will be e-mailed the new details."
NOT_TOLD = "The family is not e-mailed: nothing of this stands in their confirmation."


class CorrectPages(CallPages):
    def acts(self) -> dict[str, Callable[..., HttpResponse]]:
        return {**super().acts(), "correct": self.correct_view}

    def correct_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        booking, now, problem = self._call(request, pk), timezone.now(), ""
        form = CorrectForm(request.POST or None, booking=booking)
        if not booking.is_to_come(now):
            problem = DETAILS_STAY
        elif form.is_valid():
            try:
                done = correct_details(booking=booking, caller=form.caller(), seen=form.seen(), now=now)
            except Refused as refused:
                booking = self._call(request, pk)
                problem = _why(refused, form, booking)
            else:
                self._tell(request, self._call(request, pk), done)
                return self._back(request, booking)
        fields: Any = AdminForm(form, FIELDSETS, {}, model_admin=self)  # type: ignore[arg-type]  # any form will do
        more = {"problem": problem, "adminform": fields, "title": "Correct details"}
        return self._page(request, "admin/bookings/correct.html", booking, form, **more)

    def _tell(self, request: HttpRequest, booking: Booking, done: Corrected) -> None:
        if not done.fields:
            messages.info(request, NOTHING_NEW)
        else:
            said = f"The details are corrected. {_told(booking, done)}"
            self._log(request, booking, f"Corrected: {_in_words(done.fields)}.", said)


def _why(refused: Refused, form: CorrectForm, booking: Booking) -> str:
    """A sentence for the top of the page, unless the form says it."""
    if refused.reason == Reason.CHANGED:
        form.add_error(None, form.saved_since(booking.updated_at))
        return ""
    return THEY_HAVE_A_CALL if refused.reason == Reason.HAS_A_CALL else DETAILS_STAY


def _told(booking: Booking, done: Corrected) -> str:
    if not booking.email:
        return NOBODY_TOLD
    if not done.is_told:
        return NOT_TOLD
    return NEW_ADDRESS if "email" in done.fields else TOLD


def _in_words(names: tuple[str, ...]) -> str:
    """phone, e-mail"""
    of_the_number = {"phone_prefix": "phone"}
    fields = [Booking._meta.get_field(of_the_number.get(name, name)) for name in names]
    return ", ".join(dict.fromkeys(str(getattr(each, "verbose_name", each.name)) for each in fields))
