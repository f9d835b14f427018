"""Each request has a number, which stands in the answer and in every line of the log that belongs to it."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sendguide.logs import NUMBER_IN_META, REQUEST_ID, route_of
from sendguide.metrics import count_request
from sendguide.troubles.counting import note

HEADER = "X-Request-ID"
# What proxies make: letters, digits and dashes. Anything else could write into the log.
NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")
STATIC = "static"
logger = logging.getLogger(__name__)


def log_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the outermost. Written are method, name of the page, status and time: no address and no visitor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = request.META[NUMBER_IN_META] = request_id(request)
        token = REQUEST_ID.set(number)
        begun = time.perf_counter()
        try:
            response = get_response(request)
            response[HEADER] = number
            method, route, status = request.method or "", _route(request), response.status_code
            seconds = time.perf_counter() - begun
            # "readyz" says so on purpose: before it is this process's turn, for one.
            note(route, failed=status >= HTTPStatus.INTERNAL_SERVER_ERROR and route != "readyz")
            count_request(route=route, method=method, status=status, seconds=seconds)
            facts = {"method": method, "route": route, "status": status, "milliseconds": round(seconds * 1000, 1)}
            logger.info("request", extra=facts)
            return response
        finally:
            REQUEST_ID.reset(token)

    return middleware


def request_id(request: HttpRequest) -> str:
    """The one that our proxy gave it, so that its log and ours can be read together; else a new one."""
    told = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
    return told if NUMBER.fullmatch(told) else uuid.uuid4().hex


def _route(request: HttpRequest) -> str:
    """Static files never come as far as the site map."""
    return STATIC if request.path.startswith(settings.STATIC_URL) else route_of(request)
