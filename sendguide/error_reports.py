"""Errors to a service of one's own that speaks Sentry's protocol. Sent are the class of an error, where it came about
and the name of the page: no address, no form, no cookie, no visitor, no value of a variable and no message.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

# What of an event is sent on; everything else is left out, also what a later version of the library may add.
KEPT = frozenset(
    {
        "event_id",
        "timestamp",
        "platform",
        "level",
        "logger",
        "release",
        "environment",
        "transaction",
        "exception",
        "sdk",
    }
)
KEPT_OF_ERROR = frozenset({"type", "module", "mechanism", "stacktrace"})
KEPT_OF_PLACE = frozenset({"filename", "abs_path", "function", "module", "lineno", "in_app"})


def report_errors(dsn: str, *, release: str, **options: Any) -> None:
    """To be called once, when the process starts. ``options`` are the library's own, for tests."""
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        max_request_body_size="never",
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        traces_sample_rate=0,
        send_client_reports=False,
        auto_session_tracking=False,
        server_name="",
        default_integrations=False,
        integrations=[DjangoIntegration(transaction_style="function_name"), LoggingIntegration(level=None)],
        before_send=without_values,
        **options,
    )


def without_values(event: Any, hint: Any = None) -> Any:
    """``event`` with nothing but what is listed above."""
    kept = {name: value for name, value in event.items() if name in KEPT}
    errors = event.get("exception", {}).get("values") or []
    if not errors:
        # A line of the log, whose words may name somebody.
        return None
    kept["exception"] = {"values": [_error(error) for error in errors]}
    return kept


def _error(error: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in error.items() if name in KEPT_OF_ERROR}
    places = (error.get("stacktrace") or {}).get("frames") or []
    kept["stacktrace"] = {"frames": [{name: place[name] for name in KEPT_OF_PLACE & place.keys()} for place in places]}
    if "mechanism" in kept:
        kept["mechanism"] = {name: kept["mechanism"].get(name) for name in ("type", "handled")}
    return kept
