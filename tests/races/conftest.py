from collections.abc import Iterator
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection

from guides.models import Council
from tests import factories
from tests.races.crowd import Site

# Bursts of visitors wait here instead of being refused a connection.
ThreadedWSGIServer.request_queue_size = 128
# SQLite is a file: there is no server that could be restarted.
collect_ignore = ["test_restart.py"] if connection.vendor == "sqlite" else []


@pytest.fixture
def hull(transactional_db: None) -> Council:
    return factories.council(slug="hull")


@pytest.fixture
def site(live_server: Any, settings: Any, caplog: pytest.LogCaptureFixture) -> Iterator[str]:
    """The address of the site, served by real threads on the test database. The test fails on any server error."""
    settings.FORM_FASTEST_SECONDS = 0
    settings.SIGN_UPS_AN_HOUR = settings.CALLS_AN_HOUR = 10_000
    yield live_server.url
    assert [record.getMessage() for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []


@pytest.fixture(scope="session")
def production_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Its static files are collected once: packing them takes seconds."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.collect_static()
    return site
