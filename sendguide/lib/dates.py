"""The one place that writes the dates and times the public sees (British words, UK time)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def long_date(day: date) -> str:
    """24 November 2026"""
    return f"{day.day} {day:%B %Y}"


def full_date(day: date) -> str:
    """Tuesday 24 November 2026"""
    return f"{day:%A} {long_date(day)}"


def day_and_month(day: date) -> str:
    """Tuesday 24 November: where the year is plain, for days of the coming weeks."""
    return f"{day:%A} {day.day} {day:%B}"


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
    return f"{long_date(uk_day(moment))}, {clock_time(moment)}"


def uk_day(moment: datetime) -> date:
    """The day in the UK on which ``moment`` falls. It must carry a time zone."""
    return moment.astimezone(LONDON).date()


def midnight(day: date) -> datetime:
    """When ``day`` begins in the UK."""
    return datetime.combine(day, time(0), LONDON)


def monday_of(moment: datetime) -> date:
    """The first day of the week in which ``moment`` falls in the UK. It must carry a time zone."""
    day = uk_day(moment)
    return day - timedelta(days=day.weekday())


def full_date_and_time(moment: datetime) -> str:
    """Tuesday 24 November 2026, 10:30am: always UK time. ``moment`` must carry a time zone."""
    return f"{full_date(uk_day(moment))}, {clock_time(moment)}"


def time_range(starts: datetime, ends: datetime) -> str:
    """10:30am to midday: always UK time. Both must carry a time zone."""
    return f"{clock_time(starts)} to {clock_time(ends)}"


def comes_once(moment: datetime) -> bool:
    """Whether clocks in the UK show this time of its day once: on two nights a year an hour is missing or comes twice.

    ``moment`` must carry LONDON.
    """
    return moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset()


def months_after(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or the last day of that month: 31 August + 6 = 28 February."""
    years, index = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, index + 1, 1)
    following = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def same_clock_time_later(moment: datetime, by: timedelta) -> datetime:
    """``by`` later by the clock on a British wall: 9am stays 9am also where the clocks change in between."""
    local = moment.astimezone(LONDON)
    return (local.replace(tzinfo=None) + by).replace(tzinfo=LONDON).astimezone(UTC)
