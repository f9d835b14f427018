"""What must be true of every adviser's diary whatever happened, in whichever order."""

from collections import Counter
from itertools import pairwise

from bookings.availability import terms
from bookings.models import Adviser, BookedCell, Booking, Offer, WaitingEntry
from bookings.slots import cells
from sendguide.outbox.models import QueuedEmail


def broken() -> list[str]:
    """One sentence for each rule that does not hold."""
    return [*_overlaps(), *_cells(), *_doubled(), *_waiting(), *_emails()]


def _overlaps() -> list[str]:
    found = []
    for adviser in Adviser.objects.all():
        calls = [*adviser.bookings.booked(), *adviser.offers.filter(status=Offer.Status.OPEN)]
        calls.sort(key=lambda call: call.starts_at)
        found += [
            f"{first} and {second} overlap" for first, second in pairwise(calls) if second.starts_at < first.ends_at
        ]
    return found


def _cells() -> list[str]:
    """Every call and every time on offer holds its cells, of which the first says how many; nothing else holds any."""
    rows = BookedCell.objects.all()
    held = {(each.adviser_id, each.cell, each.held, each.booking_id, each.offer_id) for each in rows}
    due = {(each.adviser_id, *cell, each.pk, None) for each in Booking.objects.booked() for cell in _held(each)}
    offers = Offer.objects.filter(status=Offer.Status.OPEN)
    due |= {(each.adviser_id, *cell, None, each.pk) for each in offers for cell in _held(each)}
    found = [f"cell {cell} is not held" for cell in sorted(due - held, key=str)]
    return found + [f"cell {cell} is held for nothing" for cell in sorted(held - due, key=str)]


def _held(call: Booking | Offer) -> list[tuple[int, int]]:
    first, *others = cells(call.starts_at, terms())
    return [(first, 1 + len(others)), *((cell, 0) for cell in others)]


def _doubled() -> list[str]:
    found = []
    for field in ("email_key", "phone"):
        counts = Counter(Booking.objects.upcoming().exclude(**{field: ""}).values_list(field, flat=True))
        found += [f"{value} has {count} calls to come" for value, count in counts.items() if count > 1]
    return found


def _waiting() -> list[str]:
    """A time is held for one family; a family is held one time."""
    offers = Offer.objects.filter(status=Offer.Status.OPEN)
    times = Counter(offers.values_list("adviser", "starts_at"))
    found = [f"{time} is offered {count} times" for time, count in times.items() if count > 1]
    families = Counter(offers.values_list("entry", flat=True))
    found += [f"family {pk} has {count} offers" for pk, count in families.items() if count > 1]
    waits = Counter(WaitingEntry.objects.waiting().values_list("email_key", flat=True))
    return found + [f"{email} waits {count} times" for email, count in waits.items() if count > 1]


def _emails() -> list[str]:
    """Each call was told once, and each of its moves."""
    told = Counter(QueuedEmail.objects.filter(kind="bookings.booked").values_list("about", flat=True))
    found = [f"call {pk} is told {count} times" for pk, count in told.items() if count > 1]
    found += [f"call {each.pk} is not told" for each in Booking.objects.exclude(email="") if not told[each.pk]]
    for each in Booking.objects.booked():
        moved = QueuedEmail.objects.filter(kind="bookings.moved", about=each.pk).count()
        if moved != each.sequence:
            found.append(f"call {each.pk} was moved {each.sequence} times and told {moved} times")
    return found
