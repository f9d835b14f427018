"""The one place that writes the dates and times the public sees (British words, UK time)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def long_date(day: date) -> str:
    """24 November 2026"""
    return f"{day.day} {day:%B %Y}"


def full_date(day: date) -> str:
    """Tuesday 24 November 2026"""
    return f"{day:%A} {long_date(day)}"


def month(day: date) -> str:
    """November 2026"""
    return f"{day:%B %Y}"


def clock_time(moment: datetime) -> str:
    """10:30am, 7pm, midday, midnight: always UK time. ``moment`` must carry a time zone."""
    local = moment.astimezone(LONDON)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def date_and_time(moment: datetime) -> str:
    """24 November 2026, 10:30am: always UK time. ``moment`` must carry a time zone."""
    return f"{long_date(moment.astimezone(LONDON))}, {clock_time(moment)}"


def months_after(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or the last day of that month: 31 August + 6 = 28 February."""
    years, index = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, index + 1, 1)
    following = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))
