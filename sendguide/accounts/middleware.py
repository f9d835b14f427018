"""Who has given their password alone is nobody: to every view, and without that view having to think of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from sendguide.accounts.sessions import is_in_use


def let_in_whole_log_ins_only(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after django_otp's. ``request.user`` is somebody only when all steps of logging in are done.

    Nothing is read before a view asks: public pages know nothing of sessions.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        person = SimpleLazyObject(partial(_still_here, request, request.user))
        request.knows_password = person  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(partial(_whole, person))  # type: ignore[assignment]
        return get_response(request)

    return middleware


def who_knows_the_password(request: HttpRequest) -> Any:
    """Who logged in, perhaps without the second step; an ``AnonymousUser`` for nobody."""
    return request.knows_password  # type: ignore[attr-defined]


def _still_here(request: HttpRequest, person: Any) -> Any:
    return person if person.is_authenticated and is_in_use(request.session) else AnonymousUser()


def _whole(person: Any) -> Any:
    lacks_a_step = settings.STAFF_TWO_FACTOR and person.is_authenticated and not person.is_verified()
    return AnonymousUser() if lacks_a_step else person
