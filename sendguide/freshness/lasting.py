"""How long what is made from the database stays true by itself."""

from datetime import datetime
from typing import NamedTuple

from sendguide.freshness.passing import next_change


class Known(NamedTuple):
    generation: str
    since: datetime
    until: datetime


class Lasting:
    """Asks the apps once for each generation: as long as nobody changes anything, their answer is the same."""

    def __init__(self) -> None:
        self._known: Known | None = None

    def until(self, generation: str, now: datetime) -> datetime:
        """The first moment from ``now`` on at which a page made in ``generation`` can read differently."""
        known = self._known
        if known and known.generation == generation and known.since <= now < known.until:
            return known.until
        until = next_change(now)
        self._known = Known(generation, now, until)
        return until


LASTING = Lasting()
