import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from bookings.actions.cells import Busy
from bookings.links import call_path
from sendguide.busy import is_busy
from sendguide.metrics import OURS
from tests import factories


class Refusal(Exception):
    """As psycopg2 raises them: with PostgreSQL's code."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.pgcode = code


def caused_by(cause: Exception) -> OperationalError:
    error = OperationalError("canceling statement")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (caused_by(Refusal("55P03")), True),
        (caused_by(Refusal("40P01")), True),
        (OperationalError("database is locked"), True),
        (caused_by(Refusal("57P01")), False),
        (OperationalError("disk I/O error"), False),
        (ValueError("database is locked"), False),
    ],
)
def test_lock_that_did_not_come_is_told_from_faults(error, expected):
    assert is_busy(error) is expected


@pytest.mark.django_db
def test_who_would_wait_too_long_is_asked_to_press_once_more(client, monkeypatch):
    call = factories.booking(starts_at=factories.next_month())

    def too_many(**_):
        raise Busy from Refusal("55P03")

    monkeypatch.setattr("bookings.views.call.cancel", too_many)
    answer = client.post(call_path(call, "call_cancel"))
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert "Please try again in a moment" in answer.content.decode()
    call.refresh_from_db()
    assert not call.is_cancelled


@pytest.mark.django_db
def test_fault_is_still_a_fault(client, monkeypatch):
    call = factories.booking(starts_at=factories.next_month())

    def broken(**_):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("bookings.views.call.cancel", broken)
    client.raise_request_exception = False
    assert client.post(call_path(call, "call_cancel")).status_code == 500


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("connection refused for anna"), InterfaceError("closed")])
def test_database_that_is_away_is_told_as_such_and_nothing_is_promised(client, monkeypatch, caplog, error):
    def away(**_):
        connection.close()
        raise error

    call = factories.booking(starts_at=factories.next_month())
    monkeypatch.setattr("bookings.views.call.cancel", away)
    answer = client.post(call_path(call, "call_cancel"))
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert "It is not your fault" in answer.content.decode()
    assert "Nothing was changed" not in answer.content.decode()
    said = [record.getMessage() for record in caplog.records if record.name == "sendguide.busy"]
    assert said == [f"The database cannot be used ({type(error).__name__})."]


def database_errors() -> float:
    return OURS.get_sample_value("sendguide_database_errors_total") or 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("connected", "error", "answered"),
    [
        (False, OperationalError("connection refused"), (503, "30")),
        (True, caused_by(Refusal("55P03")), (503, "5")),
        (True, OperationalError("disk I/O error"), (500, None)),
    ],
)
def test_session_that_cannot_be_kept_is_no_fault_of_the_page(client, monkeypatch, connected, error, answered):
    """Sessions are kept after the view, where nothing asks a middleware about errors."""

    def unkept(*_, **__):
        if not connected:
            connection.close()
        raise error

    client.force_login(factories.staff(is_superuser=True))
    monkeypatch.setattr(settings, "SESSION_SAVE_EVERY_REQUEST", True)
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", unkept)
    client.raise_request_exception = False
    before = database_errors()
    answer = client.get("/admin/")
    assert (answer.status_code, answer.get("Retry-After")) == answered
    assert database_errors() - before == (answered[0] == 503)


@pytest.mark.django_db(transaction=True)
def test_what_is_no_matter_of_the_connection_is_still_a_fault_without_one(client, monkeypatch):
    def broken(**_):
        connection.close()
        raise ValueError

    call = factories.booking(starts_at=factories.next_month())
    monkeypatch.setattr("bookings.views.call.cancel", broken)
    client.raise_request_exception = False
    assert client.post(call_path(call, "call_cancel")).status_code == 500
