"""A database server that crashes and is started again while many sign up or book calls and are sent their e-mails.

SQLite has no server: there conftest.py leaves this file out.
"""

import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from bookings.models import Booking
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.invariants import broken as broken_calls
from tests.outbox.mail_server import MailServer, mail_server
from tests.outbox.processes import RUN_JOBS, Process, process
from tests.races.booking_pages import free_starts
from tests.races.crowd import PEOPLE, Seen, Site, crowd
from tests.races.invariants import broken
from tests.races.own_postgresql import OwnServer
from workshops.models import SignUp, WorkshopDate

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = 60
JOB_WORKERS = 2
SECONDS_AWAY = 1.5
AWAY = "The database cannot be used (OperationalError). The job worker waits for it."


@dataclass(slots=True)
class Restart:
    """What there was to see: the database was away from ``begin`` to ``end``."""

    seen: list[Seen]
    begin: float
    end: float
    date: WorkshopDate
    workers: list[Process]
    mail: MailServer

    def statuses(self, *, during: bool) -> list[int]:
        """Those of the answers that the outage can have to do with, or those of all others."""
        return [each.status for each in self.seen if each.met(self.begin, self.end) is during]

    def wait_for_emails(self, **left: int) -> None:
        """Until only these are left: their number by status. Without guards some who wait are given a place at once.

        The e-mail that they wait is skipped then, if it is still there.
        """
        unsent = QueuedEmail.objects.exclude(status__in=["sent", "skipped"])
        self.workers[0].wait_for(lambda: Counter(unsent.values_list("status", flat=True)) == left)

    def stop_workers(self) -> None:
        for worker in self.workers:
            worker.popen.terminate()
        assert [worker.popen.wait(60) for worker in self.workers] == [0] * JOB_WORKERS


def restart_under_load(
    stack: ExitStack,
    postgresql: OwnServer,
    site: Site,
    folder: Path,
    *,
    places: int = PLACES,
    jobs: tuple[str, ...] = RUN_JOBS,
    application: str = "sendguide.wsgi",
    seconds_after: float = 3,
) -> Restart:
    """It crashes at the worst moment: each job worker has handed an e-mail over, and has not noted it yet."""
    factories.council(slug="hull")
    date = factories.workshop_date(capacity=places, starts_at=factories.next_month())
    factories.adviser(email="")
    mail = stack.enter_context(mail_server())
    variables = {"EMAIL_URL": f"smtp://127.0.0.1:{mail.port}"}
    logs = [folder / f"jobs{number}.log" for number in range(JOB_WORKERS)]
    workers = [stack.enter_context(process(log, *jobs, **variables)) for log in logs]
    stack.enter_context(site.served(application))
    with crowd(site.address, f"{date.get_absolute_url()}?area=hull", free_starts()) as seen:
        workers[0].wait_for(lambda: len(mail.received) >= PEOPLE)
        mail.stalled.set()
        workers[0].wait_for(lambda: mail.unanswered == JOB_WORKERS)
        connection.close()
        begin = time.monotonic()
        postgresql.crash()
        mail.stalled.clear()
        time.sleep(SECONDS_AWAY)
        postgresql.start()
        end = time.monotonic()
        time.sleep(seconds_after)
    return Restart(seen, begin, end, date, workers, mail)


def test_restart_under_load_ends_with_the_outage_loses_nothing_and_tells_everybody_once(
    postgresql: OwnServer, production_site: Site, tmp_path: Path
):
    with ExitStack() as stack:
        restart = restart_under_load(stack, postgresql, production_site, tmp_path)
        restart.wait_for_emails()
        restart.stop_workers()
    # It was a crash, and both visitors and job workers felt it.
    assert "automatic recovery in progress" in postgresql.log
    assert any(status >= 500 for status in restart.statuses(during=True))
    assert [worker.output.count(AWAY) for worker in restart.workers] == [1] * JOB_WORKERS
    # For visitors it ended with the outage: whoever asked after that was answered as ever.
    assert set(restart.statuses(during=False)) == {200}
    assert len(restart.statuses(during=False)) > PEOPLE
    # Whoever was told that they signed up, or have a call, did. Some more did, whose answer got lost.
    signed_up = list(SignUp.objects.values_list("email", flat=True))
    callers = list(Booking.objects.values_list("email", flat=True))
    told = {each.email for each in restart.seen if each.email and each.status == 200}
    assert told <= {*signed_up, *callers}
    assert told & set(callers)
    date = WorkshopDate.objects.get()
    assert (date.taken, SignUp.objects.placed().count()) == (min(PLACES, len(signed_up)),) * 2
    assert (broken(), broken_calls()) == ([], [])
    # "At least once" is for workers that die with an e-mail in hand. These lived, and noted what had become of theirs
    # when the database was back: nobody got one twice, and none had to wait for its lease to run out.
    assert Counter(restart.mail.recipients) == dict.fromkeys([*signed_up, *callers], 1)
    assert Counter(restart.mail.message_ids) == dict.fromkeys(
        QueuedEmail.objects.values_list("message_id", flat=True), 1
    )


def test_without_the_guards_a_restart_under_load_oversells_and_tells_twice(
    postgresql: OwnServer, production_site: Site, tmp_path: Path
):
    """If this fails, the test above proves nothing."""
    jobs = ("-m", "tests.races.careless", "run_jobs")
    with ExitStack() as stack:
        restart = restart_under_load(
            stack,
            postgresql,
            production_site,
            tmp_path,
            places=10,
            jobs=jobs,
            application="tests.races.careless",
            seconds_after=1,
        )
        # Nobody knows what became of these two, and they are sent again when their leases have run out.
        restart.wait_for_emails(sending=JOB_WORKERS)
        QueuedEmail.objects.filter(status="sending").update(lease_until=timezone.now())
        restart.wait_for_emails()
    assert list(Counter(restart.mail.message_ids).values()).count(2) == JOB_WORKERS
    placed = SignUp.objects.placed().count()
    assert f"{placed} people have one of 10 places" in broken()
