"""What the job worker does, and how often. Each job may run on several machines at once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.utils import timezone

from sendguide.guard.rate_limit import forget_old
from sendguide.outbox.actions import give_up_old
from sendguide.outbox.folder import delete_files
from sendguide.outbox.sending import ServerAway, send_round
from sendguide.outbox.worker import Job, Stop, Trouble
from sendguide.privacy.purge import purge
from workshops.actions import close_waiting_lists, fill_places, queue_reminders

STOP = Stop()


def send_emails() -> timedelta | None:
    """At once again while there is more; a stop is noticed after each e-mail."""
    try:
        more = send_round(should_stop=STOP.asked)
    except ServerAway as away:
        raise Trouble(str(away)) from away
    return timedelta(0) if more else None


def remind_of_workshops() -> None:
    queue_reminders(now=timezone.now())


def move_waiting_lists() -> None:
    fill_places(now=timezone.now())
    close_waiting_lists(now=timezone.now())


def forget_visitors() -> None:
    forget_old(timezone.now())


def purge_details() -> None:
    forget(now=timezone.now())


def forget(*, now: datetime, dry_run: bool = False) -> list[str]:
    """Everything whose time is over goes, and is said in words. ``dry_run`` only says it.

    The files come last: a folder that cannot be written to keeps nothing in the database.
    """
    days = settings.EMAIL_KEPT_DAYS
    unsent = give_up_old(now=now, dry_run=dry_run)
    purged = purge(now=now, dry_run=dry_run)
    files = delete_files(until=now - timedelta(days=days), dry_run=dry_run)
    return [
        f"{unsent} unsent e-mail{pluralize(unsent)}: {days} days after being queued (EMAIL_KEPT_DAYS)",
        *map(str, purged),
        f"{files} file{pluralize(files)} in DATA_DIR/mail: {days} days after being written (EMAIL_KEPT_DAYS)",
    ]


JOBS = [
    Job("e-mail", timedelta(seconds=2), send_emails),
    Job("workshop reminders", timedelta(minutes=1), remind_of_workshops),
    Job("waiting lists", timedelta(minutes=1), move_waiting_lists),
    Job("old rate limits", timedelta(hours=1), forget_visitors),
    Job("purge of personal details", timedelta(days=1), purge_details),
]
