"""What staff save is found at once by every process, and what they take away is gone at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from guides.models import GlossaryTerm, Guide, Searched, SearchedQuerySet, SearchState, SearchSynonym
from guides.search.documents import SOURCES
from guides.search.find import find
from guides.search.fresh import Keeper
from tests import factories

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Process:
    """Another process: it has an index of its own, made before whatever the test does."""

    def __init__(self) -> None:
        self.keeper = Keeper()
        self.finds("anything")

    def finds(self, query: str) -> list[str]:
        return [found.title for found in find(query, keeper=self.keeper).results]


def synonym(**fields: Any) -> SearchSynonym:
    factories.term(slug="narwhal", term="Sea unicorn")
    values = {"slug": "n", "typed": "narwhal", "official": "sea unicorn", "targets": ["glossary:narwhal"]}
    return SearchSynonym.objects.create(**values | fields)


def situation(**fields: Any) -> Any:
    return factories.situation(**{"address": "/"} | fields)


def topic(**fields: Any) -> Any:
    made = factories.topic(**fields)
    factories.guide(topic=made)
    return made


# How to make a row of each model that search reads, and the field by which it is found.
MAKERS: dict[str, tuple[Callable[..., Any], str]] = {
    "Guide": (factories.guide, "title"),
    "GlossaryTerm": (factories.term, "term"),
    "Role": (factories.role, "title"),
    "Council": (factories.council, "name"),
    "SitePage": (factories.page, "title"),
    "Situation": (situation, "words"),
    "Topic": (topic, "name"),
    "Workshop": (factories.workshop, "title"),
    "SearchSynonym": (synonym, "typed"),
}


def searched_models() -> dict[str, type[models.Model]]:
    return {model.__name__: model for model in [*(m for source in SOURCES for m in source.models), SearchSynonym]}


def test_every_model_that_search_reads_is_tried_here():
    assert searched_models().keys() == MAKERS.keys()


@pytest.mark.django_db
def test_search_reads_no_table_that_does_not_say_when_it_changes():
    for maker, _ in MAKERS.values():
        maker()
    with CaptureQueriesContext(connection) as queries:
        Process()
    asked = " ".join(query["sql"] for query in queries)
    names = connection.introspection.table_names()
    tables = {table for table in names if f'FROM "{table}"' in asked or f'JOIN "{table}"' in asked}
    known = {model._meta.db_table for model in searched_models().values()}
    # Which councils a workshop is for is only said beside it, and saved with it.
    assert tables - known == {SearchState._meta.db_table, "workshops_workshop_councils"}


def test_every_model_that_search_reads_is_searched():
    for model in searched_models().values():
        assert issubclass(model, Searched)
        assert isinstance(model._default_manager.all(), SearchedQuerySet)


def _saved(row: Any, field: str, value: str) -> None:
    setattr(row, field, value)
    row.save()


CHANGES: dict[str, Callable[[Any, str, str], object]] = {
    "saved": _saved,
    "saved in part": lambda row, field, value: (setattr(row, field, value), row.save(update_fields=[field])),
    "many at once": lambda row, field, value: type(row).objects.filter(pk=row.pk).update(**{field: value}),
    "bulk": lambda row, field, value: (setattr(row, field, value), type(row).objects.bulk_update([row], [field])),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("way", CHANGES)
def test_change_is_found_at_once_by_another_process(name, way):
    maker, field = MAKERS[name]
    row = maker(**{field: "Xylophone"})
    other = Process()
    assert other.finds("xylophone")
    CHANGES[way](row, field, "Narwhal")
    assert (bool(other.finds("narwhal")), other.finds("xylophone")) == (True, [])


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(MAKERS.keys() - {"Topic"}))
@pytest.mark.parametrize("way", ["one", "many"])
def test_new_row_is_found_and_deleted_one_is_gone_at_once(name, way):
    other = Process()
    maker, field = MAKERS[name]
    row = maker(**{field: "Narwhal"})
    assert other.finds("narwhal")
    row.delete() if way == "one" else type(row).objects.filter(pk=row.pk).delete()
    assert other.finds("narwhal") == []


@pytest.mark.django_db
def test_rows_made_at_once_are_found():
    other = Process()
    values = {"category": "x", "definition": "D.", "nations": ["England"]}
    GlossaryTerm.objects.bulk_create([GlossaryTerm(slug="n", term="Narwhal", **values)])
    assert other.finds("narwhal") == ["Narwhal"]


@pytest.mark.django_db
def test_withdrawn_guide_is_gone_at_once():
    guide = factories.guide(title="Narwhal")
    other = Process()
    Guide.objects.filter(pk=guide.pk).update(status="draft")
    assert other.finds("narwhal") == []


@pytest.mark.django_db
def test_scheduled_guide_is_found_when_its_time_comes():
    with time_machine.travel(NOW, tick=False) as clock:
        factories.guide(title="Narwhal", body="x", status="scheduled", publish_at=NOW + timedelta(minutes=1))
        factories.guide(title="Narwhal again", body="x", status="scheduled", publish_at=NOW + timedelta(hours=1))
        other = Process()
        assert other.finds("narwhal") == []
        clock.shift(timedelta(minutes=1))
        assert other.finds("narwhal") == ["Narwhal"]
        clock.shift(timedelta(hours=1))
        assert sorted(other.finds("narwhal")) == ["Narwhal", "Narwhal again"]


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_forgotten():
    other = Process()
    with transaction.atomic():
        factories.term(term="Narwhal")
        assert other.finds("narwhal") == ["Narwhal"]
        transaction.set_rollback(True)
    assert other.finds("narwhal") == []


@pytest.mark.django_db
def test_failure_in_the_middle_leaves_nothing_old(monkeypatch):
    factories.term(term="Xylophone")
    other = Process()
    factories.term(term="Narwhal")
    with monkeypatch.context() as broken:
        broken.setattr("guides.search.asking.Library.refresh", _fail)
        with pytest.raises(RuntimeError):
            other.finds("narwhal")
    assert (other.finds("narwhal"), other.finds("xylophone")) == (["Narwhal"], ["Xylophone"])


def _fail(_self: object) -> None:
    raise RuntimeError


@pytest.mark.django_db
def test_only_what_changed_is_read_again(django_assert_num_queries):
    term = factories.term(term="Narwhal")
    factories.guide()
    other = Process()
    _saved(term, "term", "Xylophone")
    with django_assert_num_queries(2) as queries:
        assert other.finds("xylophone") == ["Xylophone"]
    assert not any("guides_guide" in query["sql"] for query in queries)


@pytest.mark.django_db
def test_of_two_synonyms_with_the_same_stems_the_first_counts_however_the_database_sorts(monkeypatch):
    monkeypatch.setattr(SearchSynonym._meta, "ordering", ["-slug"])
    for slug, typed, name in (("a", "refuses school", "Unicorn"), ("b", "refused school", "Narwhal")):
        factories.term(slug=slug, term=name)
        SearchSynonym.objects.create(slug=slug, typed=typed, official="x", targets=[f"glossary:{slug}"])
    assert Process().finds("refusing school") == ["Unicorn"]
