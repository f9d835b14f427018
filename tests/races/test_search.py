"""What one process saves another one finds from the moment it is committed, and not before."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from guides.models import GlossaryTerm, SearchState
from guides.search.find import find
from guides.search.fresh import Keeper
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


class OtherProcess:
    """A thread with a connection and an index of its own."""

    def __init__(self) -> None:
        self.keeper = Keeper()
        self.pool = ThreadPoolExecutor(1)
        self.finds("anything")

    def finds(self, query: str) -> list[str]:
        return self.pool.submit(self._find, query).result(timeout=60)

    def _find(self, query: str) -> list[str]:
        try:
            return [found.title for found in find(query, keeper=self.keeper).results]
        finally:
            connection.close()


def test_change_is_found_when_it_is_committed_and_not_before():
    term = factories.term(term="Xylophone")
    other = OtherProcess()
    with transaction.atomic():
        term.term = "Narwhal"
        term.save()
        assert (other.finds("narwhal"), other.finds("xylophone")) == ([], ["Xylophone"])
    assert (other.finds("narwhal"), other.finds("xylophone")) == (["Narwhal"], [])


def test_without_its_mark_a_change_would_be_missed(monkeypatch):
    other = OtherProcess()
    monkeypatch.setattr(SearchState, "touch", lambda model: None)
    factories.term(term="Narwhal")
    assert other.finds("narwhal") == []


def _save_and_find(number: int) -> list[str]:
    try:
        factories.term(term=f"Narwhal{number}")
        return [found.title for found in find(f"narwhal{number}").results]
    finally:
        connections.close_all()


def test_many_who_save_and_search_at_once_all_find_their_own():
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(_save_and_find, range(24)))
    assert found == [[f"Narwhal{number}"] for number in range(24)]
    assert GlossaryTerm.objects.count() == 24
    assert OtherProcess().finds("narwhal") != []
