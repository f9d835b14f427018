"""One line of JSON for each event, with the number of its request, and nothing in it that names anybody."""

import json
import logging
import re
from contextlib import contextmanager
from io import StringIO

import pytest
from django.db import DatabaseError
from gunicorn.config import Config

from sendguide import gunicorn
from sendguide.lib.tracebacks import without_message
from sendguide.logs import REQUEST_ID, JsonLines, Masked
from tests.project.running import python

pytestmark = pytest.mark.django_db


@contextmanager
def written_lines(*names):
    """The events that these loggers write in production, as objects."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    handler.addFilter(Masked())
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    events = []
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel("INFO")
    try:
        yield events
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
        events += [json.loads(line) for line in out.getvalue().splitlines()]


def test_request_is_one_line_that_tells_the_page_and_no_address(client):
    with written_lines("sendguide.request_log") as events:
        response = client.get("/search/?q=my+words", headers={"X-Forwarded-For": "192.0.2.7"})
    (event,) = events
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", event.pop("time"))
    assert event.pop("milliseconds") > 0
    assert event == {
        "level": "INFO",
        "logger": "sendguide.request_log",
        "message": "request",
        "request": response["X-Request-ID"],
        "method": "GET",
        "route": "search",
        "status": 200,
    }


@pytest.mark.parametrize(
    ("address", "route", "status"),
    [
        ("/workshops/place/WzEsMV0:signed/", "place", 404),
        ("/HU52TY/", "site_page", 404),
        ("/no/such/page/HU52TY/", "-", 404),
        ("/static/none.css", "static", 404),
        ("/admin/login/", "admin:login", 200),
    ],
)
def test_page_is_named_whatever_was_asked_for(client, address, route, status):
    with written_lines("sendguide.request_log", "django") as events:
        number = client.get(address)["X-Request-ID"]
    assert {event["request"] for event in events} == {number}
    assert {event["route"] for event in events} == {route} | ({"-"} if route == "static" else set())
    assert [event["status"] for event in events if event["message"] == "request"] == [status]
    assert [word for word in ("signed", "HU52TY", "WzE") if word in json.dumps(events)] == []


def test_error_tells_its_class_and_place_and_no_value(client, monkeypatch):
    def fail(*arguments):
        try:
            raise KeyError("anna@family.example")
        except KeyError as error:
            raise DatabaseError("Failing row contains (Anna)") from error

    monkeypatch.setattr("sendguide.pages.open_situations", fail)
    client.raise_request_exception = False
    with written_lines("sendguide.request_log", "django") as events:
        response = client.get("/?name=Anna")
    error, request = events
    assert (error["message"], error["route"], error["level"]) == ("Internal Server Error: home", "home", "ERROR")
    assert error["error"] == ["django.db.utils.DatabaseError", "builtins.KeyError"]
    assert re.search(r"test_request_log\.py:\d+ fail$", error["traceback"][-1])
    assert (request["status"], request["request"]) == (500, response["X-Request-ID"])
    assert error["request"] == request["request"]
    assert [word for word in ("anna", "Anna") if word in json.dumps(events)] == []


def test_error_in_the_middle_of_a_message_is_only_named():
    with written_lines("sendguide.trial") as events:
        logging.getLogger("sendguide.trial").warning("It failed: %s (%s)", ValueError("Anna"), "/search/?q=Anna")
        logging.getLogger("sendguide.trial").warning("two\nlines")
    assert [event["message"] for event in events] == ["It failed: ValueError (/search/?…)", "two\\x0alines"]
    assert "request" not in events[0]


NUMBER = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize(
    ("proxies", "told", "is_taken"),
    [(1, NUMBER, True), (0, NUMBER, False), (1, "short", False), (1, "a" * 65, False), (1, 'x" y: z 12345', False)],
)
def test_number_is_taken_from_our_own_proxy_alone(client, settings, proxies, told, is_taken):
    settings.TRUSTED_PROXIES = proxies
    number = client.get("/healthz", headers={"X-Request-ID": told})["X-Request-ID"]
    assert (number == told) is is_taken
    assert re.fullmatch(r"[0-9a-f]{32}", number)


def test_each_request_has_a_number_of_its_own(client):
    assert len({client.get("/healthz")["X-Request-ID"] for _ in range(3)}) == 3
    assert REQUEST_ID.get() == ""


def test_error_that_is_logged_without_its_message_is_told_by_its_class():
    with written_lines("tests") as events:
        try:
            raise KeyError("anna@family.example")
        except KeyError as error:
            logging.getLogger("tests").exception("It failed", exc_info=without_message(error))
    assert events[0]["error"] == ["KeyError"]


def test_server_itself_writes_json_in_production(monkeypatch, capfd):
    monkeypatch.setattr(gunicorn, "JSON", True)
    # Those of the test run itself would stay changed.
    monkeypatch.setattr(logging.getLogger("gunicorn.error"), "handlers", [])
    logger = gunicorn.QuietLogger(Config())
    logger.error_log.setLevel("INFO")
    logger.warning("Invalid request from ip=%s: %s", "-", "/search/?q=my+words")
    event = json.loads(capfd.readouterr().err)
    assert (event["level"], event["logger"]) == ("WARNING", "gunicorn.error")
    assert "my+words" not in event["message"]


@pytest.mark.parametrize(
    ("mode", "wanted", "found"),
    [("production", "", "json None"), ("local", "", "text -"), ("local", "json", "json None")],
)
def test_production_writes_json(mode, wanted, found):
    script = "from sendguide import gunicorn, settings; print(settings.LOG_FORMAT, gunicorn.accesslog)"
    assert python("-c", script, MODE=mode, SECRET_KEY="x", LOG_FORMAT=wanted).stdout == f"{found}\n"


def test_unknown_format_stops_the_start():
    answer = python("manage.py", "check", MODE="local", SECRET_KEY="x", LOG_FORMAT="xml")
    assert (answer.returncode, answer.stderr.strip().splitlines()[-1][-29:]) == (1, "LOG_FORMAT is json or text.")
