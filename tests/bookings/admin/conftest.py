from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from bookings.models import Adviser, Booking
from tests import factories

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
VIEW = ("view_booking",)
ACT = ("view_booking", "change_booking")


@pytest.fixture
def before_the_call() -> Iterator[None]:
    """A Tuesday, the day before the call that the factory makes."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def manager(client: Client, before_the_call: None) -> Client:
    client.force_login(factories.staff(is_superuser=True))
    return client


@pytest.fixture
def amira(before_the_call: None) -> Adviser:
    """An adviser with an account, who may act on her calls."""
    return factories.adviser(name="Amira", user=factories.staff(*ACT), email="amira@staff.example")


@pytest.fixture
def amiras(client: Client, amira: Adviser) -> Client:
    client.force_login(amira.user)
    return client


@pytest.fixture
def call(amira: Adviser) -> Booking:
    """Hers, on the day after, of somebody whose details must not get about."""
    return factories.booking(adviser=amira, email="ann@example.org", name="Secret Sue")


@contextmanager
def at_time(moment: datetime, client: Client, call: Booking) -> Iterator[None]:
    """The adviser of ``call`` works on at another ``moment``; a session from the day before would have ended."""
    with time_machine.travel(moment, tick=False):
        client.force_login(call.adviser.user)
        yield
