"""An adviser's calls for the calendar on their phone, which asks for them every few hours, without an account."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings import calendars
from bookings.links import adviser_for
from bookings.views.personal import personal

PAST = timedelta(days=30)


@require_safe
@personal
def adviser_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Also cancelled calls, so that calendars take them out. Nothing personal is in it."""
    adviser = adviser_for(token)
    now = timezone.now()
    # The last day that can be booked may end a little later than this many times 24 hours.
    horizon = timedelta(days=settings.CALL_HORIZON_DAYS + 1)
    calls = adviser.bookings.filter(starts_at__range=(now - PAST, now + horizon))
    content = calendars.adviser_calendar(adviser, calls)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
