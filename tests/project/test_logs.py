"""The server's log tells neither what people search for nor an address that opens a draft, a place or a call."""

import logging
from contextlib import contextmanager
from io import StringIO

import pytest
from gunicorn.config import Config

from sendguide.gunicorn import QuietLogger
from sendguide.logs import masked


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/guides/preview/WzEsMV0:when:signed/", "/guides/preview/…"),
        ("/search/?q=our+words", "/search/?…"),
        ("/guides/preview", "/guides/preview"),
        ("/workshops/place/WzEsMV0:abc/", "/workshops/place/…"),
        ("/workshops/place/WzEsMV0:abc/calendar.ics", "/workshops/place/…"),
        ("/support-call/call/WzEsMV0:abc/", "/support-call/call/…"),
        ("/support-call/call/WzEsMV0:abc/move/", "/support-call/call/…"),
        ("/support-call/call/WzEsMV0:abc/call.ics", "/support-call/call/…"),
        ("/support-call/waiting-list/WzEsMV0:abc/", "/support-call/waiting-list/…"),
        ("/support-call/offer/WzEsMV0:abc/", "/support-call/offer/…"),
        ("/support-call/diary/WzEsMV0:abc/calls.ics", "/support-call/diary/…"),
        ("/support-call/waiting-list/", "/support-call/waiting-list/"),
        ("/support-call/details/", "/support-call/details/"),
        ("/guides/anxiety/", "/guides/anxiety/"),
        ("/guides/preview/token\nmore", "/guides/preview/…"),
        ("/x\n2026-11-24 a made-up line", "/x\\x0a2026-11-24 a made-up line"),
    ],
)
def test_secret_part_of_an_address_is_left_out(path, written):
    assert masked(path) == written


def test_error_names_the_page_only(capfd):
    logger = QuietLogger(Config())
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        logger.exception("Error handling request %s %s", "GET", "/search/?q=our+words")
    written = capfd.readouterr().err
    assert "Error handling request GET /search/?…\n" in written
    assert "RuntimeError: broken" in written
    assert "our+words" not in written


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "status"), [("get", 404), ("post", 405)])
def test_djangos_own_log_does_not_hold_a_preview_address(client, method, status):
    # Beside the handlers of the test runner.
    (handler,) = (each for each in logging.getLogger("django").handlers if each.name == "stderr")
    with redirected(handler) as written:
        assert getattr(client, method)("/guides/preview/WzEsMV0:when:signed/").status_code == status
    assert "/guides/preview/…" in written.getvalue()
    assert "signed" not in written.getvalue()


@contextmanager
def redirected(handler):
    """What ``handler`` of the real settings writes."""
    written = StringIO()
    before = handler.setStream(written)
    try:
        yield written
    finally:
        handler.setStream(before)
