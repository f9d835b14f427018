"""Signing up, and giving a place back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guides.models import Council
from workshops.actions.places import free_place, lock_date, promote, queue_about, take_place
from workshops.models import SignUp
from workshops.models.sign_ups import email_key


class Reason(StrEnum):
    """Why a sign-up is refused."""

    CANCELLED = "cancelled"
    PAST = "past"
    SIGN_UP_ENDED = "sign-up ended"
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

    The same ``submission_id`` again (a double click) gives the first sign-up. Raises Refused and
    WorkshopDate.DoesNotExist.
    """
    date = lock_date(date_id)
    if first := SignUp.objects.filter(date=date, submission_id=applicant.submission_id).first():
        return Outcome(first, is_theirs=first.email_key == email_key(applicant.email))
    if not date.is_public:
        raise Refused(Reason.NOT_PUBLIC)
    if closed := date.closed_because(now):
        raise Refused(Reason(closed))
    if not date.workshop.is_open_to(applicant.council):
        raise Refused(Reason.NOT_YOUR_AREA)
    if known := SignUp.objects.live().filter(date=date, email_key=email_key(applicant.email)).first():
        # Once a day: nobody's letter box is filled by somebody else.
        queue_about("workshops.already", known, once_per=timezone.localdate(now))
        return Outcome(known, is_theirs=False)
    # Nobody overtakes: whoever waits and could have a place gets it first.
    promote(date, now)
    is_placed = take_place(date)
    made = SignUp.objects.create(
        date=date,
        name=applicant.name,
        email=applicant.email,
        council=applicant.council,
        access_needs=applicant.access_needs,
        submission_id=applicant.submission_id,
        status=SignUp.Status.PLACED if is_placed else SignUp.Status.WAITING,
        created_at=now,
        placed_at=now if is_placed else None,
    )
    queue_about("workshops.placed" if is_placed else "workshops.waiting", made)
    return Outcome(made, is_theirs=True)


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
