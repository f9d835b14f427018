"""Whether the site can do its work, and what somebody should look at: for load balancers and whoever watches it."""

import shutil
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min

from sendguide.outbox.models import SILENT_AFTER, JobRun, QueuedEmail

# Below this an upload or a backup may find no room.
LEAST_FREE_BYTES = 500 * 1024 * 1024
OK, LOOK, NOT_READY = "ok", "look", "not ready"
Check = dict[str, Any]


def readiness(now: datetime) -> Check:
    """Four small queries, no personal detail.

    ``status`` is that of the worst check. "not ready": this process cannot serve. "look": it can, and a person should
    look at e-mails, the job worker or the disk; the site is not taken away for that.
    """
    checks = {"disk": _disk()}
    try:
        checks |= {"database": {"status": OK}, "migrations": _migrations(), "mail": _mail(now), "worker": _worker(now)}
    except DatabaseError:
        checks["database"] = {"status": NOT_READY}
    found = {check["status"] for check in checks.values()}
    return {"status": next(status for status in (NOT_READY, LOOK, OK) if status in found), "checks": checks}


def _disk() -> Check:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return {"status": OK if free >= LEAST_FREE_BYTES else LOOK, "free_megabytes": free // 1024 // 1024}


def _migrations() -> Check:
    """Those of the code that the database does not know yet; it may know more, of a version to come."""
    applied = set(MigrationRecorder(connection).migration_qs.values_list("app", "name"))
    pending = len(_known_migrations() - applied)
    return {"status": NOT_READY if pending else OK, "pending": pending}


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """They change with the code only; reading them takes a while."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _mail(now: datetime) -> Check:
    """``stuck`` could not be sent, are due for long or were tried in vain; ``oldest_seconds``: the longest due."""
    stuck = QueuedEmail.objects.stuck(now).count()
    oldest = QueuedEmail.objects.ready(now).aggregate(oldest=Min("next_attempt_at"))["oldest"]
    seconds = int((now - oldest).total_seconds()) if oldest else 0
    return {"status": LOOK if stuck else OK, "stuck": stuck, "oldest_seconds": seconds}


def _worker(now: datetime) -> Check:
    """``seconds`` is how long ago a job worker ended a job; null if none ever did."""
    last = JobRun.last_sign_of_life()
    is_silent = last is None or now - last > SILENT_AFTER
    return {"status": LOOK if is_silent else OK, "seconds": int((now - last).total_seconds()) if last else None}
