from collections.abc import Iterator

import pytest
import time_machine

from tests.bookings.emails.letters import NOW


@pytest.fixture(autouse=True)
def day_before(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield
