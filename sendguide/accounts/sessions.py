"""How long somebody stays logged in, and how it ends for all their devices."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

SEEN = "seen"
# How exactly the last visit is known: each time it is written down costs a query.
EVERY_SECONDS = 300


def begin(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """On log-in: from now on the end stands fixed, whatever is written into the session meanwhile."""
    now = timezone.now()
    request.session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    request.session[SEEN] = now.timestamp()


def is_in_use(session: SessionBase) -> bool:
    """Whether somebody was here lately; if so, that they were here now is noted. If not, nothing is left of it."""
    now = timezone.now().timestamp()
    unseen = now - session.get(SEEN, 0)
    if unseen > settings.SESSION_IDLE_SECONDS:
        session.flush()
        return False
    if unseen > EVERY_SECONDS:
        session[SEEN] = now
    return True


def end_sessions(person: AbstractBaseUser) -> int:
    """Log ``person`` out everywhere; the number of sessions that ended. Only staff have sessions: there are few."""
    running = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [each.pk for each in running if each.get_decoded().get(SESSION_KEY) == str(person.pk)]
    ended, _ = Session.objects.filter(pk__in=theirs).delete()
    return ended
