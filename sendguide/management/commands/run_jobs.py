import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sendguide.jobs import JOBS, STOP
from sendguide.outbox.worker import Worker


class Command(BaseCommand):
    help = "Do the site's jobs, such as sending e-mail, until stopped. May run on several machines at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do every job once and end, for cron")
        parser.add_argument("--parent", type=int, metavar="PID", help="end when this process, its parent, is gone")

    def handle(self, *args: Any, once: bool, parent: int | None, **options: Any) -> None:
        STOP.parent = parent
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, STOP.ask)
        worker = Worker(JOBS, STOP)
        if not once:
            return worker.run()
        worker.run_once()
        if worker.failures:
            raise CommandError("Not every job was done; the log says which, and why.")
        return None
