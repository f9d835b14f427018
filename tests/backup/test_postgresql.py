"""PostgreSQL's tools: which ones are taken, and that they are told no password that others can read."""

import json
import os
import shutil
import sys

import pytest
from django.core.management import CommandError
from django.db import connection

from sendguide.backup import postgresql
from tests.backup import age
from tests.backup.copies import backed_up, everything, restored

TELL = f"#!{sys.executable}\nimport json, os, sys\njson.dump([sys.argv, dict(os.environ)], sys.stdout)\n"


def test_password_is_handed_over_in_the_environment(monkeypatch, tmp_path):
    address = {"HOST": "db", "PORT": 5433, "USER": "anna", "NAME": "site", "PASSWORD": "secret", "OPTIONS": {}}
    monkeypatch.setattr(postgresql, "connection", type("Connection", (), {"settings_dict": address}))
    program = age.program(tmp_path / "bin", TELL, "tell") / "tell"
    arguments, variables = json.loads(postgresql._run([str(program), "--x"], stdout=-1).stdout)
    assert arguments == [str(program), "--x"]
    names = ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD")
    assert [variables[name] for name in names] == ["db", "5433", "anna", "site", "secret"]


def test_reason_is_one_line_without_the_row():
    said = b'psql:<stdin>:9: ERROR:  invalid input\nDETAIL:  Failing row contains (Anna)\nCONTEXT:  COPY x, "Anna"\n'
    assert postgresql._reason(said) == "psql:<stdin>:9: ERROR:  invalid input"


if connection.vendor == "postgresql":

    def test_tools_that_are_missing_or_too_old_are_named(full_site, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", str(age.program(tmp_path / "bin", "#!/bin/sh\necho pg_dump 9.6.1\n", "pg_dump")))
        with pytest.raises(CommandError, match=r"pg_dump on this machine is older \(9\) than the server \(\d+\): inst"):
            backed_up(tmp_path / "backup.tar")
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(CommandError, match=r"There is no pg_dump on this machine.*postgresql-client"):
            backed_up(tmp_path / "backup.tar")

    def test_newer_tools_restore_on_an_older_server(full_site, tmp_path, monkeypatch):
        """They begin with a setting that it does not know."""
        rows, backup = everything(), backed_up(tmp_path / "backup.tar")
        real = shutil.which("pg_restore")
        script = f'#!/bin/sh\n[ "$3" != --file=- ] || echo "SET {{}} = 0;"\nexec {real} "$@"\n'
        for number, setting in enumerate(["transaction_timeout", "nobody_knows_it"]):
            tools = age.program(tmp_path / f"bin-{number}", script.format(setting), "pg_restore")
            monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)
            if number == 0:
                restored(backup, "--yes")
            else:
                with pytest.raises(CommandError, match=r'did not take the backup: .*"nobody_knows_it"'):
                    restored(backup, "--yes")
            assert everything() == rows
