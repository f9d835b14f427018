"""Several workers, each a process, that send what is due at the same moment.

    python -m tests.outbox.racer 4 [--without-guard]

Without the guard an e-mail is taken by an UPDATE that does not look whether somebody else has taken it.
"""

import multiprocessing
import os
import sys
from multiprocessing.synchronize import Barrier

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "sendguide.settings"
django.setup()

from sendguide.outbox import sending  # noqa: E402 - needs Django
from sendguide.outbox.models import QueuedEmail  # noqa: E402


def take_whatever_others_do(number, now, **changes):
    return QueuedEmail.objects.filter(pk=number).update(**changes) == 1


def send_everything(start: Barrier) -> None:
    """With a database connection of its own, open before the start."""
    QueuedEmail.objects.exists()
    start.wait()
    while sending.send_round():
        pass


def main(number: str, *options: str) -> int:
    if "--without-guard" in options:
        sending._take = take_whatever_others_do
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(int(number))
    workers = [fork.Process(target=send_everything, args=(start,)) for _ in range(int(number))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return max(abs(worker.exitcode or 0) for worker in workers)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
