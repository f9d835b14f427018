"""Accounts with roles."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User

from tests import factories

EDITOR, ORGANISER, ADVISER, MANAGER = "Editor", "Workshop organiser", "Adviser", "Manager"


def make_roles() -> None:
    """As on a new site: a test that commits leaves an empty database behind, without what migrations put there."""
    import_module("sendguide.staff.migrations.0001_roles").make(apps)


def with_role(name: str, **fields: Any) -> User:
    make_roles()
    user = factories.staff(**fields)
    user.groups.set(Group.objects.filter(name=name))
    return user
