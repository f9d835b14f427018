"""What staff and the clock do to a whole date."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from sendguide.lib.dates import same_clock_time_later
from sendguide.outbox.actions import queue
from sendguide.outbox.models import QueuedEmail
from workshops.actions.places import lock_date, promote, queue_about
from workshops.models import SignUp, WorkshopDate
from workshops.places import reminder_is_due

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
    changed = [name for name in TOLD if getattr(before, name) != getattr(date, name)]
    is_news = bool(changed) and before.starts_at > now
    # Counted from the locked row: ``date`` may have been read before somebody else moved it.
    date.sequence = before.sequence + is_news
    date.save(update_fields=[*CHANGEABLE, "sequence", "updated_at"])
    told = 0
    if is_news:
        # A new link is of use to those only who have a place.
        concerned = before.sign_ups.placed() if changed == ["joining_link"] else before.sign_ups.live()
        for each in concerned:
            queue_about("workshops.date_changed", each, once_per=date.sequence)
            told += 1
    # A later start can set the waiting list in motion again.
    promote(lock_date(date.pk), now)
    return told


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
    for each in told:
        queue_about("workshops.date_cancelled", each)
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
    key = f"workshops.message:{message_id}:"
    if QueuedEmail.objects.filter(key__startswith=key).exists():
        return 0
    placed = list(date.sign_ups.placed())
    for each in placed:
        queue(
            kind="workshops.message",
            key=f"{key}{each.pk}",
            to=each.email,
            about=each.pk,
            details={"subject": subject, "text": text},
        )
    return len(placed)


def queue_reminders(*, now: datetime) -> int:
    """For the job worker: remind those whose workshop is tomorrow, each once for each time that it is set to."""
    soon = SignUp.objects.placed().filter(
        date__status=WorkshopDate.Status.OPEN, date__starts_at__gt=now, date__starts_at__lte=now + timedelta(days=1)
    )
    due = soon.filter(Q(reminded_for=None) | ~Q(reminded_for=F("date__sequence"))).select_related("date")
    reminded = 0
    for each in due.order_by("date__starts_at", "pk"):
        since = each.placed_at or each.created_at
        if reminder_is_due(starts_at=each.date.starts_at, since=since, now=now):
            reminded += _remind(each)
    return reminded


def _remind(sign_up: SignUp) -> int:
    """One transaction each: a crash in between sends nothing twice and forgets nobody."""
    with transaction.atomic():
        marked = SignUp.objects.placed().filter(pk=sign_up.pk).update(reminded_for=sign_up.date.sequence)
        if marked:
            queue_about("workshops.reminder", sign_up, once_per=sign_up.date.sequence)
    return marked


def close_waiting_lists(*, now: datetime) -> int:
    """For the job worker: after the cut-off tell those who still wait that no place came free."""
    cut_off = now + timedelta(hours=settings.WAITING_CUT_OFF_HOURS)
    waiting = SignUp.objects.waiting().filter(date__status=WorkshopDate.Status.OPEN, date__starts_at__lte=cut_off)
    closed = 0
    for date_id in sorted(set(waiting.values_list("date_id", flat=True))):
        with transaction.atomic():
            date = lock_date(date_id)
            if date.waiting_list_moves(now):
                continue
            left = list(date.sign_ups.waiting())
            SignUp.objects.filter(pk__in=[each.pk for each in left]).update(status=SignUp.Status.LAPSED, ended_at=now)
            # After the start there is nothing left to say.
            for each in left if date.starts_at > now else []:
                queue_about("workshops.list_closed", each)
            closed += len(left)
    return closed
