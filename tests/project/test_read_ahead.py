"""What a web process does before the first visitor comes."""

import importlib
import sys

import pytest
from django.db import OperationalError

from guides.search.find import find, suggest_from_memory
from guides.search.fresh import KEEPER, Shelf
from guides.search.suggesting import Suggestions
from tests import factories


@pytest.fixture
def wsgi(monkeypatch):
    """As at the start of a process: nothing is read."""
    monkeypatch.setattr(KEEPER, "_shelf", Shelf())
    monkeypatch.setattr(KEEPER, "last_suggestions", Suggestions())
    yield importlib.import_module("sendguide.wsgi")
    # Other tests look there whether the site itself is served.
    del sys.modules["sendguide.wsgi"]


@pytest.mark.django_db(transaction=True)
def test_index_is_there_before_the_first_search(wsgi, django_assert_num_queries):
    factories.guide(title="Quokkas")
    wsgi.read_ahead()
    assert [each.title for each in suggest_from_memory("quo")] == ["Quokkas"]
    with django_assert_num_queries(1):
        assert find("quokkas").results[0].title == "Quokkas"


def test_process_starts_without_a_database(wsgi, monkeypatch, caplog):
    def away(_self, _now):
        raise OperationalError

    monkeypatch.setattr(Shelf, "renew", away)
    wsgi.read_ahead()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
