"""The roles are made by a migration, which runs again, backwards, and where permissions are missing."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sendguide.staff.roles import IN_WORDS, rights_of
from tests import factories

roles = import_module("sendguide.staff.migrations.0001_roles")
troubles = import_module("sendguide.staff.migrations.0002_managers_see_troubles")
pytestmark = pytest.mark.django_db


def held():
    return {
        group.name: set(group.permissions.values_list("content_type__app_label", "codename"))
        for group in Group.objects.all()
    }


def migrate():
    """As all migrations do; tests before may have emptied the tables."""
    roles.make(apps)
    troubles.give(apps, None)


def test_roles_are_there_after_migrating():
    migrate()
    assert set(held()) == set(IN_WORDS)
    assert {name: len(rights) for name, rights in held().items()} == {
        "Editor": 48,
        "Workshop organiser": 12,
        "Adviser": 2,
        "Manager": 76,
    }


def test_second_run_changes_nothing_and_takes_nothing_away():
    roles.make(apps)
    extra = Permission.objects.get(codename="view_workshop")
    Group.objects.get(name="Editor").permissions.add(extra)
    before = held()
    roles.make(apps)
    assert held() == before


def test_group_of_the_same_name_keeps_its_people():
    Group.objects.all().delete()
    person = factories.staff()
    person.groups.add(Group.objects.create(name="Adviser"))
    roles.make(apps)
    assert rights_of(person) == {"bookings.view_booking", "bookings.change_booking"}


def test_permissions_that_are_not_there_yet_are_made():
    Permission.objects.all().delete()
    Group.objects.all().delete()
    roles.make(apps)
    assert len(held()["Manager"]) == 75


def test_backwards_only_the_roles_go():
    roles.make(apps)
    person = factories.staff("view_guide")
    person.groups.set(Group.objects.all())
    Group.objects.create(name="Friends of the house")
    roles.remove(apps)
    assert set(held()) == {"Friends of the house"}
    assert rights_of(person) == {"guides.view_guide"}


def test_there_and_back_with_the_models_of_its_time():
    # Without what later migrations have added.
    roles.remove(apps)
    roles.make(apps)
    before = held()
    of_its_time = MigrationExecutor(connection).loader.project_state(("staff", "0001_roles")).apps
    roles.remove(of_its_time)
    assert held() == {}
    roles.make(of_its_time)
    assert held() == before


def test_manager_has_all_that_other_roles_have():
    """Or a manager could not give them."""
    roles.make(apps)
    manager = held()["Manager"]
    assert [name for name, rights in held().items() if rights - manager] == []


def test_managers_see_errors_and_slow_pages_and_others_do_not():
    migrate()
    right = ("troubles", "view_trouble")
    assert [name for name, rights in held().items() if right in rights] == ["Manager"]


def test_what_managers_see_can_be_taken_back_and_given_again():
    migrate()
    before = held()
    troubles.take_back(apps, None)
    assert ("troubles", "view_trouble") not in held()["Manager"]
    troubles.give(apps, None)
    assert held() == before
