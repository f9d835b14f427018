"""What staff do to a whole date."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from sendguide.lib.dates import same_clock_time_later
from sendguide.outbox.actions import Letter, queue_all
from sendguide.outbox.models import QueuedEmail
from workshops.actions.places import letter_about, lock_date, promote
from workshops.models import SignUp, WorkshopDate
from workshops.models.sign_ups import SignUpQuerySet

# What calendars and people have to be told about.
TOLD = ("starts_at", "ends_at", "joining_link")
CHANGEABLE = (*TOLD, "closes_at", "leader", "status", "is_example")


class CapacityTooLow(Exception):
    """More places are taken than would be left."""

    def __init__(self, taken: int) -> None:
        are_taken = "1 place is taken" if taken == 1 else f"{taken} places are taken"
        super().__init__(f"{are_taken}: the number cannot be lower than that.")
        self.taken = taken


@transaction.atomic
def change_capacity(*, date: WorkshopDate, capacity: int, now: datetime) -> list[SignUp]:
    """Set the number of places; new ones go to those who wait, who are returned. Raises CapacityTooLow."""
    locked = lock_date(date.pk)
    if not WorkshopDate.objects.filter(pk=date.pk, taken__lte=capacity).update(capacity=capacity):
        raise CapacityTooLow(locked.taken)
    locked.capacity = date.capacity = capacity
    promoted = promote(locked, now)
    date.taken = locked.taken
    return promoted


@transaction.atomic
def change_date(*, date: WorkshopDate, now: datetime) -> int:
    """Save ``date`` as it was edited (never its count of places), and tell those concerned of a new time or link.

    Gives the number of e-mails queued. Capacity has ``change_capacity``, cancelling ``cancel_date``. A date that was
    cancelled in the meantime stays as it is: everybody has been told.
    """
    before = lock_date(date.pk)
    if before.is_cancelled:
        return 0
    is_news = bool(_changed(before, date)) and before.starts_at > now
    # Counted from the locked row: ``date`` may have been read before somebody else moved it.
    date.sequence = before.sequence + is_news
    date.save(update_fields=[*CHANGEABLE, "sequence", "updated_at"])
    told = 0
    if is_news:
        concerned, details = whom_to_tell(before=before, date=date, now=now), _news(before, date)
        news = [letter_about("workshops.date_changed", e, once_per=date.sequence, **details) for e in concerned]
        queue_all(news)
        told = len(news)
    # A later start can set the waiting list in motion again.
    return told + len(promote(lock_date(date.pk), now))


def whom_to_tell(*, before: WorkshopDate, date: WorkshopDate, now: datetime) -> SignUpQuerySet:
    """Who has to know that ``before`` becomes ``date``: whom ``change_date`` e-mails."""
    changed = _changed(before, date)
    if not changed or before.starts_at <= now:
        return before.sign_ups.none()
    # A new link is of use to those only who have a place.
    return before.sign_ups.placed() if changed == ["joining_link"] else before.sign_ups.live()


def _changed(before: WorkshopDate, date: WorkshopDate) -> list[str]:
    return [name for name in TOLD if getattr(before, name) != getattr(date, name)]


def _news(before: WorkshopDate, date: WorkshopDate) -> dict[str, Any]:
    """What the e-mail about a change needs to know of how it was. Times as texts, as JSON has none."""
    moved = (before.starts_at, before.ends_at) != (date.starts_at, date.ends_at)
    return {
        "sequence": date.sequence,
        "was": [before.starts_at.isoformat(), before.ends_at.isoformat()] if moved else None,
        "is_first_link": not moved and not before.joining_link,
        "has_new_link": before.joining_link != date.joining_link,
    }


@transaction.atomic
def cancel_date(*, date: WorkshopDate, because: str, now: datetime) -> int:
    """Cancel it, end all places, tell everybody. Gives the number of people told; 0 if it was cancelled before.

    Once it has begun nobody is told: there is nothing left to keep free for.
    """
    locked = lock_date(date.pk)
    is_open = WorkshopDate.objects.filter(pk=date.pk).exclude(status=WorkshopDate.Status.CANCELLED)
    if not is_open.update(
        status=WorkshopDate.Status.CANCELLED,
        cancelled_because=because,
        taken=0,
        sequence=F("sequence") + 1,
        updated_at=now,
    ):
        return 0
    concerned = list(locked.sign_ups.live())
    told = concerned if locked.starts_at > now else []
    queue_all(letter_about("workshops.date_cancelled", each) for each in told)
    SignUp.objects.filter(pk__in=[each.pk for each in concerned]).update(status=SignUp.Status.CANCELLED, ended_at=now)
    date.refresh_from_db()
    return len(told)


def duplicate_date(*, date: WorkshopDate, by: timedelta) -> WorkshopDate:
    """A draft of another date, ``by`` later on the clock of the wall, without anybody on it.

    Also without the link to join: with one link for both, people of one date could enter the other.
    """
    while date.workshop.dates.filter(starts_at=same_clock_time_later(date.starts_at, by)).exists():
        by += timedelta(days=7)
    return WorkshopDate.objects.create(
        workshop=date.workshop,
        starts_at=same_clock_time_later(date.starts_at, by),
        ends_at=same_clock_time_later(date.ends_at, by),
        closes_at=same_clock_time_later(date.closes_at, by),
        capacity=date.capacity,
        leader=date.leader,
    )


@transaction.atomic
def queue_message(*, date: WorkshopDate, subject: str, text: str, message_id: UUID) -> int:
    """A message from staff to everybody who has a place. Gives the number of people told.

    The same ``message_id`` again tells nobody, also those who got a place since: 0.
    """
    lock_date(date.pk)
    if QueuedEmail.objects.filter(key__startswith=f"workshops.message:{message_id}:").exists():
        return 0
    letters = [
        Letter(
            kind="workshops.message",
            key=f"workshops.message:{message_id}:{each.pk}",
            to=each.email,
            about=each.pk,
            details={"subject": subject, "text": text},
        )
        for each in date.sign_ups.placed()
    ]
    queue_all(letters)
    return len(letters)
