"""What the job worker does, and how often. Each job may run on several machines at once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.utils import timezone

from bookings.actions import clock as calls
from bookings.actions.offers import end_offers_in_vain, offer_free_times
from bookings.actions.waiting import end_long_waits, end_unconfirmed_waits
from guides.explaining import PORTION, bring_up_to_date
from guides.outside.checking import check_one
from guides.search import misses
from sendguide.guard.rate_limit import forget_old
from sendguide.outbox.actions import give_up_old
from sendguide.outbox.folder import delete_files
from sendguide.outbox.sending import ServerAway, send_round
from sendguide.outbox.worker import Job, Stop, Trouble
from sendguide.privacy.purge import purge
from sendguide.troubles import models as troubles
from workshops.actions import close_waiting_lists, fill_places, queue_reminders

STOP = Stop()


def send_emails() -> timedelta | None:
    """At once again while there is more; a stop is noticed after each e-mail."""
    try:
        more = send_round(should_stop=STOP.asked)
    except ServerAway as away:
        raise Trouble(str(away)) from away
    return timedelta(0) if more else None


def explain_words() -> timedelta | None:
    """At once again while there is more."""
    return timedelta(0) if bring_up_to_date(at_most=PORTION) else None


def check_links() -> timedelta | None:
    """One link, then the others' turn: a site that does not answer holds everything up for a while."""
    if not settings.LINK_CHECK:
        return None
    return timedelta(seconds=1) if check_one(timezone.now()) else None


def remind_of_workshops() -> None:
    queue_reminders(now=timezone.now())


def move_waiting_lists() -> None:
    fill_places(now=timezone.now())
    close_waiting_lists(now=timezone.now())


def remind_of_calls() -> None:
    calls.queue_reminders(now=timezone.now())


def end_begun_calls() -> None:
    calls.end_begun_calls(now=timezone.now())


def offer_calls() -> None:
    """What was offered in vain is free again before the others are asked."""
    now = timezone.now()
    end_offers_in_vain(now=now)
    end_unconfirmed_waits(now=now)
    end_long_waits(now=now)
    offer_free_times(now=now)


def forget_old_cells() -> None:
    calls.forget_old_cells(now=timezone.now())


def forget_visitors() -> None:
    forget_old(timezone.now())


def forget_old_searches() -> None:
    misses.forget_old(timezone.localdate())


def forget_old_troubles() -> None:
    troubles.forget_old(timezone.now())


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
    Job("words in texts", timedelta(seconds=10), explain_words),
    Job("workshop reminders", timedelta(minutes=1), remind_of_workshops),
    Job("waiting lists", timedelta(minutes=1), move_waiting_lists),
    Job("call reminders", timedelta(minutes=1), remind_of_calls),
    Job("calls that have begun", timedelta(minutes=1), end_begun_calls),
    Job("waiting list for calls", timedelta(minutes=1), offer_calls),
    Job("links to other sites", timedelta(minutes=1), check_links),
    Job("old times of calls", timedelta(hours=1), forget_old_cells),
    Job("old rate limits", timedelta(hours=1), forget_visitors),
    Job("old counts of searches", timedelta(days=1), forget_old_searches),
    Job("old counts of errors", timedelta(days=1), forget_old_troubles),
    Job("purge of personal details", timedelta(days=1), purge_details),
]
