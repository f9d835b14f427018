import pytest
from django.db import OperationalError

from bookings.actions.cells import Busy
from bookings.links import call_path
from sendguide.busy import is_busy
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
