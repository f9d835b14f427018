"""The settings: everything from the environment, safe in production, every variable described."""

import re

import pytest

from tests.project.running import BASE_DIR, free_port, python

PRODUCTION = {
    "SECRET_KEY": "k3-" + "Zq7xW1mB9" * 6,
    "ALLOWED_HOSTS": "sendguide.example",
    "DATABASE_URL": "sqlite://:memory:",
}


WITHOUT_KEY = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}


@pytest.mark.parametrize(
    "command", [("manage.py", "check"), ("-m", "gunicorn", "-c", "python:sendguide.gunicorn", "sendguide.wsgi")]
)
def test_production_without_secret_key_does_not_start_and_says_what_to_do(command):
    answer = python(*command, **WITHOUT_KEY, PORT=str(free_port()))
    said = answer.stderr.strip().splitlines()[-1]
    assert said.startswith("SECRET_KEY is not set. Set it to a long random text that nobody else knows, for example")
    assert said.endswith("To try the site on your own computer use `make run`, or set MODE=local.")
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr


def test_deployment_check_is_silent():
    answer = python("manage.py", "check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert (answer.stdout, answer.stderr) == ("System check identified no issues (0 silenced).\n", "")
    assert answer.returncode == 0


def test_local_mode_keeps_the_secret_key_it_made(tmp_path):
    script = "from sendguide import settings; print(settings.SECRET_KEY)"
    first, second = (python("-c", script, MODE="local", DATA_DIR=str(tmp_path)).stdout for _ in range(2))
    assert first == second
    assert len(first.strip()) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_no_migration_is_missing():
    answer = python("manage.py", "makemigrations", "--check", "--dry-run", **PRODUCTION)
    assert answer.stdout.strip() == "No changes detected"
    assert answer.returncode == 0


def test_every_variable_is_described_in_the_example():
    read = set(re.findall(r"\$\{([A-Z_]+)", (BASE_DIR / "compose.yaml").read_text("utf-8")))
    for path in (BASE_DIR / "sendguide").glob("*.py"):
        text = path.read_text("utf-8")
        read |= set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", text))
        read |= set(re.findall(r"\benviron(?:\.get\(|\.setdefault\(|\[)\"([A-Z_]+)\"", text))
    described = re.findall(r"^#?([A-Z_]+)=", (BASE_DIR / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert set(described) == read - {"DJANGO_SETTINGS_MODULE"}
    assert len(described) == len(set(described))


def test_example_has_no_value_for_the_secret_key():
    assert "\n#SECRET_KEY=\n" in (BASE_DIR / ".env.example").read_text("utf-8")
