from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from bookings.examples import create_example_advisers
from tests.whole_site.pages import Site, read_site
from workshops.examples import create_example_dates


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only for tests that say so a test database is made; without one these would read the real one."""
    for item in items:
        if {"site", "visitor"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db)


@contextmanager
def all_content(django_db_blocker: Any) -> Iterator[None]:
    """Inside the block everything in content/ and the examples are in the database, and afterwards nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", stdout=StringIO())
        create_example_dates(now=timezone.now())
        create_example_advisers(now=timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: Any) -> Site:
    """The whole site, read once, in one moment: a time for a call that one page offers is there on the next."""
    with time_machine.travel(timezone.now(), tick=False), all_content(django_db_blocker):
        return read_site()


@pytest.fixture(scope="module")
def visitor(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    """Somebody without an account, for a whole file of tests: the content is there until its last one."""
    with all_content(django_db_blocker):
        yield Client()
