"""Which calls can change places: each adviser has to be able to help the other's family."""

from django.db.models import Q

from bookings.availability import Wanted, advisers_for
from bookings.models import Booking
from bookings.models.bookings import BookingQuerySet


def partners(booking: Booking, calls: BookingQuerySet) -> BookingQuerySet:
    """Those of ``calls`` with which ``booking`` can change places: with those of its own adviser always."""
    adviser = booking.adviser
    able = [each.pk for each in advisers_for(Wanted(booking.topic, booking.council))]
    topics = list(adviser.topics.values_list("pk", flat=True))
    knows_topic = Q(topic=None) | Q(topic__in=topics) if topics else Q()
    knows_law = Q(council=None) | Q(council__nation__in=adviser.nations)
    with_another = Q(adviser__in=able if adviser.is_taking_calls else []) & knows_topic & knows_law
    return calls.exclude(pk=booking.pk).filter(Q(adviser=adviser) | with_another)
