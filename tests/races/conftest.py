from collections.abc import Iterator
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection

from guides.models import Council
from tests import factories
from tests.project.running import python
from tests.races.crowd import Site
from tests.races.own_postgresql import OwnServer, own_server

# Bursts of visitors wait here instead of being refused a connection.
ThreadedWSGIServer.request_queue_size = 128
# SQLite is a file: there is no server that could be restarted, and no second machine.
collect_ignore = ["test_restart.py", "test_production.py"] if connection.vendor == "sqlite" else []


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


@pytest.fixture(scope="session")
def migrated() -> Iterator[OwnServer]:
    """A server whose new databases all begin with the project's tables."""
    with own_server() as server:
        variables = {"MODE": "local", "SECRET_KEY": "only for tests", "DATABASE_URL": server.url("template1")}
        migrating = python("manage.py", "migrate", **variables)
        assert migrating.returncode == 0, migrating.stderr
        yield server


@pytest.fixture
def postgresql(migrated: OwnServer, transactional_db: None) -> Iterator[OwnServer]:
    """The server, with a new database, which stands in for the one that DATABASE_URL names until the test ends."""
    connection.close()
    with mock.patch.dict(connection.settings_dict, migrated.address(f"test_{uuid4().hex}")):
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.settings_dict['NAME']}")
            # What recovery need not write again makes the outage no longer than the test wants it.
            cursor.execute("CHECKPOINT")
        yield migrated
        connection.close()
