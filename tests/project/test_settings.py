"""The settings: everything from the environment, safe in production, every variable described."""

import re
from ast import literal_eval

import pytest

from tests.project.running import BASE_DIR, free_port, python

PRODUCTION = {
    "SECRET_KEY": "k3-" + "Zq7xW1mB9" * 6,
    "ALLOWED_HOSTS": "sendguide.example",
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "smtp+tls://site:secret@smtp.example.org:587",
}


def without(name):
    return {other: value for other, value in PRODUCTION.items() if other != name}


@pytest.mark.parametrize(
    "command", [("manage.py", "check"), ("-m", "gunicorn", "-c", "python:sendguide.gunicorn", "sendguide.wsgi")]
)
def test_production_without_secret_key_does_not_start_and_says_what_to_do(command):
    answer = python(*command, **without("SECRET_KEY"), PORT=str(free_port()))
    said = answer.stderr.strip().splitlines()[-1]
    assert said.startswith("SECRET_KEY is not set. Set it to a long random text that nobody else knows, for example")
    assert said.endswith("To try the site on your own computer use `make run`, or set MODE=local.")
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr


def test_deployment_check_is_silent():
    answer = python("manage.py", "check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert (answer.stdout, answer.stderr) == ("System check identified no issues (2 silenced).\n", "")
    assert answer.returncode == 0


def test_deployment_check_warns_when_no_email_is_sent():
    answer = python("manage.py", "check", "--deploy", **without("EMAIL_URL"))
    assert answer.returncode == 0
    assert "outbox.W001) E-mails are not sent: they become files in a folder, because EMAIL_URL is not" in answer.stderr
    assert "HINT: Set EMAIL_URL to the address of a mail server" in answer.stderr


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("smtp+tls://site:p%40ss@smtp.example.org", ("smtp.example.org", 587, "site", "p@ss", True, False)),
        ("smtp+ssl://site:p@smtp.example.org", ("smtp.example.org", 465, "site", "p", False, True)),
        ("smtp+tls://site:p@smtp.example.org:2525", ("smtp.example.org", 2525, "site", "p", True, False)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
    ],
)
def test_mail_server_is_read_from_its_address(address, found):
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    script = f"from django.conf import settings; print(tuple(getattr(settings, 'EMAIL_' + name) for name in {names}))"
    answer = python("-c", script, **PRODUCTION | {"EMAIL_URL": address, "DJANGO_SETTINGS_MODULE": "sendguide.settings"})
    assert literal_eval(answer.stdout) == found


@pytest.mark.parametrize(
    "address",
    [
        "smtp.example.org",
        "smtps://u:secret@smtp.example.org",
        "smtp+tls://",
        "smtp://u:secret@host:port",
        "consolemail://",
    ],
)
def test_mail_server_that_is_none_stops_the_start_and_its_password_is_not_shown(address):
    answer = python("manage.py", "check", **PRODUCTION | {"EMAIL_URL": address})
    said = answer.stderr.strip().splitlines()[-1]
    assert "EMAIL_URL is not the address of a mail server. It looks like this: smtp+tls://USER:PASSWORD@" in said
    assert answer.returncode == 1
    assert [word for word in ("secret", "Traceback") if word in answer.stderr] == []


def test_sender_that_is_none_stops_the_start():
    answer = python("manage.py", "check", **PRODUCTION, DEFAULT_FROM_EMAIL="SEND Guide")
    assert "DEFAULT_FROM_EMAIL is no sender. It looks like this: SEND Guide <hello@example.org>" in answer.stderr
    assert answer.returncode == 1


COOKIES = "from sendguide import settings as s; print([getattr(s, each) for each in {}])"
NAMES = [f"{cookie}_COOKIE_{end}" for cookie in ("SESSION", "CSRF") for end in ("NAME", "SECURE", "SAMESITE")]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://a.example", ["__Host-sessionid", True, "Lax", "__Host-csrftoken", True, "Lax"]),
        ("http://a.example", ["sessionid", False, "Lax", "csrftoken", False, "Lax"]),
    ],
)
def test_cookies_are_bound_to_the_host_where_there_is_https(address, found):
    answer = python("-c", COOKIES.format(NAMES), **PRODUCTION, SITE_URL=address)
    assert literal_eval(answer.stdout) == found


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        (PRODUCTION, "True"),
        (PRODUCTION | {"STAFF_TWO_FACTOR": "false"}, "False"),
        ({"MODE": "local", "SECRET_KEY": "x"}, "False"),
        ({"MODE": "local", "SECRET_KEY": "x", "STAFF_TWO_FACTOR": "true"}, "True"),
    ],
)
def test_second_step_is_asked_for_in_production(variables, found):
    answer = python("-c", "from sendguide import settings; print(settings.STAFF_TWO_FACTOR)", **variables)
    assert answer.stdout.strip() == found


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({}, "file"),
        ({"DATABASE_URL": "postgres://u:p@127.0.0.1:1/x"}, "database"),
        ({"DATABASE_URL": "postgres://u:p@127.0.0.1:1/x", "CACHE_URL": "file"}, "file"),
        ({"CACHE_URL": "redis://127.0.0.1:1/0"}, "redis://127.0.0.1:1/0"),
    ],
    ids=str,
)
def test_changes_are_told_by_a_file_on_one_machine_and_by_the_database_on_several(variables, found):
    answer = python("-c", "from sendguide import settings; print(settings.CACHE_URL)", **PRODUCTION | variables)
    assert answer.stdout.strip() == found


@pytest.mark.parametrize(("megabytes", "found"), [("32", "PageCache"), ("0", "WSGIHandler")])
def test_pages_are_kept_in_front_of_django_unless_there_is_no_memory_for_them(megabytes, found):
    script = "from sendguide.wsgi import application; print(type(application).__name__)"
    answer = python("-c", script, **PRODUCTION, PAGE_CACHE_MB=megabytes)
    assert answer.stdout.strip() == found


def test_cache_address_that_is_none_stops_the_start_and_is_not_shown():
    answer = python("manage.py", "check", **PRODUCTION, CACHE_URL="memcached://:secret@127.0.0.1")
    said = answer.stderr.strip().splitlines()[-1]
    assert 'CACHE_URL is neither "file", "database" nor the address of a Redis server.' in said
    assert answer.returncode == 1
    assert "secret" not in answer.stderr


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
