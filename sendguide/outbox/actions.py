"""Putting e-mails into the outbox, back into it, and giving them up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from sendguide.outbox.models import OUT_OF_TIME, QueuedEmail, QueuedEmailQuerySet, new_message_id
from sendguide.privacy.purge import batches

Status = QueuedEmail.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An e-mail to be queued.

    ``kind`` is a registered one, ``key`` names the event ("workshops.reminder:<signup>"), ``about`` is the number of
    the row that the e-mail is about. ``details`` holds what JSON can hold. Not sent before ``not_before``.
    """

    kind: str
    key: str
    to: str
    about: int
    details: dict[str, Any] | None = None
    not_before: datetime | None = None


def queue(  # noqa: PLR0913 - all of them named
    *,
    kind: str,
    key: str,
    to: str,
    about: int,
    details: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> None:
    """Queue one e-mail in the caller's transaction. The second time with the same ``key`` nothing happens."""
    queue_all([Letter(kind=kind, key=key, to=to, about=about, details=details, not_before=not_before)])


def queue_all(letters: Iterable[Letter]) -> None:
    """Queue many e-mails in the caller's transaction, for "tell everybody"; those with a known ``key`` are left out."""
    if not connection.in_atomic_block:
        # The e-mail would be sent although what it tells about was rolled back, or be lost although that was kept.
        raise RuntimeError("An e-mail is queued in the transaction of what it tells about: transaction.atomic().")
    now = timezone.now()
    rows = [
        QueuedEmail(
            kind=letter.kind,
            key=letter.key,
            to=letter.to,
            about=letter.about,
            details=letter.details or {},
            created_at=now,
            next_attempt_at=letter.not_before or now,
        )
        for letter in letters
    ]
    # An error about a known key would end PostgreSQL's transaction, and with it the booking.
    QueuedEmail.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def send_again(emails: QueuedEmailQuerySet) -> list[QueuedEmail]:
    """Put those that are sent, skipped or dead back into the queue, to be written anew; returns them.

    One that was delivered gets a new Message-ID: with the old one mail programs would take it for the same and hide it.
    Left alone is what is still to be sent, and what has lost its address to the purge.
    """
    put_back = []
    with transaction.atomic():
        for row in emails.filter(status__in=QueuedEmail.ENDED).exclude(to=""):
            message_id = new_message_id() if row.status == Status.SENT else row.message_id
            # Compare and set: of two who press the button one puts it back.
            unchanged = QueuedEmail.objects.filter(pk=row.pk, status=row.status, message_id=row.message_id)
            if unchanged.update(**_as_new(timezone.now()), message_id=message_id):
                put_back.append(row)
    return put_back


def _as_new(now: datetime) -> dict[str, Any]:
    """Its days are counted from now: otherwise the purge could blank it before it is sent."""
    fresh = {"status": Status.WAITING, "attempts": 0, "created_at": now, "next_attempt_at": now, "why": ""}
    return {**fresh, "sent_at": None, "sent_subject": "", "sent_text": "", "sent_html": ""}


def give_up_old(*, now: datetime, dry_run: bool = False) -> int:
    """End and blank what could not be sent for so long that its time is over; says how many. ``dry_run`` counts only.

    Both in one statement: blanked first it could be sent to nobody, ended first it could be put back in between.
    """
    old = QueuedEmail.objects.out_of_time(now)
    if dry_run:
        return old.count()
    changes = {
        **QueuedEmail.PERSONAL.fields,
        "status": Status.DEAD,
        "why": f"{OUT_OF_TIME} {QueuedEmail.PERSONAL.days} days.",
        "lease_until": None,
        "lease_token": None,
    }
    return sum(part.update(**changes) for part in batches(old, 500))


def set_aside(emails: QueuedEmailQuerySet) -> list[QueuedEmail]:
    """Give up those that could not be sent (a mistyped address, say), so that they no longer count as stuck."""
    given_up = []
    for row in emails.filter(status=Status.DEAD):
        dead = QueuedEmail.objects.filter(pk=row.pk, status=Status.DEAD)
        if dead.update(status=Status.SKIPPED, why=f"Set aside by staff. {row.why}"):
            given_up.append(row)
    return given_up


def readdress(*, kinds: Collection[str], about: int, wrong: str, right: str) -> int:
    """What has still to be sent to the ``wrong`` address about this row goes to the ``right`` one; says how many.

    ``kinds``: those whose ``about`` is a number in the table of this row. What is on its way to the wrong address this
    moment is queued for the right one too; its ``only_to`` keeps it from being tried there again. Without a ``right``
    one nothing that waits is sent.
    """
    theirs = QueuedEmail.objects.filter(to=wrong, about=about, kind__in=kinds)
    waiting = theirs.filter(status=Status.WAITING)
    if not right:
        return waiting.update(status=Status.SKIPPED, why="Its address was taken away.")
    unsent = list(theirs.filter(status__in=[Status.WAITING, Status.SENDING]).order_by("pk"))
    # Compare and set: a worker may have taken one in the meantime.
    taken = [row for row in unsent if not waiting.filter(pk=row.pk).update(to=right)]
    queue_all(
        Letter(kind=row.kind, key=f"{row.key}:readdressed", to=right, about=about, details=row.details) for row in taken
    )
    return len(unsent)
