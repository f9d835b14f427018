"""While a new version is put in place, the code of the last one works on the database that is migrated already.

So a migration only adds (expand). What takes away or narrows (contract) comes a release later, when no code that runs
knows the old shape, and is named in CONTRACT.
"""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.project.expand_only import faults
from tests.project.running import BASE_DIR

# How many migrations of each app the first release has: no older code ever served anybody.
FIRST_RELEASE = {
    "accounts": 1,
    "bookings": 1,
    "freshness": 1,
    "guard": 1,
    "guides": 5,
    "outbox": 2,
    "staff": 1,
    "workshops": 2,
}
# As in {("guides", "0009_no_old_summary"): "Nothing reads it since 1.4."}
CONTRACT: dict[tuple[str, str], str] = {}
ROOMS = ModelState(
    "house",
    "Room",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20)),
        ("door", models.CharField(max_length=20, null=True)),
    ],
)


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def ours(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Those of the site's own apps: packages have rules of their own."""
    folders = [BASE_DIR / name for name in ("sendguide", "guides", "workshops", "bookings")]
    labels = {each.label for each in apps.get_app_configs() if any(map(Path(each.path).is_relative_to, folders))}
    return [key for key in loader.disk_migrations if key[0] in labels]


def faults_of(loader: MigrationLoader, key: tuple[str, str]) -> list[str]:
    return faults(loader.disk_migrations[key], loader.project_state(key, at_end=False))


def test_migrations_since_the_first_release_leave_old_code_alone(loader):
    later = [key for key in ours(loader) if int(key[1][:4]) > FIRST_RELEASE.get(key[0], 0)]
    assert {key: found for key in later if key not in CONTRACT and (found := faults_of(loader, key))} == {}


def test_migrations_that_are_named_as_contracting_are_there_and_contract(loader):
    assert [key for key in CONTRACT if not faults_of(loader, key)] == []


def test_migrations_of_the_first_release_are_counted_as_they_are(loader):
    counted = {app: len([key for key in ours(loader) if key[0] == app]) for app in FIRST_RELEASE}
    assert {app: number for app, number in FIRST_RELEASE.items() if counted[app] < number} == {}
    assert {app for app, _ in ours(loader)} >= set(FIRST_RELEASE)


def test_column_that_old_code_does_not_fill_is_found_in_a_real_migration(loader):
    found = faults_of(loader, ("workshops", "0002_words_explained"))
    assert found == [
        f"Add field {name} to workshop: old code adds rows without it. It needs a db_default, or null=True"
        for name in ("marked", "marked_with", "words")
    ]


def faults_in(*operations) -> int:
    migration = migrations.Migration("0002_more", "house")
    migration.operations = operations
    state = ProjectState()
    state.add_model(ROOMS.clone())
    return len(faults(migration, state))


NAME = {"model_name": "room", "name": "name"}
UNIQUE = models.UniqueConstraint(fields=["name"], name="one_room_of_a_name")


ADDING = {
    "a table": migrations.CreateModel("Roof", [("id", models.BigAutoField(primary_key=True))]),
    "a column that may be empty": migrations.AddField("room", "colour", models.CharField(max_length=20, null=True)),
    "a column that fills itself": migrations.AddField("room", "colour", models.CharField(max_length=20, db_default="")),
    "a table between": migrations.AddField("room", "beside", models.ManyToManyField("house.Room")),
    "words for staff": migrations.AlterField(**NAME, field=models.CharField("called", max_length=20, default="Hall")),
    "room for longer texts": migrations.AlterField(**NAME, field=models.CharField(max_length=40)),
    "an index": migrations.AddIndex("room", models.Index(fields=["name"], name="room_name")),
    "rows": migrations.RunPython(migrations.RunPython.noop),
}
NARROWING = {
    "no column": migrations.RemoveField("room", "door"),
    "a column's other name": migrations.RenameField("room", "name", "title"),
    "no table": migrations.DeleteModel("Room"),
    "a model's other name": migrations.RenameModel("Room", "Chamber"),
    "a table's other name": migrations.AlterModelTable("room", "chambers"),
    "a column to fill": migrations.AddField("room", "colour", models.CharField(max_length=20, default="blue")),
    "no empty values": migrations.AlterField("room", "door", models.CharField(max_length=20, default="oak")),
    "shorter texts": migrations.AlterField(**NAME, field=models.CharField(max_length=10)),
    "each value once": migrations.AlterField(**NAME, field=models.CharField(max_length=20, unique=True)),
    "one value once": migrations.AddField("room", "code", models.CharField(max_length=9, db_default="", unique=True)),
    "another column": migrations.AlterField(**NAME, field=models.CharField(max_length=20, db_column="title")),
    "another type": migrations.AlterField(**NAME, field=models.TextField()),
    "a constraint": migrations.AddConstraint("room", UNIQUE),
    "nobody knows what": migrations.RunSQL("SELECT 1"),
}


@pytest.mark.parametrize("operation", ADDING.values(), ids=ADDING)
def test_what_only_adds_is_no_fault(operation):
    assert faults_in(operation) == 0


@pytest.mark.parametrize("operation", NARROWING.values(), ids=NARROWING)
def test_what_takes_away_or_narrows_is_a_fault(operation):
    assert faults_in(operation) == 1


def test_table_that_is_new_is_nobodys_yet():
    name = migrations.AddField("roof", "name", models.CharField(max_length=20))
    assert faults_in(ADDING["a table"], name, migrations.AddConstraint("roof", UNIQUE)) == 0
