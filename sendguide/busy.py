"""Many people at one thing at the same moment: who would wait for too long is asked to press once more."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from sendguide.metrics import DATABASE_ERRORS

# PostgreSQL: a lock did not come in time (lock_timeout); two waited for each other. SQLite says it in words.
CODES = frozenset({"55P03", "40P01"})
WORDS = "database is locked"
RETRY_SECONDS = 5


class AskToTryAgain:
    """Middleware. The transaction was undone as a whole, so that pressing once more is safe."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DatabaseError):
            DATABASE_ERRORS.inc()
        if not is_busy(exception):
            return None
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return HttpResponse(render_to_string("503.html"), status=status, headers=headers)


def is_busy(error: BaseException | None) -> bool:
    """Whether it, or what caused it, is a lock that somebody else held for too long."""
    while error is not None:
        if getattr(error, "pgcode", None) in CODES or (isinstance(error, OperationalError) and str(error) == WORDS):
            return True
        error = error.__cause__
    return False
