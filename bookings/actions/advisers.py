"""What is done to an adviser beside their calls."""

from django.db.models import F

from bookings.models import Adviser


def reset_feed(*, adviser: Adviser) -> None:
    """Give the adviser's calendar a new address: the old one stops at once."""
    Adviser.objects.filter(pk=adviser.pk).update(feed_version=F("feed_version") + 1)
    adviser.refresh_from_db(fields=["feed_version"])
