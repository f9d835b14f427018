from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests import factories

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def before_the_workshop() -> Iterator[None]:
    """Nine days before the date that the factory makes."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def organiser(client: Client, before_the_workshop: None) -> Client:
    client.force_login(factories.staff(is_superuser=True))
    return client
