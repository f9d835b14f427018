"""Sending what is in the outbox: each e-mail once, or once more where nobody can know whether it has arrived.

An e-mail is taken by one UPDATE that only one worker can win, together with a lease, and that is committed. Then it is
written and sent outside any transaction. A worker that dies in between leaves the lease behind: when it has run out the
e-mail is sent again, with the same Message-ID. So every e-mail is queued exactly once and delivered at least once.

When it is the database that dies in between, the worker still knows what became of the e-mail, and notes it as soon as
it can: within the lease nothing is sent twice.
"""

import contextlib
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.errors import MessageError
from typing import Any
from uuid import uuid4

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from sendguide.lib.tracebacks import without_message
from sendguide.outbox.failures import Failure, failure_of
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import NotNeeded, UnknownKind
from sendguide.outbox.writing import Written, message_of, write

logger = logging.getLogger(__name__)
Status = QueuedEmail.Status

# Waiting after the first attempt that failed, after the second …: 2.7 days in all, then the e-mail is dead.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    *(timedelta(hours=hours) for hours in (1, 4, 12, 24, 24)),
)
# Longer than a server can stall: EMAIL_TIMEOUT holds for each of the few steps in which an e-mail is handed over.
LEASE = timedelta(minutes=5)
# Servers like to limit how many e-mails one connection brings; and other jobs want their turn.
ROUND_EMAILS = 50
ROUND_SECONDS = 20
# What became of an e-mail while the database was away. Nobody else knows it.
_not_noted: list[tuple[QueuedEmail, dict[str, Any]]] = []


class ServerAway(Exception):
    """The mail server takes nothing for now. The message is a sentence for staff."""


def send_round(*, lease: timedelta = LEASE, should_stop: Callable[[], bool] = lambda: False) -> bool:
    """Send what is due over one connection, and say whether there may be more. Raises ServerAway, DatabaseError.

    While the server cannot be reached no e-mail is touched, so none of them uses up its attempts.
    """
    _note_late()
    ready = QueuedEmail.objects.ready(timezone.now()).order_by("next_attempt_at", "pk")
    numbers = list(ready.values_list("pk", flat=True)[:ROUND_EMAILS])
    if not numbers:
        return False
    end = time.monotonic() + ROUND_SECONDS
    with _connection() as connection:
        for number in numbers:
            if should_stop() or time.monotonic() > end:
                return True
            if row := claim(number, lease=lease):
                _send(row, connection)
    return len(numbers) == ROUND_EMAILS


@contextlib.contextmanager
def _connection() -> Any:
    connection = mail.get_connection()
    try:
        connection.open()
    except OSError as error:
        raise ServerAway(failure_of(error).sentence) from error
    try:
        yield connection
    finally:
        # Every e-mail has had its answer: how the server takes its leave changes nothing.
        with contextlib.suppress(OSError):
            connection.close()


def claim(number: int, *, lease: timedelta = LEASE) -> QueuedEmail | None:
    """The e-mail ``number`` for this worker alone until the lease runs out; None if it is not ready or just taken."""
    now = timezone.now()
    # Durable: a surrounding transaction could take the claim back after the e-mail is gone.
    with transaction.atomic(durable=True):
        taken = _take(number, now, status=Status.SENDING, lease_until=now + lease, lease_token=uuid4())
    return QueuedEmail.objects.get(pk=number) if taken else None


def _take(number: int, now: datetime, **changes: Any) -> bool:
    """Compare and set: of several workers who try this at once the database lets one find the row ready."""
    ready = QueuedEmail.objects.ready(now).filter(pk=number)
    return ready.update(attempts=F("attempts") + 1, **changes) == 1


def _send(row: QueuedEmail, connection: BaseEmailBackend) -> None:
    if not row.to:
        # Django's mail server would count it as sent.
        return _end(row, Status.DEAD, "It has no address (any more).")
    if row.attempts > len(BACK_OFF) + 1:
        return _end(row, Status.DEAD, "Its sender was stopped in the middle of each attempt.")
    try:
        written = write(row)
        message = message_of(row, written)
    except NotNeeded as reason:
        _end(row, Status.SKIPPED, str(reason) or "What it was about has moved on.")
    except UnknownKind:
        _end(row, Status.DEAD, f"No part of the site writes e-mails of the kind “{row.kind}” (any more).")
    except (OperationalError, InterfaceError):
        # Nothing is wrong with the e-mail. When the lease has run out it is tried again.
        raise
    except Exception as error:  # noqa: BLE001 - whatever a function or a template may get wrong
        _broken(row, error)
    else:
        _deliver(row, written, message, connection)
    return None


def _deliver(row: QueuedEmail, written: Written, message: EmailMessage, connection: BaseEmailBackend) -> None:
    try:
        connection.send_messages([message])
    except OSError as error:
        _not_taken(row, failure_of(error, row.to))
    except (ValueError, MessageError) as error:  # an address or a header that cannot be one
        _broken(row, error)
    else:
        _sent(row, written)


def _broken(row: QueuedEmail, error: Exception) -> None:
    logger.error("E-mail %s (%s) could not be written", row.pk, row.kind, exc_info=without_message(error))
    _end(row, Status.DEAD, f"It could not be written: a fault of the site ({type(error).__name__}).")


def _sent(row: QueuedEmail, written: Written) -> None:
    _put_back(
        row,
        status=Status.SENT,
        sent_at=timezone.now(),
        why="",
        sent_subject=written.subject,
        sent_text=written.text,
        sent_html=written.html,
    )


def _not_taken(row: QueuedEmail, failure: Failure) -> None:
    """Ends the round where the next e-mail would fare no better."""
    logger.warning("E-mail %s (%s) was not taken: %s", row.pk, row.kind, failure.code or "no answer")
    if failure.is_about_us:
        _put_back(row, status=Status.WAITING, attempts=F("attempts") - 1)
        raise ServerAway(f"It refuses our sender address. {failure.sentence}")
    if failure.is_final:
        return _end(row, Status.DEAD, failure.sentence)
    if row.attempts > len(BACK_OFF):
        _end(row, Status.DEAD, f"Given up after {row.attempts} attempts. {failure.sentence}")
    else:
        again = timezone.now() + BACK_OFF[row.attempts - 1]
        _put_back(row, status=Status.WAITING, next_attempt_at=again, why=failure.sentence)
    if failure.is_connection_lost:
        raise ServerAway(failure.sentence)
    return None


def _end(row: QueuedEmail, status: str, why: str) -> None:
    _put_back(row, status=status, why=why)


def _put_back(row: QueuedEmail, **changes: Any) -> None:
    """Now or, if the database cannot be used, at the beginning of the next round."""
    try:
        _note(row, changes)
    except (OperationalError, InterfaceError):
        _not_noted.append((row, changes))
        raise


def _note_late() -> None:
    while _not_noted:
        _note(*_not_noted[0])
        del _not_noted[0]


def _note(row: QueuedEmail, changes: dict[str, Any]) -> None:
    """Only as long as it is ours: after the lease another worker may have it."""
    ours = QueuedEmail.objects.filter(pk=row.pk, lease_token=row.lease_token)
    # Within the lease it is ours no longer only if it was noted, and the database went away before it could say so.
    if not ours.update(lease_until=None, lease_token=None, **changes) and _has_run_out(row):
        logger.warning("E-mail %s (%s) took longer than its lease and may be sent twice", row.pk, row.kind)


def _has_run_out(row: QueuedEmail) -> bool:
    return row.lease_until is not None and row.lease_until <= timezone.now()
