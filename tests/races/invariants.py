"""What must be true of every date whatever happened, in whichever order."""

from collections import Counter

from sendguide.outbox.models import QueuedEmail
from workshops.models import SignUp, WorkshopDate


def broken() -> list[str]:
    """One sentence for each rule that does not hold."""
    found = []
    for date in WorkshopDate.objects.order_by("pk"):
        placed, waiting = date.sign_ups.placed().count(), date.sign_ups.waiting().count()
        if date.taken != placed:
            found.append(f"{date.taken} places are counted, {placed} people have one")
        if placed > date.capacity:
            found.append(f"{placed} people have one of {date.capacity} places")
        if waiting and placed < date.capacity and not date.is_cancelled:
            found.append(f"{waiting} wait while {date.capacity - placed} places are free")
    doubled = Counter(SignUp.objects.live().values_list("date", "email_key"))
    found += [f"{email} signed up {count} times" for (_, email), count in doubled.items() if count > 1]
    return found + _emails()


def _emails() -> list[str]:
    """Each sign-up was told once what became of it."""
    found = []
    told = Counter(QueuedEmail.objects.values_list("kind", "about"))
    found += [f"{kind} about {about} is queued {count} times" for (kind, about), count in told.items() if count > 1]
    for sign_up in SignUp.objects.all():
        kinds = {kind.removeprefix("workshops.") for kind, about in told if about == sign_up.pk}
        wanted = {SignUp.Status.PLACED: {"placed", "promoted"}, SignUp.Status.WAITING: {"waiting"}}
        if sign_up.status in wanted and not kinds & wanted[sign_up.status]:
            found.append(f"sign-up {sign_up.pk} ({sign_up.status}) was told only {sorted(kinds)}")
    return found
