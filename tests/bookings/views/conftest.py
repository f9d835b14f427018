from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from bookings.models import Adviser
from guides.models import Council
from tests import factories

# A Tuesday. The first call of an adviser whose day begins at 9am is at 1pm, for want of notice before.
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(settings) -> Iterator[time_machine.Traveller]:
    settings.FORM_FASTEST_SECONDS = 0
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def pages(db: None) -> None:
    """What the menu and the footer of every page lead to."""
    factories.guide(slug="the-local-offer")


@pytest.fixture
def adviser(pages: None) -> Adviser:
    return factories.adviser(name="Sam", email="sam@staff.example")


@pytest.fixture
def hull(pages: None) -> Council:
    return factories.council(slug="hull", name="Hull City Council", short_names=["Hull"])
