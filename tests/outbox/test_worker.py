"""The loop that does the jobs."""

import logging
import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from sendguide import jobs
from sendguide.outbox import worker as loop
from sendguide.outbox.models import JobRun
from sendguide.outbox.sending import ServerAway
from sendguide.outbox.worker import Job, Stop, Trouble, Worker

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Work:
    """A job's work: gives or raises ``results`` one after the other, then stops the worker."""

    def __init__(self, *results, stop=None):
        self.results = list(results)
        self.stop = stop
        self.times = 0

    def __call__(self):
        self.times += 1
        result = self.results.pop(0) if self.results else None
        if not self.results and self.stop:
            self.stop.ask()
        if isinstance(result, Exception):
            raise result
        return result


def problems():
    return dict(JobRun.objects.values_list("name", "problem"))


def errors(caplog):
    return [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]


@pytest.fixture(autouse=True)
def open_connection(monkeypatch):
    """The test's own connection has to outlive its transaction; test_processes.py has real ones."""
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)


@pytest.fixture
def pauses(monkeypatch):
    """Time passes at once: for how long the worker would have slept."""
    slept = []
    monkeypatch.setattr(Stop, "nap", lambda stop, seconds: slept.append(max(0, round(seconds))))
    return slept


def test_job_that_fails_is_logged_recorded_and_stops_no_other(caplog):
    failing, working = Work(IntegrityError("Key (to)=(anna@family.example)")), Work()
    worker = Worker([Job("bad", MINUTE, failing), Job("good", MINUTE, working)], Stop())
    worker.run_once()
    assert (failing.times, working.times, worker.failures) == (1, 1, 1)
    assert problems() == {"bad": "A fault of the site (IntegrityError).", "good": ""}
    assert errors(caplog) == ["The job bad failed"]
    assert "MessageLeftOut: IntegrityError" in caplog.text
    assert "anna" not in caplog.text


def test_job_that_can_do_more_is_done_again_at_once():
    work = Work(timedelta(0), timedelta(0), None)
    Worker([Job("mail", MINUTE, work)], Stop()).run_once()
    assert work.times == 3


def test_jobs_take_turns_when_they_are_due(pauses):
    order, stop = [], Stop()

    def job(name, every, turns):
        def work():
            order.append(name)
            if len(order) == turns:
                stop.ask()

        return Job(name, timedelta(seconds=every), work)

    Worker([job("often", 2, 5), job("seldom", 3600, 5)], stop).run()
    assert order == ["often", "seldom", "often", "often", "often"]
    assert pauses == [0, 0, 2, 2, 2]


def test_trouble_is_said_once_and_waited_for(pauses, caplog):
    stop = Stop()
    work = Work(Trouble("The server is away."), Trouble("The server is away."), None, stop=stop)
    worker = Worker([Job("mail", timedelta(seconds=2), work)], stop)
    worker.run()
    assert pauses == [0, 30, 30]
    assert [record.getMessage() for record in caplog.records] == ["The job mail has to wait. The server is away."]
    assert problems() == {"mail": ""}


def test_sign_of_life_of_a_frequent_job_is_written_twice_a_minute(django_assert_num_queries):
    work = Work()
    turn = loop._Turn(Job("mail", timedelta(seconds=2), work))
    worker, start = Worker([turn.job], Stop()), timezone.now()
    for seconds, queries in ((0, 2), (2, 0), (28, 0), (30, 2)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False), django_assert_num_queries(queries):
            worker._run(turn)
    run = JobRun.objects.get()
    assert run.started_at == run.finished_at == start + timedelta(seconds=30)
    assert (JobRun.last_sign_of_life(), str(run)) == (run.finished_at, "mail")


def test_new_problem_is_written_at_once():
    worker = Worker([Job("mail", MINUTE, Work(None, Trouble("Away."), None))], Stop())
    turn, found = loop._Turn(worker.jobs[0]), []
    for _ in range(3):
        worker._run(turn)
        found.append(JobRun.objects.get().problem)
    assert found == ["", "Away.", ""]


def test_database_that_is_away_is_said_once_and_waited_for_longer_each_time(pauses, monkeypatch, caplog):
    stop = Stop()
    away = [OperationalError("no route to host") for _ in range(7)]
    monkeypatch.setattr(loop, "_database_answers", lambda: False)
    Worker([Job("mail", MINUTE, Work(*away, None, stop=stop))], stop).run()
    assert [pause for pause in pauses if pause] == [1, 2, 4, 8, 16, 30, 30]
    assert [record.getMessage() for record in caplog.records] == [
        "The database cannot be used (OperationalError). The job worker waits for it.",
        "The database is back.",
    ]


def test_cron_does_not_wait_for_a_database_that_is_away(pauses, monkeypatch):
    monkeypatch.setattr(loop, "_database_answers", lambda: False)
    work = Work(*(OperationalError() for _ in range(3)))
    worker = Worker([Job("mail", MINUTE, work)], Stop())
    worker.run_once()
    assert (work.times, worker.failures) == (1, 1)


def test_error_of_a_database_that_answers_is_the_jobs_own(caplog):
    Worker([Job("mail", MINUTE, Work(OperationalError("lock timeout")))], Stop()).run_once()
    assert problems() == {"mail": "A fault of the site (OperationalError)."}
    assert errors(caplog) == ["The job mail failed"]


def test_database_is_asked_whether_it_answers(monkeypatch):
    assert loop._database_answers() is True
    monkeypatch.setattr(loop.connection, "cursor", Work(OperationalError()))
    assert loop._database_answers() is False


@pytest.mark.parametrize("opened", [None, object()])
def test_connection_that_broke_is_no_answer_though_the_database_may_be_back(monkeypatch, opened):
    broken = SimpleNamespace(connection=opened, is_usable=lambda: False)
    monkeypatch.setattr(loop, "connection", broken)
    assert loop._database_answers() is False


def test_stop_is_noticed_while_nothing_is_due():
    stop = Stop()
    stop.ask()
    stop.nap(60)
    assert stop.asked()


def test_stop_follows_when_the_parent_is_gone():
    stop = Stop()
    assert not stop.asked()
    stop.parent = os.getppid()
    assert not stop.asked()
    stop.parent = 1
    assert stop.asked()


@pytest.mark.parametrize(("more", "pause"), [(True, timedelta(0)), (False, None)])
def test_emails_are_sent_at_once_while_there_are_more(monkeypatch, more, pause):
    monkeypatch.setattr(jobs, "send_round", lambda should_stop: more)
    assert jobs.send_emails() == pause


def test_mail_server_that_is_away_is_trouble_and_no_fault(monkeypatch):
    def away(should_stop):
        raise ServerAway("It does not answer.")

    monkeypatch.setattr(jobs, "send_round", away)
    with pytest.raises(Trouble, match=r"^It does not answer\.$"):
        jobs.send_emails()


def test_jobs_have_names_of_their_own():
    names = [job.name for job in jobs.JOBS]
    assert len(set(names)) == len(names)
