"""What concerns an adviser and none of their calls."""

from django.db.models import F

from bookings.models import Adviser


def reset_feed(*, adviser: Adviser) -> None:
    """Give their calendar another address: whoever has the old one no longer sees when they call."""
    Adviser.objects.filter(pk=adviser.pk).update(feed_version=F("feed_version") + 1)
    adviser.refresh_from_db(fields=["feed_version"])
