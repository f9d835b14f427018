"""One of several workers that send what is due at the same moment: python -m tests.outbox.racer [--without-guard]

Writes "ready", waits for a line, and sends until nothing is left. Without the guard an e-mail is taken by an UPDATE
that does not look whether somebody else has taken it.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "sendguide.settings"
django.setup()

from sendguide.outbox import sending  # noqa: E402 - needs Django
from sendguide.outbox.models import QueuedEmail  # noqa: E402


def take_whatever_others_do(number, now, **changes):
    return QueuedEmail.objects.filter(pk=number).update(**changes) == 1


def main() -> None:
    if "--without-guard" in sys.argv:
        sending._take = take_whatever_others_do
    QueuedEmail.objects.exists()
    print("ready", flush=True)
    sys.stdin.readline()
    while sending.send_round():
        pass


if __name__ == "__main__":
    main()
