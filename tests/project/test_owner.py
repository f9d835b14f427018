import re

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command

from sendguide.owner import OWNER, create_owner, renew_owner_password
from tests.project.running import python

pytestmark = pytest.mark.django_db


def owner_with(password):
    """The owner, if this is their password."""
    owner = User.objects.get(username=OWNER)
    return owner if owner.check_password(password) and owner.is_active else None


def test_first_owner_gets_a_password_and_every_right():
    password = create_owner()
    owner = owner_with(password)
    assert owner is not None
    assert (owner.is_staff, owner.is_superuser) == (True, True)
    validate_password(password, owner)
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", password)


def test_owner_keeps_the_password_at_the_next_start():
    password = create_owner()
    assert create_owner() is None
    assert owner_with(password) is not None


def test_new_password_replaces_the_old_one_and_opens_a_closed_account():
    old = create_owner()
    User.objects.update(is_active=False, is_superuser=False)
    new = renew_owner_password()
    assert owner_with(old) is None
    assert owner_with(new).is_superuser


def test_command_prints_the_new_password(capsys):
    call_command("owner_password")
    name, password = re.fullmatch(r"User name: (\S+)\nPassword:  (\S+)\n", capsys.readouterr().out).groups()
    assert name == OWNER
    assert owner_with(password) is not None


def test_command_before_the_first_start_says_what_to_do(tmp_path):
    answer = python("manage.py", "owner_password", MODE="local", DATA_DIR=str(tmp_path))
    assert answer.returncode == 1
    assert answer.stderr == "CommandError: The database is not ready: start the site once (make run, or migrate).\n"
