"""The job worker: runs each job when it is due, one after the other, until it is asked to stop."""

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType

from django.db import Error as DatabaseFault
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from sendguide.lib.tracebacks import without_message
from sendguide.outbox.models import JobRun
from sendguide.troubles.counting import note

logger = logging.getLogger(__name__)

# How long it takes at most until a stop is noticed while there is nothing to do.
NAP = 0.2
# A job that failed, and a database that went away, are left alone for a while.
AFTER_FAILURE = timedelta(seconds=30)
LONGEST_BACK_OFF = 30.0
# Frequent jobs do not write each of their runs into the database.
HEARTBEAT = timedelta(seconds=30)


class Trouble(Exception):
    """A job cannot do its work for now, through no fault of the site. The message is a sentence for staff."""


@dataclass(frozen=True, slots=True)
class Job:
    """``work`` is done ``every`` so often, or sooner or later if it says after how long: timedelta(0) is at once.

    Several machines may run the same job at the same time, and one job keeps the others waiting: what takes longer than
    half a minute works in portions.
    """

    name: str
    every: timedelta
    work: Callable[[], timedelta | None]


class Stop:
    """Whether the worker is to end: it was told to, or the process that it belongs to is gone."""

    def __init__(self) -> None:
        self.parent: int | None = None
        self._asked = False

    def ask(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Also a handler for signals."""
        self._asked = True

    def asked(self) -> bool:
        return self._asked or self.parent not in {None, os.getppid()}

    def nap(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.asked() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, NAP))


@dataclass(slots=True)
class _Turn:
    """A job, when it is due (seconds of the monotonic clock), and what was last written about it."""

    job: Job
    due: float = 0.0
    written_at: datetime | None = None
    problem: str = ""


@dataclass
class Worker:
    jobs: Sequence[Job]
    stop: Stop
    failures: int = field(default=0, init=False)
    _back_off: float = field(default=0.0, init=False)

    def run(self) -> None:
        """Until it is asked to stop."""
        turns = [_Turn(job) for job in self.jobs]
        while not self.stop.asked():
            turn = min(turns, key=lambda turn: turn.due)
            self.stop.nap(turn.due - time.monotonic())
            if not self.stop.asked():
                pause = self._run(turn)
                turn.due = time.monotonic() + pause.total_seconds()
        close_old_connections()

    def run_once(self) -> None:
        """Every job, until it has nothing more to do; for cron. ``failures`` counts those that failed."""
        for turn in map(_Turn, self.jobs):
            while not self.stop.asked() and self._run(turn) == timedelta(0) and not self._back_off:
                pass

    def _run(self, turn: _Turn) -> timedelta:
        """How long to wait before the next time."""
        close_old_connections()
        try:
            pause = self._work(turn)
        except DatabaseFault as error:
            pause = self._wait_for_database(error)
        else:
            if self._back_off:
                logger.warning("The database is back.")
                self._back_off = 0.0
        return pause

    def _work(self, turn: _Turn) -> timedelta:
        started, problem, pause, is_fault = timezone.now(), "", None, False
        is_written = turn.written_at is None or started - turn.written_at >= HEARTBEAT
        if is_written:
            _write(turn.job.name, {"started_at": started})
        try:
            pause = turn.job.work()
        except Trouble as trouble:
            problem = str(trouble)
            if problem != turn.problem:
                logger.warning("The job %s has to wait. %s", turn.job.name, problem)
        except Exception as error:
            if isinstance(error, OperationalError | InterfaceError) and not _database_answers():
                raise
            is_fault = True
            problem = f"A fault of the site ({type(error).__name__})."
            logger.exception("The job %s failed", turn.job.name, exc_info=without_message(error))
        if is_written or problem != turn.problem:
            _write(turn.job.name, {"started_at": started, "finished_at": timezone.now(), "problem": problem})
            turn.written_at = started
        turn.problem = problem
        note(f"job: {turn.job.name}", failed=is_fault)
        if problem:
            self.failures += 1
            return max(turn.job.every, AFTER_FAILURE)
        return turn.job.every if pause is None else pause

    def _wait_for_database(self, error: Exception) -> timedelta:
        """Said once; all jobs wait, longer each time."""
        if not self._back_off:
            logger.error("The database cannot be used (%s). The job worker waits for it.", type(error).__name__)
        self.failures += 1
        self._back_off = min(max(1.0, self._back_off * 2), LONGEST_BACK_OFF)
        self.stop.nap(self._back_off)
        return timedelta(0)


def _write(name: str, values: dict[str, datetime | str]) -> None:
    run = JobRun(name=name, **values)
    JobRun.objects.bulk_create([run], update_conflicts=True, unique_fields=["name"], update_fields=list(values))


def _database_answers() -> bool:
    """And did so all the time: a connection that broke is no fault of the job, even if a new one can be made by now."""
    if connection.connection is None or not connection.is_usable():
        return False
    close_old_connections()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseFault:
        return False
    return True
