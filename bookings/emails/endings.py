"""To a family, about a call that was cancelled or is over."""

from itertools import islice

from django.utils import timezone

from bookings.availability import Wanted, free_times
from bookings.emails.facts import Details, cancelled, context, entry, family_call, not_begun, when
from bookings.models import Booking
from guides.models import Guide
from sendguide.lib.calendar_files import Method
from sendguide.outbox.registry import Email, NotNeeded, email
from sendguide.templatetags.page import absolute

# Enough to choose from, few enough to read.
TIMES_SHOWN = 5


@email("bookings.cancelled", called="Call: cancelled by the family")
def cancelled_by_family(about: int, details: Details) -> Email:
    booking = not_begun(cancelled(family_call(about)))
    return Email(
        subject=f"Call cancelled: {when(booking)}",
        template="emails/bookings/cancelled",
        context=context(booking),
        calendar=entry(booking, Method.CANCEL),
        only_to=booking.email,
    )


@email("bookings.cancelled_by_us", called="Call: cancelled by us")
def cancelled_by_us(about: int, details: Details) -> Email:
    """Also when it comes too late: whoever waited in vain is owed an apology and another time."""
    booking = cancelled(family_call(about))
    free = free_times(Wanted(booking.topic, booking.council), timezone.now())
    return Email(
        subject=f"We had to cancel your call: {when(booking)}",
        template="emails/bookings/cancelled_by_us",
        context=context(booking, times=list(islice(free.at_all, TIMES_SHOWN))),
        calendar=entry(booking, Method.CANCEL),
        only_to=booking.email,
    )


@email("bookings.missed", called="Call: we could not reach you")
def missed(about: int, details: Details) -> Email:
    booking = family_call(about)
    if booking.outcome != Booking.Outcome.NOT_REACHED:
        raise NotNeeded("The outcome of the call was changed since.")
    return Email(
        subject=f"We could not reach you: {when(booking)}",
        template="emails/bookings/missed",
        context=context(booking),
        only_to=booking.email,
    )


@email("bookings.summary", called="Call: summary")
def summary(about: int, details: Details) -> Email:
    """What the adviser wrote for the family, unless it was changed since, and the guides that can still be read."""
    booking = family_call(about)
    guides = Guide.objects.published().filter(pk__in=booking.guides.all())
    links = [{"title": guide.title, "url": absolute(guide.get_absolute_url())} for guide in guides]
    if not booking.summary and not links:
        raise NotNeeded("The summary and its guides were taken away since.")
    if details["version"] != booking.summary_version():
        raise NotNeeded("The summary was changed since: a later e-mail has it.")
    return Email(
        subject=f"After your call: {when(booking)}",
        template="emails/bookings/summary",
        context=context(booking, links=links),
        only_to=booking.email,
    )
