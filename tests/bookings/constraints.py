"""Which rule of the database refused something."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, UniqueConstraint


@contextmanager
def refused_by(model: type[Model], name: str) -> Iterator[None]:
    """The block breaks this constraint of ``model``, and no other."""
    (constraint,) = [each for each in model._meta.constraints if each.name == name]
    words = name
    if connection.vendor == "sqlite" and isinstance(constraint, UniqueConstraint):
        # SQLite names the columns.
        columns = [model._meta.get_field(field).column for field in constraint.fields]
        words = "UNIQUE constraint failed: " + ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    with pytest.raises(IntegrityError, match=rf"{re.escape(words)}(?![\w,])"), transaction.atomic():
        yield
