"""Whether the code of the last release can go on with a database that the next one has migrated."""

from collections.abc import Iterator

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.state import ProjectState
from django.db.models import Field

# Old code sees nothing of these. What RunPython does to its rows nobody but its author can know.
UNSEEN = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
    migrations.RunPython,
)
# Longer texts are compared apart, and old code says itself what a column is to hold.
NOT_COMPARED = {*Field.non_db_attrs, "default", "max_length"} - {"db_column"}


def faults(migration: migrations.Migration, state: ProjectState) -> list[str]:
    """One sentence for each operation that old code may stumble over.

    ``state`` is the project's before the migration; it is changed to the one after. Not seen: a new table whose rows
    point to an old one's, which old code can then not delete.
    """
    found: list[str] = []
    new_models: set[str] = set()
    for operation in migration.operations:
        old = _field(operation, migration.app_label, state)
        operation.state_forwards(migration.app_label, state)
        new = _field(operation, migration.app_label, state)
        if isinstance(operation, migrations.CreateModel):
            new_models.add(operation.name_lower)
        if getattr(operation, "model_name_lower", None) not in new_models:
            found += _faults(operation, old, new)
    return found


def _faults(operation: Operation, old: Field | None, new: Field | None) -> Iterator[str]:
    if isinstance(operation, migrations.AddField):
        if not (new.null or new.many_to_many or new.has_db_default()):
            yield f"{operation.describe()}: old code adds rows without it. It needs a db_default, or null=True"
        elif new.unique and not new.null:
            yield f"{operation.describe()}: the second row that old code adds would have the same db_default"
    elif isinstance(operation, migrations.AlterField):
        if not _takes_as_much(old, new):
            yield f"{operation.describe()}: the column may not take what old code writes"
    elif not isinstance(operation, UNSEEN):
        yield f"{operation.describe()}: old code may need what was there"


def _field(operation: Operation, app: str, state: ProjectState) -> Field | None:
    if not isinstance(operation, FieldOperation):
        return None
    return state.models[app, operation.model_name_lower].fields.get(operation.name)


def _takes_as_much(old: Field, new: Field) -> bool:
    """The same column, or one for longer texts."""
    is_as_long = new.max_length is None or (old.max_length is not None and old.max_length <= new.max_length)
    return is_as_long and _column(old) == _column(new)


def _column(field: Field) -> tuple[str, dict[str, object]]:
    _, kind, _, arguments = field.deconstruct()
    return kind, {name: value for name, value in arguments.items() if name not in NOT_COMPARED}
