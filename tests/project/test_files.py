"""Rules for the repository's own files."""

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.running import BASE_DIR

FOLDERS = ("sendguide", "guides", "workshops", "bookings", "tests")
LOCK_FILES = ("requirements.txt", "tests/requirements.txt")
# Debian's, and the newest of each that README promises.
PYTHONS = ("3.11.2", "3.11.15", "3.12.13", "3.13.12", "3.14.3")
MOST_LINES = 300


def python_files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in (BASE_DIR / folder).rglob("*.py") if "migrations" not in path.parts)


def test_no_python_file_is_too_long():
    too_long = [str(path) for path in python_files() if len(path.read_text("utf-8").splitlines()) > MOST_LINES]
    assert too_long == []


def test_no_test_is_skipped_or_expected_to_fail():
    """Only the browser tests may be left out, where there is no browser; tests/conftest.py does that."""
    marks = re.compile(r"pytest\.(skip|xfail|importorskip)\b|mark\.(skip|skipif|xfail)\b")
    files = [path for path in python_files() if path not in {BASE_DIR / "tests/conftest.py", Path(__file__)}]
    assert [str(path) for path in files if marks.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("name", LOCK_FILES)
def test_lock_file_names_no_host(name: str):
    text = (BASE_DIR / name).read_text("utf-8")
    assert re.findall(r"^.*(?:://|--(?:extra-)?index-url|--find-links|--trusted-host).*$", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCK_FILES)
def test_every_locked_requirement_has_a_version_and_a_hash(name: str):
    text = (BASE_DIR / name).read_text("utf-8").replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert [line for line in requirements if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:", line)] == []


def test_tests_run_with_the_versions_that_the_site_runs_with():
    versions = [
        set(re.findall(r"^([\w.-]+==\S+)", (BASE_DIR / name).read_text("utf-8"), re.MULTILINE)) for name in LOCK_FILES
    ]
    assert versions[0] - versions[1] == set()


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", LOCK_FILES)
def test_lock_file_has_what_each_python_needs(name: str, python: str):
    """It is written with one of them, and what only another needs is easily left out."""
    text = (BASE_DIR / name).read_text("utf-8")
    locked = {canonicalize_name(each) for each in re.findall(r"^([\w.-]+)(?:\[.*\])?==", text, re.MULTILINE)}
    where = {"python_version": python.rpartition(".")[0], "python_full_version": python, "extra": ""}
    needed = {
        (each, canonicalize_name(needs.name))
        for each in locked
        for needs in map(Requirement, metadata.requires(each) or [])
        if needs.marker is None or needs.marker.evaluate(where)
    }
    assert {pair for pair in needed if pair[1] not in locked} == set()
