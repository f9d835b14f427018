"""How many e-mails one worker sends in a second: real SMTP, to a server on this computer that keeps nothing."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from django.db import transaction
from django.test import override_settings

from sendguide.outbox.actions import Letter, queue_all
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.sending import send_round
from tests.bench.printing import figure, heading

EMAILS = 500
BACKLOG = 20_000
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def measure() -> None:
    heading("E-mail")
    with _server() as port, override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        _queue("few", EMAILS)
        figure("One worker sends", f"{_rate():.0f} a second", "≥ 50")
        _queue("many", BACKLOG)
        figure(f"The same, the first of {BACKLOG:,} that are due", f"{_rate(rounds=10):.0f} a second", "≥ 50")


def _queue(name: str, number: int) -> None:
    with transaction.atomic():
        queue_all(
            Letter(kind="outbox.trial", key=f"bench:{name}:{each}", to=f"parent-{each}@family.example", about=0)
            for each in range(number)
        )


def _rate(rounds: int = EMAILS) -> float:
    before, start = QueuedEmail.objects.filter(status="sent").count(), time.perf_counter()
    for _ in range(rounds):
        if not send_round():
            break
    seconds = time.perf_counter() - start
    return (QueuedEmail.objects.filter(status="sent").count() - before) / seconds


@contextlib.contextmanager
def _server() -> Iterator[int]:
    """Its port. A process of its own, so that it takes no time from the worker's."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)
