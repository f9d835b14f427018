"""What stands in the outbox about calls, for tests to compare."""

from sendguide.outbox.models import QueuedEmail


def queued(*kinds: str) -> list[tuple[str, str]]:
    """(kind without "bookings.", address) of each e-mail, in the order of queueing; only ``kinds`` if given."""
    rows = QueuedEmail.objects.order_by("pk").values_list("kind", "to")
    found = [(kind.removeprefix("bookings."), to) for kind, to in rows]
    return [each for each in found if not kinds or each[0] in kinds]
