"""What the job worker does, and how often. Each job may run on several machines at once."""

from datetime import timedelta

from sendguide.outbox.sending import ServerAway, send_round
from sendguide.outbox.worker import Job, Stop, Trouble

STOP = Stop()


def send_emails() -> timedelta | None:
    """At once again while there is more; a stop is noticed after each e-mail."""
    try:
        more = send_round(should_stop=STOP.asked)
    except ServerAway as away:
        raise Trouble(str(away)) from away
    return timedelta(0) if more else None


JOBS = [
    Job("e-mail", timedelta(seconds=2), send_emails),
]
