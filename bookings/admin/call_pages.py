"""The page of a call, and what can be done to it. Looking (GET) changes nothing; every act is a POST.

Nobody learns here of calls that are not theirs to see: for those there is no page.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from bookings.actions import Reason, Refused, cancel, move_to, renew_link, swap
from bookings.actions.cells import Busy, lock_advisers
from bookings.actions.outcomes import record_outcome, record_try
from bookings.admin.closed_list import ClosedList
from bookings.forms.acts import CANNOT_HELP, CHANGED, NO_ROOM, MoveForm, NewLinkForm, OutcomeForm, SwapForm, TriedForm
from bookings.forms.free_times import TAKEN
from bookings.models import Booking
from bookings.promises import TRIES
from bookings.rights import CHANGE_CALLS, SEE_CALLS, calls_for
from bookings.swaps import partners
from sendguide.lib.dates import full_date_and_time

OTHERS_SHOWN = 200
REFUSALS = {
    Reason.TAKEN: TAKEN,
    Reason.CANCELLED: "This call has been cancelled. Nothing was changed.",
    Reason.BEGUN: "This call has begun, or is over. Nothing was changed.",
}
NOT_TO_COME = "This call has been cancelled, has begun or is over: it can be neither moved nor cancelled."
NOBODY_TOLD = "We have no e-mail address: please tell the family yourself."
NO_LINK = "No new link was made: the call is over or cancelled, or has no address."
RENEWED = "The link has been renewed since you opened this page. No other one was made now."
NOT_BEGUN = "This call has not begun yet. Once it has, you can write down here what became of it."


class CallPages(ClosedList):
    def acts(self) -> dict[str, Callable[..., HttpResponse]]:
        """By the names of their addresses."""
        return {
            "tried": self.tried_view,
            "outcome": self.outcome_view,
            "move": self.move_view,
            "swap": self.swap_view,
            "cancel": self.cancel_view,
            "new_link": self.new_link_view,
        }

    def get_urls(self) -> list[Any]:
        pages = [
            path(
                f"<int:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(view),
                name=f"bookings_booking_{name}",
            )
            for name, view in self.acts().items()
        ]
        return [*pages, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The facts of a call. Only the acts change them."""
        if request.method == "POST" or not request.user.has_perm(SEE_CALLS):
            raise PermissionDenied
        booking = self.get_object(request, object_id)
        return self._page(
            request, "admin/bookings/call.html", booking, title="Call", guides=booking.guides.order_by("title")
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Booking:
        """Also for the history."""
        found: Booking | None = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def tried_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        booking = self._call(request, pk)
        form = TriedForm(request.POST)
        if request.method == "POST" and form.is_valid():
            with transaction.atomic():
                lock_advisers(booking.adviser_id)
                booking.refresh_from_db(fields=["tries"])
                was_seen = booking.tries == form.cleaned_data["tries"]
                is_kept = was_seen and record_try(booking=booking, now=timezone.now())
            if is_kept:
                self._log(request, booking, f"Nobody answered, try {booking.tries + 1} of {TRIES}.")
            elif was_seen:
                messages.warning(request, NOT_BEGUN)
        return redirect("admin:bookings_booking_change", pk)

    def outcome_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        booking, now = self._call(request, pk), timezone.now()
        form = OutcomeForm(request.POST or None, booking=booking)
        problem = ""
        if booking.is_cancelled or booking.starts_at > now:
            problem = REFUSALS[Reason.CANCELLED] if booking.is_cancelled else NOT_BEGUN
        elif form.is_valid():
            try:
                is_told = record_outcome(booking=booking, seen=form.seen(), now=now, **form.written())
            except Refused:
                booking = self._call(request, pk)
                form.add_error(None, form.saved_since(booking.updated_at))
            else:
                entry = f"Recorded the outcome: {booking.get_outcome_display()}."
                self._log(request, booking, entry, "The outcome is kept.")
                if is_told:
                    messages.info(request, "The family will be e-mailed the summary and the guides.")
                return self._back(request, booking)
        title = "Record the outcome"
        return self._page(request, "admin/bookings/outcome.html", booking, form, title=title, problem=problem)

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        booking, now, problem = self._call(request, pk), timezone.now(), ""
        form = MoveForm(request.POST or None, booking=booking, now=now)
        if not booking.is_to_come(now):
            problem = NOT_TO_COME
        elif form.is_valid():
            adviser_id, start = form.place()
            try:
                moved = move_to(booking=booking, adviser_id=adviser_id, start=start, now=now, by=request.user)  # type: ignore[arg-type]  # staff are logged in
            except Refused as refused:
                problem = REFUSALS[refused.reason]
                form = MoveForm(request.POST, booking=booking, now=now)
            else:
                where = f"{full_date_and_time(moved.starts_at)}, with {moved.adviser.name}"
                told = "The family will be e-mailed the new time." if moved.email else NOBODY_TOLD
                self._log(request, moved, f"Moved to {where}.", f"The call is moved to {where}. {told}")
                return self._back(request, moved)
        return self._page(request, "admin/bookings/move.html", booking, form, title="Move this call", problem=problem)

    def swap_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        booking, now, problem = self._call(request, pk), timezone.now(), ""
        others = partners(booking, calls_for(request.user).upcoming().filter(starts_at__gt=now))
        shown = list(others[: OTHERS_SHOWN + 1])
        form = SwapForm(request.POST or None, booking=booking, others=shown[:OTHERS_SHOWN])
        if not booking.is_to_come(now):
            problem = NOT_TO_COME
        elif form.is_valid():
            other = next(each for each in shown if each.pk == form.other_pk())
            problem = self._swap(booking, other, form.cleaned_data["seen"], now)
            if not problem:
                words = "The two calls have changed places. Both families will be e-mailed, if we have their addresses."
                self._log(request, other, f"Changed places with call {booking.reference}.")
                self._log(request, booking, f"Changed places with call {other.reference}.", words)
                return self._back(request, booking)
        more = {"problem": problem, "others": len(shown), "most": OTHERS_SHOWN}
        return self._page(request, "admin/bookings/swap.html", booking, form, title="Swap with another call", **more)

    def _swap(self, booking: Booking, other: Booking, seen: int, now: datetime) -> str:
        """Why it was not done, or nothing. Of two presses of the button the second sees that they were swapped."""
        was = {booking.pk: seen, other.pk: other.sequence}
        try:
            with transaction.atomic():
                lock_advisers(booking.adviser_id, other.adviser_id)
                if dict(Booking.objects.filter(pk__in=was).values_list("pk", "sequence")) != was:
                    return CHANGED
                swap(first=booking, second=other, now=now)
        except Busy:
            return NO_ROOM
        except Refused as refused:
            return {Reason.TAKEN: NO_ROOM, Reason.CANNOT_HELP: CANNOT_HELP}.get(refused.reason, CHANGED)
        return ""

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        booking, now = self._call(request, pk), timezone.now()
        if request.method == "POST":
            is_asked_for = "asked" in request.POST
            if cancel(booking=booking, now=now, by_staff=not is_asked_for):
                sent = "that it is cancelled" if is_asked_for else "an apology"
                told = f"The family will be e-mailed {sent}." if booking.email else NOBODY_TOLD
                self._log(request, booking, "Cancelled.", f"The call is cancelled. {told}")
            else:
                messages.warning(request, NOT_TO_COME)
            return self._back(request, booking)
        problem = "" if booking.is_to_come(now) else NOT_TO_COME
        return self._page(request, "admin/bookings/cancel.html", booking, title="Cancel this call", problem=problem)

    def new_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        booking = self._call(request, pk)
        form = NewLinkForm(request.POST)
        if request.method == "POST" and form.is_valid():
            seen = form.cleaned_data["version"]
            if renew_link(booking=booking, seen=seen):
                words = "The family will be e-mailed a new link. The old one has stopped."
                self._log(request, booking, "Made a new link.", words)
            else:
                messages.warning(request, NO_LINK if booking.link_version == seen else RENEWED)
        return self._back(request, booking)

    def _call(self, request: HttpRequest, pk: int) -> Booking:
        if not request.user.has_perms([SEE_CALLS, CHANGE_CALLS]):
            raise PermissionDenied
        return get_object_or_404(calls_for(request.user), pk=pk)

    def _log(self, request: HttpRequest, booking: Booking, entry: str, said: str = "") -> None:
        """Neither holds anything of the family: both are kept elsewhere than the call."""
        self.log_change(request, booking, entry)
        messages.success(request, said or entry)

    def _back(self, request: HttpRequest, booking: Booking) -> HttpResponse:
        """To the call, unless it now is another adviser's whose calls this person does not see."""
        if calls_for(request.user).filter(pk=booking.pk).exists():
            return redirect("admin:bookings_booking_change", booking.pk)
        return redirect("admin:bookings_diary")

    def _page(
        self, request: HttpRequest, template: str, booking: Booking, form: Form | None = None, **context: Any
    ) -> TemplateResponse:
        now = timezone.now()
        own = {
            "opts": self.opts,
            "call": booking,
            "form": form,
            "subtitle": booking.reference,
            "problem": "",
            "may_act": request.user.has_perm(CHANGE_CALLS),
            "is_to_come": booking.is_to_come(now),
            "has_begun": not booking.is_cancelled and booking.starts_at <= now,
            "tries_left": TRIES - booking.tries,
        }
        if form:
            own["adminform"] = AdminForm(form, [(None, {"fields": list(form.fields)})], {}, model_admin=self)  # type: ignore[arg-type]  # any form will do
        refused = context.get("problem") or (form and form.errors)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" and refused else HTTPStatus.OK
        everything = {**self.admin_site.each_context(request), **own, **context}
        return TemplateResponse(request, template, everything, status=status)
