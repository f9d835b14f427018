"""Acts lock their advisers before anything else, two in the order of their numbers: no two wait for each other."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.actions import leave, renew_link, withdraw
from bookings.models import Adviser, Booking
from tests import factories
from tests.bookings.admin.conftest import NOW

pytestmark = pytest.mark.django_db
WRITE = re.compile(r'(?:UPDATE|INSERT INTO|DELETE FROM) "(\w+)"')


def first_written(act: Callable[..., Any], **arguments: Any) -> str:
    """The table of the first row that ``act`` writes to, and so locks."""
    with CaptureQueriesContext(connection) as queries:
        act(**arguments)
    return next(found[1] for each in queries if (found := WRITE.match(each["sql"])))


def test_who_leaves_the_list_locks_the_adviser_first():
    offer = factories.offer()
    assert first_written(leave, entry=offer.entry, now=NOW) == Adviser._meta.db_table


def test_new_link_locks_the_adviser_first():
    assert first_written(renew_link, booking=factories.booking(), seen=1) == Adviser._meta.db_table


def test_new_link_locks_the_adviser_who_has_the_call_by_now(monkeypatch):
    call, other = factories.booking(), factories.adviser()
    locked = []

    def given_away(*pks):
        Booking.objects.update(adviser=other)
        locked.extend(pks)

    monkeypatch.setattr("bookings.actions.cells.lock_advisers", given_away)
    had_it = call.adviser_id
    assert renew_link(booking=call, seen=1)
    assert locked == [had_it, other.pk]


def test_times_of_two_advisers_are_taken_back_in_the_order_of_their_numbers(monkeypatch):
    one, two = factories.offer(), factories.offer()
    locked = []

    def lock(pk):
        locked.append(pk)
        return Adviser.objects.get(pk=pk)

    monkeypatch.setattr("bookings.actions.cells._locked", lock)
    assert withdraw(offers=[two, one], now=NOW) == 2
    assert locked[:2] == [one.adviser_id, two.adviser_id]
