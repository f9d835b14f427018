"""The server's own settings, on a running one."""

import urllib.request
from urllib.error import HTTPError

import pytest

from tests.outbox.processes import process
from tests.project.running import free_port
from tests.races.crowd import answers

SERVER = ("-m", "gunicorn", "-c", "python:sendguide.gunicorn")
CARELESS = ("--forwarder-headers", "SCRIPT_NAME")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("more", "is_let_in"), [((), False), (CARELESS, True)], ids=["as it is", "without the guard"])
def test_visitor_cannot_say_below_which_address_the_site_is(tmp_path, more, is_let_in):
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    # As the port is, all that the server needs may stand in the file.
    settings = tmp_path / ".env"
    settings.write_text(f"PORT={port}\n", "utf-8")
    variables = {"ENV_FILE": str(settings), "MODE": "production", "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": site}
    with process(tmp_path / "log", *SERVER, *more, "sendguide.wsgi", **variables, WEB_CONCURRENCY="1") as running:
        running.wait_for(lambda: answers(f"{site}/healthz"))
        assert (asked(f"{site}/evil/healthz", SCRIPT_NAME="/evil") == 200) == is_let_in


def asked(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as response:
            return response.status
    except HTTPError as error:
        return error.code
