"""The first step of booking a call: the times that are free."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.availability import FreeTimes, Wanted, advisers_for, free_times
from bookings.forms import TimeForm
from bookings.promises import TRIES
from bookings.views.asked import Asked
from bookings.weeks import Week, asked_week, week_of
from guides.models import SitePage, Topic
from guides.views.http import public_reading
from guides.views.places import near
from sendguide.lib.dates import monday_of, uk_day

SUNDAY = timedelta(days=6)


@require_safe
@public_reading("topic", "area", "week", never_with=["near"])
def support_call(request: HttpRequest) -> HttpResponse:
    return TimesPage.now(request).show()


def week_shown(by_day: Mapping[date, list[datetime]], asked: date | None, now: datetime) -> Week:
    return week_of(by_day, asked, today=uk_day(now), last=last_day(now))


def last_day(now: datetime) -> date:
    """Up to which calls can be booked."""
    return uk_day(now) + timedelta(days=settings.CALL_HORIZON_DAYS)


@dataclass(frozen=True, slots=True)
class TimesPage:
    request: HttpRequest
    asked: Asked
    moment: datetime
    free: FreeTimes

    @classmethod
    def now(cls, request: HttpRequest) -> "TimesPage":
        asked, moment = Asked.by(request), timezone.now()
        return cls(request, asked, moment, free_times(asked.wanted, moment))

    @property
    def week(self) -> Week:
        return week_shown(self.free.by_day(), self._asked_week(), self.moment)

    def form(self, data: Mapping[str, str] | None = None) -> TimeForm:
        return TimeForm(data, days=self.week.days)

    def show(
        self, form: TimeForm | None = None, status: int = HTTPStatus.OK, *, is_taken: bool = False
    ) -> HttpResponse:
        """``form``: one that was sent and could not be taken. ``is_taken``: by somebody, perhaps by themselves."""
        week, asked = self.week, self.asked
        elsewhere = asked.in_area(None).path("support_call")
        topics: Iterable[Topic] = [] if asked.topic else Topic.objects.all()
        context = {
            "form": form or self.form(),
            "is_taken": is_taken,
            "page": SitePage.objects.filter(slug="support-call").first(),
            "asked": asked,
            "week": week,
            "is_another_week": bool(asked.week) and self._asked_week() is None,
            "first": self.free.first,
            "left": self.free.number_until(monday_of(self.moment) + SUNDAY),
            "earlier": week.earlier and asked.in_week(week.earlier).path("support_call"),
            "later": week.later and asked.in_week(week.later).path("support_call"),
            "topics": [(topic, asked.about(topic).path("support_call")) for topic in topics],
            "any_topic": asked.about(None).path("support_call"),
            "any_area": elsewhere,
            "here": asked.in_week(None).path("support_call"),
            "near": near(self.request, asked.council, elsewhere) if asked.council else [],
            "lacks": self._lacks(),
            "waiting_path": asked.in_week(None).path("call_waiting_join"),
            "calls_come_from": settings.CALLS_COME_FROM,
            "tries": apnumber(TRIES),
        }
        return render(self.request, "bookings/choose.html", context, status=status)

    def _lacks(self) -> str:
        """What none of those who take calls knows: "nation" or "topic". Empty if only the times are booked."""
        if self.free.first or advisers_for(self.asked.wanted):
            return ""
        return "topic" if advisers_for(Wanted(None, self.asked.council)) else "nation"

    def _asked_week(self) -> date | None:
        return asked_week(self.asked.week, today=uk_day(self.moment), last=last_day(self.moment))
