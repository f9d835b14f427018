"""Many families on the pages at once, over real HTTP, on whichever database the tests run on."""

import re
from collections import Counter
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from bookings.actions import cancel
from bookings.availability import Wanted, free_times
from bookings.models import Booking
from tests import factories
from tests.bookings.invariants import broken
from tests.races.booking_pages import details, details_path
from tests.races.visitor import Answer, Visitor, at_once

HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


def times(number: int) -> list[datetime]:
    """So many times at which calls can begin, as far ahead as can be: no notice and no midnight comes near."""
    return list(free_times(Wanted(), timezone.now()).advisers_at)[-number:]


def arrived(site: str, start: datetime, number: int) -> list[Visitor]:
    """Families who have the form for ``start`` open before them."""
    visitors = [Visitor(site) for _ in range(number)]
    assert [visitor.get(details_path(start)).status for visitor in visitors] == [200] * number
    return visitors


def pressing(start: datetime, visitors: list[Visitor]) -> list[Any]:
    return [partial(each.post, details_path(start), **details(number)) for number, each in enumerate(visitors)]


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def heading(answer: Answer) -> str:
    return HEADING.findall(answer.body)[0].strip()


def test_24_for_one_time(site: str, transactional_db: None):
    factories.adviser()
    (start,) = times(1)
    answers = at_once(pressing(start, arrived(site, start, 24)))
    assert statuses(answers) == {200: 1, 409: 23}
    # Everything typed is still there, and other times to choose from.
    refused = [answer for answer in answers if answer.status == 409]
    assert all("07700 9000" in answer.body and 'type="radio" name="start"' in answer.body for answer in refused)
    assert (Booking.objects.count(), broken()) == (1, [])


def test_5_for_any_of_3_advisers(site: str, transactional_db: None):
    for _ in range(3):
        factories.adviser()
    (start,) = times(1)
    answers = at_once(pressing(start, arrived(site, start, 5)))
    assert statuses(answers) == {200: 3, 409: 2}
    assert Booking.objects.values("adviser").distinct().count() == 3
    assert broken() == []


def test_double_click_is_one_call(site: str, transactional_db: None):
    factories.adviser(), factories.adviser()
    (start,) = times(1)
    (visitor,) = arrived(site, start, 1)
    answers = at_once(pressing(start, [visitor] * 1) * 6)
    assert statuses(answers) == {200: 6}
    assert len({answer.address for answer in answers}) == 1
    assert (Booking.objects.count(), broken()) == (1, [])


def test_one_person_cannot_take_every_time(site: str, transactional_db: None):
    factories.adviser(), factories.adviser()
    starts = times(8)
    visitors = [arrived(site, start, 1)[0] for start in starts]
    answers = at_once(
        [partial(each.post, details_path(start), **details(1)) for each, start in zip(visitors, starts, strict=True)]
    )
    assert statuses(answers) == {200: 1, 409: 7}
    assert (Booking.objects.count(), broken()) == (1, [])


def test_family_moves_while_staff_cancel(site: str, transactional_db: None):
    factories.adviser()
    first, second = times(2)
    (visitor,) = arrived(site, first, 1)
    address = pressing(first, [visitor])[0]().address
    assert visitor.get(f"{address}move/").status == 200
    booking = Booking.objects.get()
    move = partial(visitor.post, f"{address}move/", start=details_path(second).partition("=")[2])
    cancelling = partial(cancel, booking=booking, now=timezone.now(), by_staff=True)
    answer, is_cancelled = at_once([move, closing(cancelling)])
    assert (answer.status, is_cancelled) == (200, True)
    assert "cancel" in heading(visitor.get(address)).lower()
    booking.refresh_from_db()
    assert (booking.is_cancelled, booking.sequence in {1, 2}, broken()) == (True, True, [])


def closing(act: Any) -> Any:
    """``act`` for a thread of its own, whose connection to the database ends with it."""
    from django.db import connections

    def call() -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    return call
