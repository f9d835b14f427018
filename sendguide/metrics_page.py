"""/metrics: for a program that has the token, and for nobody else."""

import hmac
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from bookings.availability import Wanted, free_times
from sendguide.metrics import of_all_processes
from sendguide.outbox.models import JobRun, QueuedEmail


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Whoever does not know the token cannot tell that there is such a page."""
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(told.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    text = generate_latest(of_all_processes()) + generate_latest(_states(timezone.now()))
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _states(now: datetime) -> CollectorRegistry:
    """What is read from the database at this moment, and is the same whichever process is asked."""
    registry = CollectorRegistry()
    for name, description, value in _values(now):
        Gauge(f"sendguide_{name}", description, registry=registry).set(value)
    return registry


def _values(now: datetime) -> Iterator[tuple[str, str, float]]:
    ready = QueuedEmail.objects.ready(now).order_by("next_attempt_at")
    oldest = ready.values_list("next_attempt_at", flat=True).first()
    last = JobRun.last_sign_of_life()
    yield "mail_due", "E-mails that are due and not sent", ready.count()
    yield (
        "mail_oldest_seconds",
        "For how long the oldest of them is due",
        (now - oldest).total_seconds() if oldest else 0,
    )
    yield "mail_stuck", "E-mails that somebody should look at", QueuedEmail.objects.stuck(now).count()
    # Never a sign of life is longer ago than any.
    yield (
        "worker_seconds",
        "Since a job worker last ended a job",
        (now - last).total_seconds() if last else float("inf"),
    )
    yield "free_calls", "Times at which a call can be booked", len(free_times(Wanted(), now).at_all)
