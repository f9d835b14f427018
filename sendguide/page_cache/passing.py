"""When pages change by themselves, because time passes."""

from datetime import datetime

from bookings.next_call import next_mark
from guides.search.documents import next_publishing
from workshops.upcoming import next_passing


def next_change(now: datetime) -> datetime:
    """The first moment after ``now`` at which a public page can read differently though nobody changed anything.

    Days end on a five-minute mark, too. Two queries.
    """
    moments = (next_mark(now), next_publishing(now), next_passing(now))
    return min(filter(None, moments))
