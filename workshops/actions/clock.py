"""What the clock does to dates: for the job worker, which calls these every minute, perhaps on several machines."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from workshops.actions.places import end_list, lock_date, promote, queue_about
from workshops.models import SignUp, WorkshopDate
from workshops.places import reminder_is_due


def queue_reminders(*, now: datetime) -> int:
    """Remind those whose workshop is tomorrow, once for each time that it is set to. Gives their number."""
    soon = SignUp.objects.placed().filter(
        date__status=WorkshopDate.Status.OPEN, date__starts_at__gt=now, date__starts_at__lte=now + timedelta(days=1)
    )
    due = soon.filter(Q(reminded_of=None) | ~Q(reminded_of=F("date__starts_at"))).select_related("date")
    reminded = 0
    for each in due.order_by("date__starts_at", "pk"):
        since = each.placed_at or each.created_at
        if reminder_is_due(starts_at=each.date.starts_at, since=since, now=now):
            reminded += _remind(each)
    return reminded


def _remind(sign_up: SignUp) -> int:
    """One transaction each: a crash in between sends nothing twice and forgets nobody."""
    starts_at = sign_up.date.starts_at
    with transaction.atomic():
        marked = SignUp.objects.placed().filter(pk=sign_up.pk).update(reminded_of=starts_at)
        if marked:
            moment = starts_at.isoformat()
            queue_about("workshops.reminder", sign_up, once_per=moment, starts_at=moment)
    return marked


def close_waiting_lists(*, now: datetime) -> int:
    """After the cut-off tell those who still wait that no place came free. Gives their number."""
    cut_off = now + timedelta(hours=settings.WAITING_CUT_OFF_HOURS)
    closed = 0
    for date_id in _with_waiting(date__starts_at__lte=cut_off):
        with transaction.atomic():
            date = lock_date(date_id)
            if not date.waiting_list_moves(now):
                closed += end_list(date, now)
    return closed


def fill_places(*, now: datetime) -> int:
    """Give places that are free although somebody waits, such as after the area of a workshop was widened."""
    filled = 0
    for date_id in _with_waiting(date__starts_at__gt=now, date__taken__lt=F("date__capacity")):
        with transaction.atomic():
            filled += len(promote(lock_date(date_id), now))
    return filled


def _with_waiting(**which: object) -> list[int]:
    """The numbers of open dates that somebody waits for."""
    waiting = SignUp.objects.waiting().filter(date__status=WorkshopDate.Status.OPEN, **which)
    return sorted(set(waiting.values_list("date_id", flat=True)))
