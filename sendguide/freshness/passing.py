"""When pages change by themselves, because time passes. Each app says it for what it shows."""

from collections.abc import Callable
from datetime import datetime

# For a moment the next one, with a time zone, at which what the app shows can read differently; None for never.
NextChange = Callable[[datetime], datetime | None]
_apps: list[NextChange] = []


def register(next_change_of_app: NextChange) -> None:
    """To be called once, when the app is ready."""
    _apps.append(next_change_of_app)


def next_change(now: datetime) -> datetime:
    """The first moment from ``now`` on at which a public page can read differently though nobody changed anything."""
    return min(filter(None, (of_app(now) for of_app in _apps)))
