from datetime import UTC, datetime

import pytest

from bookings.actions import book
from bookings.availability import Wanted, free_times
from bookings.examples import create_example_advisers
from bookings.models import Adviser
from guides.nations import NATIONS
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_three_advisers_are_made_and_named_as_examples():
    assert create_example_advisers(now=NOW) == 3
    assert list(Adviser.objects.values_list("name", "nation", "is_example")) == [
        ("Amira (example)", "England", True),
        ("Ben (example)", "England", True),
        ("Chloe (example)", "Scotland", True),
    ]


@pytest.mark.parametrize("nation", NATIONS)
def test_family_of_each_nation_can_book_at_once(nation):
    create_example_advisers(now=NOW)
    wanted = Wanted(council=factories.council(nation=nation))
    first = free_times(wanted, NOW).first
    assert book(start=first, caller=factories.caller(wanted=wanted), now=NOW).adviser.is_example


def test_topics_are_those_of_the_site():
    topic, other = factories.topic(slug="autism"), factories.topic(slug="sleep")
    create_example_advisers(now=NOW)
    assert list(Adviser.objects.get(name="Ben (example)").topics.all()) == [topic]
    assert other not in Adviser.objects.get(name="Amira (example)").topics.all()


@pytest.mark.parametrize("is_example", [True, False])
def test_any_adviser_at_all_ends_examples(is_example):
    factories.adviser(is_example=is_example)
    assert create_example_advisers(now=NOW) == 0
    assert Adviser.objects.count() == 1


def test_examples_are_made_once():
    assert [create_example_advisers(now=NOW) for _ in range(2)] == [3, 0]
