"""Many people at once for few places, over real HTTP, on whichever database the tests run on."""

import re
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from guides.models import Council
from tests import factories
from tests.races.invariants import broken
from tests.races.unguarded import unguarded_lock, unguarded_take
from tests.races.visitor import Answer, Visitor, at_once
from tests.workshops.queued import queued
from workshops.actions import places, sign_ups
from workshops.models import SignUp, WorkshopDate

HEADING = re.compile(r"<h1>(.*?)</h1>")


def path_of(date: WorkshopDate) -> str:
    return f"{date.get_absolute_url()}?area=hull"


def arrived(site: str, date: WorkshopDate, number: int) -> list[Visitor]:
    """Visitors who have the form open before them."""
    visitors = [Visitor(site) for _ in range(number)]
    assert [visitor.get(path_of(date)).status for visitor in visitors] == [200] * number
    return visitors


def headings(answers: list[Answer]) -> Counter[str]:
    """In words alone, numbers left out."""
    return Counter(re.sub(r"number \d+", "number N", re.sub("<.*?>", "", heading(answer))) for answer in answers)


def heading(answer: Answer) -> str:
    return HEADING.findall(answer.body)[0]


def signing_up(date: WorkshopDate, visitors: list[Visitor], prefix: str = "p") -> list:
    return [
        partial(visitor.post, path_of(date), name="Ann", email=f"{prefix}{number}@example.org")
        for number, visitor in enumerate(visitors)
    ]


def test_24_people_for_10_places(site: str, hull: Council):
    date = factories.workshop_date(capacity=10, starts_at=factories.next_month())
    answers = at_once(signing_up(date, arrived(site, date, 24)))
    assert headings(answers) == {"You have a place": 10, "You are number N on the waiting list": 14}
    assert sorted(each.position() for each in SignUp.objects.waiting()) == list(range(1, 15))
    assert broken() == []


def give_back_among_others(site: str) -> list[Answer]:
    """Twelve give their places back while eight wait and five newcomers arrive, all at the same moment."""
    date = factories.workshop_date(capacity=12, starts_at=factories.next_month())
    holders, waiting, newcomers = (arrived(site, date, number) for number in (12, 8, 5))
    places_of_holders = [act().address for act in signing_up(date, holders, "holder")]
    for act in signing_up(date, waiting, "waiting"):
        act()
    for holder, address in zip(holders, places_of_holders, strict=True):
        holder.get(address)
    giving = [partial(holder.post, address) for holder, address in zip(holders, places_of_holders, strict=True)]
    return at_once([*giving, *signing_up(date, newcomers, "newcomer")])


def test_12_give_back_with_8_waiting_and_5_newcomers(site: str, hull: Council):
    answers = give_back_among_others(site)
    assert headings(answers)["You gave your place back"] == 12
    assert SignUp.objects.filter(email__startswith="waiting").placed().count() == 8
    promoted = [to for _, to in queued("promoted") if to.startswith("waiting")]
    assert promoted == [f"waiting{number}@example.org" for number in range(8)]
    # Twelve places: eight who waited, and of the five newcomers the four that fit.
    assert SignUp.objects.filter(email__startswith="newcomer").placed().count() == 4
    assert broken() == []


def test_double_click_is_one_sign_up(site: str, hull: Council):
    date = factories.workshop_date(capacity=10, starts_at=factories.next_month())
    (visitor,) = arrived(site, date, 1)
    answers = at_once([partial(visitor.post, path_of(date), name="Ann", email="ann@example.org")] * 6)
    assert headings(answers) == {"You have a place": 6}
    assert len({answer.address for answer in answers}) == 1
    assert (SignUp.objects.count(), broken()) == (1, [])


def test_one_address_in_many_windows_is_one_sign_up(site: str, hull: Council):
    date = factories.workshop_date(capacity=10, starts_at=factories.next_month())
    spellings = ["ann@example.org", "Ann@example.org", " ann@example.org", "ANN@EXAMPLE.ORG", "ann@example.org "]
    visitors = arrived(site, date, len(spellings))
    answers = at_once(
        [partial(v.post, path_of(date), name="A", email=e) for v, e in zip(visitors, spellings, strict=True)]
    )
    assert headings(answers) == {"You have a place": 1, "Please look at your e-mail": 4}
    assert SignUp.objects.count() == 1


def test_place_given_back_many_times_at_once_is_free_once(site: str, hull: Council):
    date = factories.workshop_date(capacity=3, starts_at=factories.next_month())
    holders = arrived(site, date, 3)
    addresses = [act().address for act in signing_up(date, holders)]
    holders[0].get(addresses[0])
    at_once([partial(holders[0].post, addresses[0])] * 6)
    date.refresh_from_db()
    assert (date.taken, broken()) == (2, [])


def slow_unguarded_take(date: WorkshopDate) -> bool:
    """Somebody sees that all is taken, and joins the waiting list when it is not true any more."""
    if date.taken >= date.capacity:
        time.sleep(4)
    return unguarded_take(date)


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ups, "lock_date", unguarded_lock)
    monkeypatch.setattr(sign_ups, "take_place", unguarded_take)
    monkeypatch.setattr(places, "take_place", unguarded_take)


# Negative controls for the tests above. SQLite lets in one writer at a time and so hides the faults.


def test_without_the_guards_somebody_waits_while_places_are_free(
    site: str, hull: Council, unguarded: None, monkeypatch: pytest.MonkeyPatch
):
    date = factories.workshop_date(capacity=3, starts_at=factories.next_month())
    holders, newcomers = arrived(site, date, 3), arrived(site, date, 3)
    addresses = [act().address for act in signing_up(date, holders, "holder")]
    for holder, address in zip(holders, addresses, strict=True):
        holder.get(address)
    monkeypatch.setattr(sign_ups, "take_place", slow_unguarded_take)
    giving = [partial(holder.post, address) for holder, address in zip(holders, addresses, strict=True)]
    at_once([*signing_up(date, newcomers, "newcomer"), *[partial(after_a_while, act) for act in giving]])
    is_broken = any("wait while" in sentence for sentence in broken())
    assert is_broken is (connection.vendor != "sqlite")


def after_a_while(act: Callable[[], Answer]) -> Answer:
    time.sleep(1.5)
    return act()


def test_without_the_guards_places_are_given_twice(site: str, hull: Council, unguarded: None):
    date = factories.workshop_date(capacity=1, starts_at=factories.next_month())
    at_once(signing_up(date, arrived(site, date, 12)))
    given = SignUp.objects.placed().count()
    if connection.vendor == "sqlite":
        assert given == 1
    else:
        assert given > 1
        assert f"{given} people have one of 1 places" in broken()
