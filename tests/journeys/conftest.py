from collections.abc import Callable, Iterator
from datetime import time
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext

from bookings.models import Adviser
from tests import factories
from tests.journeys.server import served_site
from tests.journeys.visits import Visit, visits
from tests.whole_site.page_types import NOT_FOUND


@pytest.fixture(scope="session")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole site. Journeys read it, and sign up for workshops, of which there is room enough."""
    with served_site(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], site_url: str) -> Iterator[Visit]:
    """To the whole site: see ``visits``."""
    with visits(new_context, site_url, tuple(NOT_FOUND.values())) as visit:
        yield visit


@pytest.fixture
def visit_own(new_context: Callable[..., BrowserContext], live_server: Any, settings: Any) -> Iterator[Visit]:
    """To a site with nothing but what the test puts there, of which it can read the outbox: see ``visits``."""
    settings.FORM_FASTEST_SECONDS = 0
    factories.guide(slug="the-local-offer")  # where the menu leads
    with visits(new_context, live_server.url) as visit:
        yield visit


@pytest.fixture
def adviser(db: None) -> Adviser:
    """With time every day, also where the clock of the computer says that it is the weekend."""
    made = factories.adviser(name="Marta", weekdays=range(7))
    made.weekly_hours.update(starts=time(9), ends=time(20), from_day=timezone.localdate())
    return made
