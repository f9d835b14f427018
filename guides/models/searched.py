"""What the site's search reads, and how it learns that something changed."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import uuid4

from django.db import models, transaction

Row = TypeVar("Row", bound=models.Model)


class SearchState(models.Model):
    """A random text for each table that search reads: another one with each change, written together with it.

    A process whose index was made with the same texts knows that nothing changed. What is rolled back takes its text
    with it, and no text ever comes again: a number could.
    """

    table = models.CharField(max_length=60, primary_key=True)
    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.table} {self.token}"

    @staticmethod
    def touch(model: type[models.Model]) -> None:
        state = SearchState(table=model._meta.db_table, token=uuid4().hex)
        SearchState.objects.bulk_create(
            [state], update_conflicts=True, unique_fields=["table"], update_fields=["token"]
        )

    @staticmethod
    def touch_all() -> None:
        """When everything may be another: no process goes on with what it made of the old rows."""
        states = list(SearchState.objects.all())
        for state in states:
            state.token = uuid4().hex
        SearchState.objects.bulk_update(states, ["token"])


class SearchedQuerySet(models.QuerySet[Row]):
    """Changes of many rows at once are noticed like those of one."""

    def update(self, **values: Any) -> int:
        with transaction.atomic():
            SearchState.touch(self.model)
            return super().update(**values)

    # What Django sets on its own: no template may call it.
    update.alters_data = True  # type: ignore[attr-defined]  # functions have no such attribute for the checker

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            SearchState.touch(self.model)
            return super().delete()

    # Never as ``Model.objects.delete()``, which would be everything.
    delete.alters_data = True  # type: ignore[attr-defined]  # as above
    delete.queryset_only = True  # type: ignore[attr-defined]  # as above

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        with transaction.atomic():
            SearchState.touch(self.model)
            return super().bulk_create(objs, *args, **kwargs)


class Searched(models.Model):
    """For every model whose rows are found by search. A row is never changed without its table's SearchState.

    That is touched first: who changes several rows waits for the other one before holding any of them.
    """

    objects = SearchedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        with transaction.atomic():
            SearchState.touch(type(self))
            super().save(**kwargs)

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            SearchState.touch(type(self))
            return super().delete(using=using, keep_parents=keep_parents)
