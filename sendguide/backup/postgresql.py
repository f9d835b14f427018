"""Copying a PostgreSQL database while it is written to, and putting a copy in its place, with PostgreSQL's own tools.

The copy shows one moment (a snapshot, which pg_dump shares with us). Putting it back is one transaction. Passwords are
handed over in the environment of the tools, never as an argument that everybody on the machine can read.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from sendguide.backup.facts import Facts, read_facts
from sendguide.backup.refused import Refused

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
# Not the schema itself: that may belong to somebody else. Whoever holds a lock for long makes us give up.
EMPTY = b"""
BEGIN;
SET lock_timeout = '30s';
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', name);
  END LOOP;
END $$;
"""
PLAIN = ("--no-owner", "--no-privileges")
PIECE = 1024 * 1024
# Tools since version 17 say it to every server, and those before do not know it.
HEAD_LINES, ONLY_NEWER = 40, b"SET transaction_timeout = 0;\n"


@contextmanager
def copied() -> Iterator[tuple[BinaryIO, Facts]]:
    """An open file with the whole database as it is at one moment. It has no name: it goes when it is closed."""
    program = tool("pg_dump")
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        with _snapshot() as (name, facts):
            dumping = _run([program, "--format=custom", *PLAIN, f"--snapshot={name}"], stdout=file)
        if dumping.returncode:
            raise Refused(f"PostgreSQL's pg_dump could not copy the database: {_reason(dumping.stderr)}")
        yield file, facts


@contextmanager
def _snapshot() -> Iterator[tuple[str, Facts]]:
    """A moment of the database: its name for pg_dump, and what was in it. It is kept for the block."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]

            def read(query: str) -> list[tuple[Any, ...]]:
                cursor.execute(query)
                return cursor.fetchall()

            yield name, read_facts(read, TABLES)
    finally:
        other.close()


def check(path: Path) -> None:
    """Reads all of it, to nowhere."""
    reading = _run([tool("pg_restore"), "--file=/dev/null", str(path)])
    if reading.returncode:
        raise Refused(f"The database in this backup cannot be read: {_reason(reading.stderr)}")


def replace(path: Path) -> None:
    """In one transaction, which only ends well when the whole backup has been read and every statement done."""
    connection.close()
    command = [tool("psql"), "--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1"]
    with tempfile.TemporaryFile() as said:
        psql = subprocess.Popen(command, env=_environment(), stdin=subprocess.PIPE, stderr=said)  # noqa: S603
        assert psql.stdin is not None  # noqa: S101 - for the type checker
        try:
            read, reason = _feed(psql.stdin, path)
            ended = psql.wait()
        except BaseException:
            psql.kill()
            psql.wait()
            raise
        said.seek(0)
        if ended or read:
            raise Refused(f"PostgreSQL did not take the backup: {_reason(said.read() or reason)}")


def _feed(psql: IO[bytes], path: Path) -> tuple[int, bytes]:
    """Gives pg_restore's exit status, and what it said. Broken pipes are not told: psql says itself why it ended.

    Without our last line nothing of it counts.
    """
    command = [tool("pg_restore"), *PLAIN, "--file=-", str(path)]
    with tempfile.TemporaryFile() as said:
        reading = subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, stderr=said)  # noqa: S603
        with reading, suppress(BrokenPipeError):
            assert reading.stdout is not None  # noqa: S101 - for the type checker
            psql.write(EMPTY)
            psql.writelines(line for line in islice(reading.stdout, HEAD_LINES) if line != ONLY_NEWER)
            shutil.copyfileobj(reading.stdout, psql, PIECE)
        if reading.returncode == 0:
            psql.write(b"COMMIT;\n")
        with suppress(BrokenPipeError):
            psql.close()
        said.seek(0)
        return reading.returncode, said.read()


def facts() -> Facts:
    """Of the database in use."""

    def read(query: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    return read_facts(read, TABLES)


def tool(name: str) -> str:
    """Where the program is. Raises Refused if there is none that knows this server."""
    path = shutil.which(name)
    if path is None:
        raise Refused(
            f"There is no {name} on this machine, which comes with PostgreSQL: install its client programs "
            "(Debian and Ubuntu: apt install postgresql-client)."
        )
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    number = re.search(r"(\d+)(?:\.|\b)", told)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10000
    if number is None or int(number[1]) < server:
        raise Refused(
            f"{name} on this machine is older ({number[1] if number else 'unknown'}) than the server ({server}): "
            f"install postgresql-client-{server}."
        )
    return path


def _run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
    options = {"stdout": subprocess.DEVNULL, **options}
    return subprocess.run(  # noqa: S603 - our own command
        command, env=_environment(), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **options
    )


def _environment() -> dict[str, str]:
    """Ours, with the database as PostgreSQL's tools are told of it."""
    settings_dict = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "NAME": "PGDATABASE"}
    place = {variable: str(settings_dict[name]) for name, variable in names.items() if settings_dict[name]}
    _, secrets = DatabaseClient.settings_to_cmd_args_env(settings_dict, [])
    return {**os.environ, **place, **(secrets or {}), "PGCONNECT_TIMEOUT": "20"}


def _reason(said: bytes) -> str:
    """The first line of an error, without the values of a row, which the lines after it may quote."""
    lines = [line for line in said.decode(errors="replace").splitlines() if "error:" in line.lower()]
    return (lines[0] if lines else "it gave no reason.").strip()
