"""The clock of the computer that the site runs on, which need not be in the UK."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

# How many hours each is behind UTC in winter.
ZONES = {"America/Los_Angeles": 8, "Pacific/Auckland": -12, "Europe/London": 0}


@contextmanager
def clock_of_server(zone: str) -> Iterator[None]:
    """Its clock on the wall is that of another place, for the block."""
    with mock.patch.dict(os.environ, TZ=zone):
        time.tzset()
        assert time.timezone == ZONES[zone] * 3600
        yield
    time.tzset()
