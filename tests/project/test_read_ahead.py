"""What a web process does before the first visitor comes."""

import pytest
from django.db import OperationalError

from guides.search.find import find, suggest_from_memory
from guides.search.fresh import KEEPER, Shelf
from guides.search.suggesting import Suggestions
from sendguide.read_ahead import read_ahead
from tests import factories


@pytest.fixture(autouse=True)
def _nothing_is_read(monkeypatch):
    """As at the start of a process."""
    monkeypatch.setattr(KEEPER, "_shelf", Shelf())
    monkeypatch.setattr(KEEPER, "last_suggestions", Suggestions())


@pytest.mark.django_db(transaction=True)
def test_index_is_there_before_the_first_search(django_assert_num_queries):
    factories.guide(title="Quokkas")
    read_ahead()
    assert [each.title for each in suggest_from_memory("quo")] == ["Quokkas"]
    with django_assert_num_queries(1):
        assert find("quokkas").results[0].title == "Quokkas"


def test_process_starts_without_a_database(monkeypatch, caplog):
    def away(_self, _now):
        raise OperationalError

    monkeypatch.setattr(Shelf, "renew", away)
    read_ahead()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
