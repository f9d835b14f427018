"""The waiting list for calls, for whom no time suits: joining it, and one's own place on it."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import ordinal
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions import confirm, join, leave
from bookings.availability import Wanted, advisers_for
from bookings.forms.waiting import WaitingForm
from bookings.links import offer_path, waiting_for, waiting_path
from bookings.models import Offer, WaitingEntry
from bookings.promises import DAYS_TO_CONFIRM, MOST_MISSED
from bookings.views.asked import Asked
from bookings.views.personal import personal
from bookings.when_advisers_call import is_ever_possible
from bookings.wishes import in_words
from guides.views.http import UNKEPT, with_headers
from guides.views.places import near
from sendguide.guard.answers import form_for_later
from sendguide.guard.rate_limit import wait_after
from sendguide.lib.dates import uk_day


@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest) -> HttpResponse:
    asked = Asked.by(request)
    if request.method != "POST":
        return _form_page(request, asked, WaitingForm(initial={"topic": asked.topic}, council=asked.council))
    form = WaitingForm(request.POST, council=asked.council)
    if not form.is_valid():
        return _form_page(request, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_bot:
        return redirect("call_waiting_joined")
    now, email = timezone.now(), form.cleaned_data["email"]
    if wait := wait_after("bookings.wait", request, email, an_hour=settings.CALLS_AN_HOUR, now=now):
        page = form_for_later(request, "bookings/waiting_join.html", _about_form(request, asked, form), wait=wait)
        return with_headers(page, UNKEPT)
    join(wish=form.wish(), now=now)
    return redirect("call_waiting_joined")


@require_safe
def joined(request: HttpRequest) -> HttpResponse:
    """The same for everybody who joined: what an address has is told by e-mail alone, to its owner."""
    context = {"offer_hours": settings.CALL_OFFER_HOURS, "days_to_confirm": DAYS_TO_CONFIRM}
    return with_headers(render(request, "bookings/waiting_joined.html", context), UNKEPT)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def own_place(request: HttpRequest, token: str) -> HttpResponse:
    """Where they are in the line, a button to say yes to it and one to leave it.

    Looking changes nothing: mail scanners follow links.
    """
    entry = waiting_for(token)
    now = timezone.now()
    if request.method == "POST":
        act = confirm if "confirm" in request.POST else leave
        act(entry=entry, now=now)
        return redirect(waiting_path(entry))
    position, asked = entry.position(), Asked(entry.topic, entry.council)
    wish = {"weekdays": entry.weekdays, "parts": entry.parts}
    offer = entry.offers.filter(status=Offer.Status.OPEN, held_until__gt=now).first()
    context = {
        "entry": entry,
        "wish": in_words(**wish),
        "is_possible": is_ever_possible(asked.wanted, **wish, today=uk_day(now)),
        "position": ordinal(position),
        "ahead": position - 1,
        "offer": offer,
        "offer_path": offer_path(offer) if offer else "",
        "offer_hours": settings.CALL_OFFER_HOURS,
        "most_missed": MOST_MISSED,
        "days_to_confirm": DAYS_TO_CONFIRM,
        "times_path": asked.path("support_call"),
        "join_path": asked.path("call_waiting_join"),
    }
    return render(request, "bookings/waiting_place.html", context)


def _form_page(request: HttpRequest, asked: Asked, form: WaitingForm, status: int = HTTPStatus.OK) -> HttpResponse:
    page = render(request, "bookings/waiting_join.html", _about_form(request, asked, form), status=status)
    return with_headers(page, UNKEPT)


def _about_form(request: HttpRequest, asked: Asked, form: WaitingForm) -> dict[str, object]:
    here = asked.in_week(None).in_area(None).path("call_waiting_join")
    return {
        "form": form,
        "council": asked.council,
        # Where to come back to once it is known where they live.
        "here": here,
        "near": near(request, asked.council, here) if asked.council else [],
        "times_path": asked.path("support_call"),
        "waiting": WaitingEntry.objects.confirmed().count(),
        "has_adviser": bool(advisers_for(Wanted(None, asked.council))),
        "offer_hours": settings.CALL_OFFER_HOURS,
        "most_missed": MOST_MISSED,
        "days_to_confirm": DAYS_TO_CONFIRM,
        "kept_days": settings.CALL_KEPT_DAYS,
    }
