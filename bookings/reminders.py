"""When a family is reminded of its call. Pure rules: values in, answer out."""

from datetime import datetime, timedelta
from typing import NamedTuple


class Window(NamedTuple):
    """From ``opens`` to ``closes`` before the call: after downtime nobody is reminded too late to be of use."""

    opens: timedelta
    closes: timedelta


DAY_BEFORE = Window(timedelta(hours=24), timedelta(hours=2))
HOUR_BEFORE = Window(timedelta(hours=1), timedelta(minutes=5))


def is_due(window: Window, *, starts_at: datetime, since: datetime, now: datetime) -> bool:
    """Whether now is the time; not for a call that got its time (``since``) only when the window was open already."""
    opens = starts_at - window.opens
    return since < opens <= now < starts_at - window.closes
