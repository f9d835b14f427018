"""The few statements that move places, for use inside the transaction of an act."""

from datetime import datetime

from django.db.models import F

from sendguide.outbox.actions import Letter, queue_all
from workshops.models import SignUp, WorkshopDate


def lock_date(pk: int) -> WorkshopDate:
    """The date, locked until the transaction ends, as it is once the lock is there.

    An UPDATE that changes nothing locks on every database (SELECT … FOR UPDATE does nothing on SQLite). Raises
    WorkshopDate.DoesNotExist.
    """
    WorkshopDate.objects.filter(pk=pk).update(taken=F("taken"))
    return WorkshopDate.objects.select_related("workshop").prefetch_related("workshop__councils").get(pk=pk)


def take_place(date: WorkshopDate) -> bool:
    """Count one place more as taken. False when there is none."""
    open_dates = WorkshopDate.objects.filter(pk=date.pk, status=WorkshopDate.Status.OPEN)
    taken = bool(open_dates.filter(taken__lt=F("capacity")).update(taken=F("taken") + 1))
    date.taken += taken
    return taken


def free_place(date: WorkshopDate) -> None:
    WorkshopDate.objects.filter(pk=date.pk).update(taken=F("taken") - 1)
    date.taken -= 1


def promote(date: WorkshopDate, now: datetime) -> list[SignUp]:
    """Give free places to those who wait, in order. Who may not come any more (the area changed) is passed over."""
    promoted: list[SignUp] = []
    if date.is_full or not date.waiting_list_moves(now):
        return promoted
    for waiting in date.sign_ups.waiting().select_related("council"):
        if waiting.council and not date.workshop.is_open_to(waiting.council):
            continue
        if not take_place(date):
            break
        waiting.status, waiting.placed_at = SignUp.Status.PLACED, now
        waiting.save(update_fields=["status", "placed_at"])
        queue_about("workshops.promoted", waiting)
        promoted.append(waiting)
    return promoted


def end_list(date: WorkshopDate, now: datetime) -> int:
    """Tell those who still wait that no place came free; after the start there is nothing left to say."""
    left = list(date.sign_ups.waiting())
    SignUp.objects.filter(pk__in=[each.pk for each in left]).update(status=SignUp.Status.LAPSED, ended_at=now)
    if date.starts_at > now:
        queue_all(letter_about("workshops.list_closed", each) for each in left)
    return len(left)


def letter_about(kind: str, sign_up: SignUp, *, once_per: object = "", **details: object) -> Letter:
    """The e-mail of this ``kind`` about ``sign_up``: to be sent once, or once for each ``once_per``."""
    key = f"{kind}:{sign_up.pk}:{once_per}" if once_per != "" else f"{kind}:{sign_up.pk}"
    return Letter(kind=kind, key=key, to=sign_up.email, about=sign_up.pk, details=details)


def queue_about(kind: str, sign_up: SignUp, *, once_per: object = "", **details: object) -> None:
    queue_all([letter_about(kind, sign_up, once_per=once_per, **details)])
