"""Who cannot be answered just now is asked to try again: many people are at one thing, or the database is away."""

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

from sendguide.metrics import DATABASE_ERRORS

# PostgreSQL: a lock did not come in time (lock_timeout); two waited for each other. SQLite says it in words.
CODES = frozenset({"55P03", "40P01"})
WORDS = "database is locked"
RETRY_SECONDS = 5
# A database server that is started again, or another that takes its place.
AWAY_SECONDS = 30

logger = logging.getLogger(__name__)


class AskToTryAgain:
    """Middleware. A transaction is done or undone as a whole, so that pressing once more is safe."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DatabaseError | InterfaceError):
            DATABASE_ERRORS.inc()
        return _answer_to(exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """What Django calls for an error that nobody has answered; it may come from a middleware, which keeps sessions.

    Needs neither database nor request: whatever broke may be broken still.
    """
    error = sys.exception()
    answer = _answer_to(error) if error else None
    if answer:
        DATABASE_ERRORS.inc()
        return answer
    return HttpResponseServerError(render_to_string("500.html"))


def _answer_to(error: BaseException) -> HttpResponse | None:
    if is_busy(error):
        return _later("503.html", RETRY_SECONDS)
    if is_away(error):
        logger.error("The database cannot be used (%s).", type(error).__name__)
        # Nobody knows whether what was asked for was done: the page of a fault says no more than is true.
        return _later("500.html", AWAY_SECONDS)
    return None


def _later(template: str, seconds: int) -> HttpResponse:
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string(template), status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)


def is_busy(error: BaseException | None) -> bool:
    """Whether it, or what caused it, is a lock that somebody else held for too long."""
    while error is not None:
        if getattr(error, "pgcode", None) in CODES or (isinstance(error, OperationalError) and str(error) == WORDS):
            return True
        error = error.__cause__
    return False


def is_away(error: BaseException) -> bool:
    """Whether there is no connection to the database, or one that has broken: no fault of what was being done."""
    is_about_it = isinstance(error, OperationalError | InterfaceError)
    return is_about_it and (connection.connection is None or not connection.is_usable())
