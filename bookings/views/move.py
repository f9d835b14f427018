"""Moving one's own call to another time."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.actions import Reason, Refused, move
from bookings.availability import Wanted, free_times
from bookings.forms import TimeForm
from bookings.links import booking_for, call_path
from bookings.models import Booking
from bookings.views.personal import personal
from bookings.views.times import last_day, week_shown
from bookings.weeks import Day, Week, asked_week, nearest
from sendguide.lib.dates import uk_day


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def call_move(request: HttpRequest, token: str) -> HttpResponse:
    booking, now = booking_for(token), timezone.now()
    if not booking.is_to_come(now):
        return redirect(call_path(booking))
    page = MovePage.of(request, booking, now)
    return _moved(page) if request.method == "POST" else page.show(page.form())


def _moved(page: "MovePage") -> HttpResponse:
    form = page.form()
    if not form.is_valid():
        return page.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    start = form.cleaned_data["start"]
    try:
        move(booking=page.booking, start=start, now=page.moment)
    except Refused as refused:
        if refused.reason == Reason.TAKEN:
            # The times of ``page`` were read before somebody took this one.
            fresh = MovePage.of(page.request, page.booking, page.moment)
            return fresh.show(fresh.others(start), HTTPStatus.CONFLICT)
    # What cannot be moved any more explains itself there.
    return redirect(call_path(page.booking))


@dataclass(frozen=True, slots=True)
class MovePage:
    """The times that a call can be moved to. ``starts``: its own is among them."""

    request: HttpRequest
    booking: Booking
    moment: datetime
    starts: list[datetime]
    week: Week
    is_free: bool

    @classmethod
    def of(cls, request: HttpRequest, booking: Booking, now: datetime) -> "MovePage":
        free, own = free_times(Wanted(booking.topic, booking.council), now), booking.starts_at
        by_day, day = free.by_day(), uk_day(own)
        by_day[day] = sorted({*by_day.get(day, ()), own})
        asked = asked_week(request.GET.get("week", ""), today=uk_day(now), last=last_day(now))
        own_week = asked_week(day.isoformat(), today=uk_day(now), last=last_day(now))
        week = week_shown(by_day, asked or own_week, now)
        return cls(request, booking, now, list(free.at_all), week, bool(free))

    def form(self, days: tuple[Day, ...] | None = None) -> TimeForm:
        data = self.request.POST if self.request.method == "POST" else None
        return TimeForm(data, days=self.week.days if days is None else days, own=self.booking.starts_at)

    def others(self, start: datetime) -> TimeForm:
        """A form with the times around ``start``, which turned out to be taken."""
        form = self.form(nearest(self.starts, start))
        form.refuse()
        return form

    def show(self, form: TimeForm, status: int = HTTPStatus.OK) -> HttpResponse:
        context = {
            "form": form,
            "booking": self.booking,
            "week": self.week,
            "is_free": self.is_free,
            "call_path": call_path(self.booking),
            "move_path": call_path(self.booking, "call_move"),
        }
        return render(self.request, "bookings/move.html", context, status=status)
