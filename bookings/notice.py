"""How soon a call can be: notice is counted in office time. Pure rules: values in, answer out."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from sendguide.lib.dates import LONDON, uk_day

OPENS, CLOSES = time(9), time(17)
WORKING_DAYS = range(5)  # Monday to Friday


def first_bookable(now: datetime, notice: timedelta, holidays: Collection[date]) -> datetime:
    """The moment (UTC) when ``notice`` of office time has passed since ``now``, which must carry a time zone.

    Office time is Monday to Friday, 9am to 5pm in the UK, not on ``holidays``. Without notice it is ``now``.
    """
    now = now.astimezone(UTC)
    if notice <= timedelta():
        return now
    left, day = notice, uk_day(now)
    while True:
        if day.weekday() in WORKING_DAYS and day not in holidays:
            opens, closes = _office_hours(day)
            begins = max(opens, now)
            if begins + left <= closes:
                return begins + left
            left -= max(closes - begins, timedelta())
        day += timedelta(days=1)


@lru_cache(maxsize=500)
def _office_hours(day: date) -> tuple[datetime, datetime]:
    # Worked out for each day alone: 9am stays 9am when the clocks change.
    opens, closes = (datetime.combine(day, clock, LONDON).astimezone(UTC) for clock in (OPENS, CLOSES))
    return opens, closes
