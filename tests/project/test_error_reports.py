"""An error is reported with its class and place, and with nothing that was typed or that names anybody."""

import json
import logging

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from sendguide.error_reports import report_errors, without_values
from tests.project.running import python

DSN = "https://key@errors.example/1"


class Kept(Transport):
    """Takes the place of the network."""

    def __init__(self, options=None):
        super().__init__(options)
        self.envelopes = []

    def capture_envelope(self, envelope):
        self.envelopes.append(envelope)


@pytest.fixture
def reports():
    """What would have been sent, as objects."""
    transport = Kept({"dsn": DSN})
    report_errors(DSN, release="1.2", transport=transport)
    yield lambda: [item.payload.json for envelope in transport.envelopes for item in envelope.items]
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


@pytest.mark.django_db
def test_error_in_a_page_tells_its_class_place_and_page_alone(client, reports, monkeypatch):
    def fail(*arguments):
        secret = "Canary7"
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(f"This is {secret}") from error

    monkeypatch.setattr("sendguide.pages.open_situations", fail)
    client.raise_request_exception = False
    client.cookies["sessionid"] = "Canary7"
    client.get("/?q=Canary7", headers={"User-Agent": "Canary7", "X-Forwarded-For": "192.0.2.7"})
    (report,) = reports()
    assert [error["type"] for error in report["exception"]["values"]] == ["KeyError", "ValueError"]
    assert report["exception"]["values"][1]["stacktrace"]["frames"][-1]["function"] == "fail"
    assert (report["transaction"], report["release"]) == ("sendguide.pages.home", "1.2")
    text = json.dumps(report)
    assert [word for word in ("Canary7", "192.0.2.7", "sessionid", "vars", '"request"', '"user"') if word in text] == []


def test_lines_of_the_log_are_not_sent(reports):
    logging.getLogger("sendguide.trial").error("Canary7 could not be found")
    sentry_sdk.capture_message("Canary7")
    assert reports() == []


def test_what_a_later_library_may_add_is_left_out():
    error = {
        "type": "ValueError",
        "value": "Canary7",
        "stacktrace": {"frames": [{"lineno": 1, "vars": {"a": "Canary7"}}]},
    }
    event = {"exception": {"values": [error]}, "request": {"url": "Canary7"}, "new": "Canary7", "level": "error"}
    assert without_values(event) == {
        "level": "error",
        "exception": {"values": [{"type": "ValueError", "stacktrace": {"frames": [{"lineno": 1}]}}]},
    }


@pytest.mark.parametrize(("dsn", "found"), [("", "False"), (DSN, "True")])
def test_nothing_is_set_up_without_an_address(dsn, found):
    script = "import django; django.setup(); import sentry_sdk; print(sentry_sdk.get_client().is_active())"
    variables = {"MODE": "local", "SECRET_KEY": "x", "DJANGO_SETTINGS_MODULE": "sendguide.settings"}
    assert python("-c", script, **variables, SENTRY_DSN=dsn).stdout.strip() == found
