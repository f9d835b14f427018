"""A time that is held for somebody on the waiting list: opened by the link in their e-mail, without an account."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.actions import Reason, Refused, book_offer, decline
from bookings.availability import free_times
from bookings.forms import DetailsForm
from bookings.links import call_path, offer_for, offer_path, waiting_path
from bookings.models import Offer, WaitingEntry
from bookings.promises import TRIES
from bookings.views.asked import Asked
from bookings.views.details import Visit, wait_to_book
from bookings.views.personal import personal
from bookings.weeks import as_text, nearest
from sendguide.guard.answers import form_for_later

TEMPLATE = "bookings/offer.html"


class Ended(StrEnum):
    """Why a time is no longer held."""

    TAKEN = "taken"
    HAS_A_CALL = "has a call"
    LEFT = "left"
    DECLINED = "declined"
    RAN_OUT = "ran out"
    WITHDRAWN = "withdrawn"


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def call_offer(request: HttpRequest, token: str) -> HttpResponse:
    """The time, a form to book it, and a button to say no. Looking changes nothing: mail scanners follow links."""
    page = OfferPage(request, offer_for(token), timezone.now())
    if request.method != "POST":
        return page.opened()
    if "decline" in request.POST:
        decline(offer=page.offer, now=page.moment)
        return redirect(offer_path(page.offer))
    return _sent(page)


def _sent(page: "OfferPage") -> HttpResponse:
    form = page.sent_form()
    if not form.is_valid():
        return page.refused(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_bot:
        return redirect("call_check_your_email")
    now = page.moment
    if wait := wait_to_book(page.request, form, now):
        return form_for_later(page.request, TEMPLATE, page.context(form), wait=wait)
    caller = Visit(page.request, page.asked, now).caller(form)
    try:
        booking = book_offer(offer=page.offer, caller=caller, now=now)
    except Refused as refused:
        if refused.reason == Reason.HAS_A_CALL:
            form.refuse_second_call()
        # It may have ended between the page and the click.
        return OfferPage(page.request, _fresh(page.offer), now).refused(form, HTTPStatus.CONFLICT)
    return redirect(call_path(booking))


@dataclass(frozen=True, slots=True)
class OfferPage:
    """An offer as whoever was offered the time sees it."""

    request: HttpRequest
    offer: Offer
    moment: datetime

    @property
    def asked(self) -> Asked:
        return Asked(self.offer.entry.topic, self.offer.entry.council)

    def ended(self) -> Ended | None:
        """None while the time is held."""
        by_entry = {WaitingEntry.Status.BOOKED: Ended.HAS_A_CALL, WaitingEntry.Status.LEFT: Ended.LEFT}
        if self.offer.status == Offer.Status.TAKEN:
            return Ended.TAKEN
        if ended := by_entry.get(WaitingEntry.Status(self.offer.entry.status)):
            return ended
        if not self.offer.is_open:
            return Ended(self.offer.status)
        return None if self.offer.held_until > self.moment else Ended.RAN_OUT

    def opened(self) -> HttpResponse:
        form = _asking_for_email(DetailsForm(initial={"start": self.offer.starts_at}))
        return self.ended_page() if self.ended() else render(self.request, TEMPLATE, self.context(form))

    def sent_form(self) -> DetailsForm:
        """The time is that of the offer, whatever was sent."""
        data = self.request.POST.copy()
        data["start"] = as_text(self.offer.starts_at)
        return _asking_for_email(DetailsForm(data))

    def refused(self, form: DetailsForm, status: int) -> HttpResponse:
        """The page again, with all that was typed. If the time is gone, with others to choose from."""
        if not self.ended():
            return render(self.request, TEMPLATE, self.context(form), status=status)
        if self.ended() == Ended.TAKEN:
            # In another tab, by themselves.
            return self.ended_page(status=HTTPStatus.CONFLICT)
        free = free_times(self.asked.wanted, self.moment).at_all
        form.choose_again(nearest(free, self.offer.starts_at))
        return self.ended_page(form, HTTPStatus.CONFLICT)

    def ended_page(self, form: DetailsForm | None = None, status: int = HTTPStatus.OK) -> HttpResponse:
        return render(self.request, "bookings/offer_ended.html", self.context(form), status=status)

    def context(self, form: DetailsForm | None) -> dict[str, object]:
        # Never the link to the call: that went by e-mail, and may have been renewed since.
        entry = self.offer.entry
        return {
            "form": form,
            "offer": self.offer,
            "entry": entry,
            "ended": self.ended() or "",
            "place_path": waiting_path(entry),
            "times_path": self.asked.path("support_call"),
            "join_path": self.asked.path("call_waiting_join"),
            "details_path": self.asked.path("call_details"),
            "calls_come_from": settings.CALLS_COME_FROM,
            "tries": apnumber(TRIES),
            "kept_days": settings.CALL_KEPT_DAYS,
        }


def _asking_for_email(form: DetailsForm) -> DetailsForm:
    """The address that waits is not shown: whoever was sent the link on must not read it."""
    form.fields["email"].help_text = f"The one that you wait with, or another. {form.fields['email'].help_text}"
    return form


def _fresh(offer: Offer) -> Offer:
    return Offer.objects.select_related("entry__topic", "entry__council", "adviser").get(pk=offer.pk)
