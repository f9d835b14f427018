"""What a browser sends with a form of ours, for tests of any form that people can send."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sendguide.guard.forms import SIGNER

AWHILE = timedelta(minutes=1)


def by_a_person(*, opened: datetime | None = None, **typed: Any) -> dict[str, Any]:
    """``typed`` with the fields that are not shown, as if the page was opened a minute ago, or when ``opened`` says.

    ``submission_id=`` is one of them: the same one twice is a form that was sent twice.
    """
    moment = opened or timezone.now() - AWHILE
    guards = {"submission_id": str(uuid4()), "opened": SIGNER.sign_object(moment.timestamp()), "other_reason": ""}
    return guards | typed


def by_a_program(**typed: Any) -> dict[str, Any]:
    """``typed`` with every other box filled in, too."""
    return by_a_person(other_reason="Buy now", **typed)
