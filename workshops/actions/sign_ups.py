"""Signing up, and giving a place back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guides.models import Council
from sendguide.lib.email_addresses import email_key
from sendguide.outbox.actions import readdress
from sendguide.outbox.registry import kinds
from workshops.actions.places import end_list, free_place, lock_date, promote, queue_about, take_place
from workshops.models import SignUp, WorkshopDate


class Reason(StrEnum):
    """Why a sign-up is refused."""

    CANCELLED = "cancelled"
    PAST = "past"
    SIGN_UP_ENDED = "sign-up ended"
    FULL = "full"
    NOT_PUBLIC = "not public"
    NOT_YOUR_AREA = "not your area"


class Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """``is_theirs``: the sign-up was made by this very form, so that it may be shown to whoever sent it.

    Otherwise the address had signed up before. Whoever sent the form need not be its owner: an e-mail tells them.
    """

    sign_up: SignUp
    is_theirs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who wants a place. ``submission_id`` tells a form that is sent twice from two forms."""

    name: str
    email: str
    council: Council
    access_needs: str = ""
    submission_id: UUID


@transaction.atomic
def sign_up(*, date_id: int, applicant: Applicant, now: datetime) -> Outcome:
    """Give a place or, when all are taken, the last place of the waiting list, and queue the e-mail that says which.

    The same ``submission_id`` again (a double click) gives the first sign-up; with another address it corrects that
    one. Raises Refused and WorkshopDate.DoesNotExist.
    """
    date = lock_date(date_id)
    first = SignUp.objects.filter(date=date, submission_id=applicant.submission_id).first()
    is_same_address = first is not None and first.email_key == email_key(applicant.email)
    if first and is_same_address and not (first.is_live and _mended(first, applicant)):
        return Outcome(first, is_theirs=True)
    _refuse(date, applicant.council, now)
    if first and is_same_address:
        first.save(update_fields=["name", "council", "access_needs"])
        return Outcome(first, is_theirs=True)
    if not date.waiting_list_moves(now):
        # Whoever waits can have no place any more by waiting, but still by asking for it.
        end_list(date, now)
    if known := SignUp.objects.live().filter(date=date, email_key=email_key(applicant.email)).first():
        # Once a day: nobody's letter box is filled by somebody else.
        queue_about("workshops.already", known, once_per=timezone.localdate(now))
        return Outcome(known, is_theirs=False)
    if first and first.is_live:
        return Outcome(_corrected(first, applicant), is_theirs=True)
    # Nobody overtakes: whoever waits and could have a place gets it first.
    promote(date, now)
    made = _made(date, applicant, now, submission_id=uuid4() if first else applicant.submission_id)
    return Outcome(made, is_theirs=True)


def _refuse(date: WorkshopDate, council: Council, now: datetime) -> None:
    if not date.is_public:
        raise Refused(Reason.NOT_PUBLIC)
    if closed := date.closed_because(now):
        raise Refused(Reason(closed))
    if not date.workshop.is_open_to(council):
        raise Refused(Reason.NOT_YOUR_AREA)


def _made(date: WorkshopDate, applicant: Applicant, now: datetime, *, submission_id: UUID) -> SignUp:
    is_placed = take_place(date)
    made = SignUp.objects.create(
        date=date,
        name=applicant.name,
        email=applicant.email,
        council=applicant.council,
        access_needs=applicant.access_needs,
        submission_id=submission_id,
        status=SignUp.Status.PLACED if is_placed else SignUp.Status.WAITING,
        created_at=now,
        placed_at=now if is_placed else None,
    )
    queue_about(_confirmation(made), made)
    return made


def _mended(first: SignUp, applicant: Applicant) -> bool:
    """Take over what somebody went back to mend, beside the address; not saved. False if there was nothing."""
    names = ("name", "council", "access_needs")
    changed = [name for name in names if getattr(first, name) != getattr(applicant, name)]
    for name in changed:
        setattr(first, name, getattr(applicant, name))
    return bool(changed)


def _corrected(first: SignUp, applicant: Applicant) -> SignUp:
    """Somebody went back and mended a mistyped address. Whoever has the wrong one loses the link."""
    wrong, first.email = first.email, applicant.email
    first.name, first.council, first.access_needs = applicant.name, applicant.council, applicant.access_needs
    first.link_version += 1
    first.save()
    # All e-mails of workshops are about a sign-up.
    ours = [each for each in kinds() if each.startswith("workshops.")]
    if not readdress(kinds=ours, about=first.pk, wrong=wrong, right=first.email):
        queue_about(_confirmation(first), first, once_per=first.link_version)
    return first


def _confirmation(sign_up: SignUp) -> str:
    return "workshops.placed" if sign_up.is_placed else "workshops.waiting"


@transaction.atomic
def renew_link(*, sign_up: SignUp, now: datetime) -> bool:
    """Make a new link to ``sign_up``, and e-mail it; the old one stops. False if it is not live any more.

    Also once the date has begun: the e-mail would not be sent, and the old link would have stopped.
    """
    if lock_date(sign_up.date_id).starts_at <= now:
        return False
    mine = SignUp.objects.live().filter(pk=sign_up.pk)
    if not mine.update(link_version=F("link_version") + 1):
        return False
    sign_up.refresh_from_db()
    queue_about(_confirmation(sign_up), sign_up, once_per=sign_up.link_version)
    return True


@transaction.atomic
def give_back(*, sign_up: SignUp, now: datetime) -> bool:
    """Give the place back, or leave the waiting list. False if there is nothing to give back any more.

    A place that is given back goes to the first who waits, in this transaction.
    """
    date = lock_date(sign_up.date_id)
    if date.is_cancelled or date.starts_at <= now:
        return False
    mine = SignUp.objects.filter(pk=sign_up.pk)
    if mine.placed().update(status=SignUp.Status.GIVEN_BACK, ended_at=now):
        free_place(date)
        queue_about("workshops.given_back", sign_up)
        promote(date, now)
        return True
    return bool(mine.filter(status=SignUp.Status.WAITING).update(status=SignUp.Status.LEFT, ended_at=now))
