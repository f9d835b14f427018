"""Workers that are real processes: several at once, killed, stopped, and cut off from their database."""

import signal
import subprocess
from collections import Counter

import pytest
import time_machine
from django.utils import timezone

from sendguide.jobs import JOBS
from sendguide.outbox.models import JobRun, QueuedEmail
from sendguide.outbox.sending import LEASE, send_round
from tests import factories
from tests.outbox.outages import take_database_away
from tests.outbox.processes import RUN_JOBS, process
from tests.project.running import free_port

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


def race(server, tmp_path, emails, *arguments):
    """Let several workers send the same e-mails at once; how often each address got one."""
    rows = [factories.queued_email() for _ in range(emails)]
    racer = ("-m", "tests.outbox.racer", str(WORKERS), *arguments)
    with process(tmp_path / "log", *racer, EMAIL_URL=f"smtp://127.0.0.1:{server.port}") as workers:
        assert workers.popen.wait(60) == 0, workers.output
    assert {row.to for row in rows} == set(server.recipients)
    return Counter(server.recipients)


def test_several_workers_at_once_send_each_email_once(server, tmp_path):
    deliveries = race(server, tmp_path, 60)
    assert set(deliveries.values()) == {1}
    assert set(QueuedEmail.objects.values_list("status", "attempts")) == {("sent", 1)}


def test_without_the_guard_several_workers_send_emails_more_than_once(server, tmp_path):
    """If this fails, the race is none, and the test above proves nothing."""
    deliveries = race(server, tmp_path, 20, "--without-guard")
    assert max(deliveries.values()) > 1


def test_email_of_a_worker_that_was_killed_after_handing_it_over_comes_again_as_the_same(server, tmp_path):
    row = factories.queued_email()
    server.stalled.set()
    with process(tmp_path / "log", *RUN_JOBS, EMAIL_URL=f"smtp://127.0.0.1:{server.port}") as worker:
        # The server has the whole e-mail; the worker does not know it yet.
        worker.wait_for(lambda: server.recipients == [row.to])
        worker.popen.kill()
        worker.popen.wait()
    server.stalled.clear()
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("sending", 1)
    assert send_round() is False
    assert len(server.received) == 1
    with time_machine.travel(timezone.now() + LEASE):
        send_round()
    assert server.message_ids == [row.message_id] * 2
    assert list(QueuedEmail.objects.values_list("status", "attempts")) == [("sent", 2)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_worker_finishes_the_email_in_hand_and_leaves_the_next(server, tmp_path, number):
    first, second = factories.queued_email(), factories.queued_email()
    server.stalled.set()
    with process(tmp_path / "log", *RUN_JOBS, EMAIL_URL=f"smtp://127.0.0.1:{server.port}") as worker:
        worker.wait_for(server.is_reading.is_set)
        worker.popen.send_signal(number)
        with pytest.raises(subprocess.TimeoutExpired):
            worker.popen.wait(0.5)
        server.stalled.clear()
        assert worker.popen.wait(20) == 0
        assert worker.output == ""
    assert server.recipients == [first.to]
    assert [QueuedEmail.objects.get(pk=row.pk).status for row in (first, second)] == ["sent", "waiting"]


def test_idle_worker_stops_at_once_and_has_left_its_sign_of_life(tmp_path):
    with process(tmp_path / "log", *RUN_JOBS) as worker:
        worker.wait_for(lambda: JobRun.last_sign_of_life() is not None)
        worker.popen.terminate()
        assert worker.popen.wait(5) == 0
        assert worker.output == ""


def test_worker_ends_with_the_process_that_it_belongs_to(tmp_path):
    # Its parent is this test, not process 1.
    with process(tmp_path / "log", *RUN_JOBS, "--parent", "1") as worker:
        assert worker.popen.wait(20) == 0


def test_worker_waits_for_a_database_that_is_away_and_goes_on(server, tmp_path):
    with process(tmp_path / "log", *RUN_JOBS, EMAIL_URL=f"smtp://127.0.0.1:{server.port}") as worker:
        worker.wait_for(lambda: JobRun.objects.exists())
        give_back = take_database_away()
        worker.wait_for(lambda: "The job worker waits for it." in worker.output)
        give_back()
        row = factories.queued_email()
        worker.wait_for(lambda: server.recipients == [row.to])
        worker.wait_for(lambda: QueuedEmail.objects.get().status == "sent")
        worker.popen.terminate()
        assert worker.popen.wait(20) == 0
    assert worker.output.count("The database cannot be used (OperationalError).") == 1
    assert worker.output.count("The database is back.") == 1
    assert "Traceback" not in worker.output


def test_every_job_is_done_once_for_cron(tmp_path):
    row = factories.queued_email()
    with process(tmp_path / "log", *RUN_JOBS, "--once") as worker:
        assert worker.popen.wait(20) == 0
        assert worker.output == ""
    row.refresh_from_db()
    assert row.status == "sent"
    done = JobRun.objects.exclude(finished_at=None).values_list("name", "problem")
    assert sorted(done) == sorted((job.name, "") for job in JOBS)


def test_failed_job_is_told_to_cron(tmp_path):
    factories.queued_email()
    with process(tmp_path / "log", *RUN_JOBS, "--once", EMAIL_URL=f"smtp://127.0.0.1:{free_port()}") as worker:
        assert worker.popen.wait(20) == 1
        log, said = worker.output.splitlines()
    assert log.endswith("The job e-mail has to wait. The mail server does not answer: Connection refused.")
    assert said == "CommandError: Not every job was done; the log says which, and why."
    assert JobRun.objects.get(name="e-mail").problem == "The mail server does not answer: Connection refused."
