from datetime import UTC, datetime

import pytest
import time_machine

from guides.models import Council
from tests import factories
from workshops.models import Workshop, WorkshopDate

NOW = datetime(2026, 11, 26, 20, tzinfo=UTC)
START = datetime(2026, 12, 10, 19, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(settings):
    settings.FORM_FASTEST_SECONDS = 0
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pages(db: None) -> None:
    """What the menu and the footer of every page lead to."""
    factories.guide(slug="the-local-offer")


@pytest.fixture
def hull(pages: None) -> Council:
    return factories.council(slug="hull", name="Hull City Council", short_names=["Hull"], code="E06000010")


@pytest.fixture
def leeds(pages: None) -> Council:
    return factories.council(slug="leeds", name="Leeds City Council", short_names=["Leeds"], code="E08000035")


@pytest.fixture
def workshop(hull: Council, leeds: Council) -> Workshop:
    """Open to Leeds, not to Hull."""
    return factories.workshop(title="Sleep Support", slug="sleep", reach="except", councils=[hull])


@pytest.fixture
def date(workshop: Workshop) -> WorkshopDate:
    return factories.workshop_date(workshop=workshop, capacity=1, starts_at=START)
