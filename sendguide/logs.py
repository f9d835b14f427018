"""What no log may hold: addresses that open a draft, somebody's place or call, and what people search for.

In production each event is one line of JSON: ``time``, ``level``, ``logger``, ``message``, ``request`` (the number of
the request, if it belongs to one), what the event itself tells, and of an error its class and where it came about. The
messages of errors are left out: they quote values, and values name people.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from sendguide.lib.tracebacks import MessageLeftOut

# All that follows: a token has no end that can be relied on when somebody made it up.
SECRET = re.compile(
    r"(/guides/preview/|/workshops/place/|/support-call/(?:call|waiting-list|offer|diary)/|\?).+", re.DOTALL
)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Of the request that this thread answers; empty outside of requests.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
NUMBER_IN_META = "sendguide.request_id"
MOST_CAUSES = 10
# What an event may tell beside its message.
FACTS = ("method", "route", "status", "milliseconds")


def masked(text: str) -> str:
    """``text`` without secrets, on one line: a line break in an address would let anybody write log lines."""
    return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", SECRET.sub(r"\1…", text))


class Masked(logging.Filter):
    """Masks each text that a message is made of, so that what stands behind an address is kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(masked(each) if isinstance(each, str) else each for each in record.args)
        return True


def route_of(request: Any) -> str:
    """The name of the page, never its address; "-" if there is none."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match and match.view_name else "-"


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        request = getattr(record, "request", None)
        # What Django writes about an answer it writes when the outermost middleware has ended.
        if number := REQUEST_ID.get() or (request.META.get(NUMBER_IN_META, "") if request else ""):
            event["request"] = number
        if request:
            event["route"] = route_of(request)
        event |= {name: value for name in FACTS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[1]:
            event |= {"error": _classes(record.exc_info[1]), "traceback": _places(record.exc_info[2])}
        return json.dumps(event, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    """Django names the address that was asked for: the name of the page says as much, and tells nothing more."""
    if not isinstance(record.args, tuple) or not record.args:
        return masked(record.getMessage())
    request = getattr(record, "request", None)
    paths = set() if request is None else {request.path, masked(request.path)}
    return CONTROL.sub(" ", str(record.msg) % tuple(_told(each, paths, request) for each in record.args))


def _told(value: Any, paths: set[str], request: Any) -> Any:
    if isinstance(value, BaseException):
        return type(value).__name__
    if not isinstance(value, str):
        return value
    return route_of(request) if value in paths else masked(value)


def _classes(error: BaseException) -> list[str]:
    """Of the error and of what caused it."""
    found: list[str] = []
    each: BaseException | None = error
    while each is not None and len(found) < MOST_CAUSES:
        is_stand_in = isinstance(each, MessageLeftOut)
        found.append(str(each) if is_stand_in else f"{type(each).__module__}.{type(each).__qualname__}")
        each = each.__cause__ or each.__context__
    return found


def _places(where: TracebackType | None) -> list[str]:
    """File, line and function of each call, innermost last, as they stand in the code."""
    return [f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(where)]
