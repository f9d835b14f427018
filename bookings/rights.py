"""Who may see and do what with calls: an adviser with their own, whoever has the right with all of them."""

from django.contrib.auth.models import AnonymousUser, User

from bookings.models import Adviser, Booking
from bookings.models.bookings import BookingQuerySet

MANAGE_ADVISERS = "bookings.change_adviser"
SEE_CALLS = "bookings.view_booking"
SEE_ALL_CALLS = "bookings.see_all_calls"
CHANGE_CALLS = "bookings.change_booking"
SEE_WAITING = "bookings.view_waitingentry"
CHANGE_WAITING = "bookings.change_waitingentry"

Person = User | AnonymousUser


def calls_for(person: Person) -> BookingQuerySet:
    """The calls that ``person`` may see."""
    calls = Booking.objects.with_details()
    if not person.has_perm(SEE_CALLS):
        return calls.none()
    return calls if person.has_perm(SEE_ALL_CALLS) else calls.filter(adviser__user=person.pk or 0)


def advisers_for_diary(person: Person) -> list[Adviser]:
    """Whose calls ``person`` may see, by name."""
    if not person.has_perm(SEE_CALLS):
        return []
    advisers = Adviser.objects.all()
    return list(advisers if person.has_perm(SEE_ALL_CALLS) else advisers.filter(user=person.pk or 0))


def own_adviser(person: Person) -> Adviser | None:
    """The adviser whose account this is."""
    return Adviser.objects.filter(user=person.pk).first() if person.pk and person.has_perm(SEE_CALLS) else None


def may_set_hours(person: Person, adviser: Adviser | None) -> bool:
    """Of all advisers, or of none yet, if they manage them; else their own."""
    own = adviser is not None and adviser.user_id == person.pk and person.has_perm(SEE_CALLS)
    return own or person.has_perm(MANAGE_ADVISERS)
