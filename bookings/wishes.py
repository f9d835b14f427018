"""What suits somebody who waits for a call, and how long a time is held for them. Pure rules: values in, answer out."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bookings.slots import LENGTH
from sendguide.lib.dates import LONDON


class Part(NamedTuple):
    """A part of the day, by the clock on a British wall: from ``starts`` until before ``ends``."""

    words: str
    starts: time
    ends: time


PARTS = {
    "morning": Part("mornings", time(0), time(12)),
    "afternoon": Part("afternoons", time(12), time(17)),
    "evening": Part("evenings, from 5pm", time(17), time.max),
}

# When nobody need look at their e-mail.
NIGHT_BEGINS, NIGHT_ENDS = time(21), time(10)
DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def in_words(*, weekdays: Collection[int], parts: Collection[str]) -> str:
    """Mondays or Fridays: mornings or evenings, from 5pm · Any day, at any time"""
    days = [words for weekday, words in enumerate(DAYS) if weekday in weekdays]
    times = [part.words for name, part in PARTS.items() if name in parts]
    has_all_days, has_all_times = len(days) in {0, len(DAYS)}, len(times) in {0, len(PARTS)}
    if has_all_times:
        return f"{'Any day' if has_all_days else _either(days)}, at any time"
    return f"{'Any day' if has_all_days else _either(days)}: {_either(times)}"


def _either(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def suits(start: datetime, *, weekdays: Collection[int], parts: Collection[str]) -> bool:
    """Whether a call at ``start`` (an instant) is on one of ``weekdays`` (Monday is 0) and in one of ``parts``.

    None of them means that all suit.
    """
    local = start.astimezone(LONDON)
    in_part = any(PARTS[part].starts <= local.time() < PARTS[part].ends for part in parts)
    return (not weekdays or local.weekday() in weekdays) and (not parts or in_part)


def within_hours(hours: Iterable[tuple[int, time, time]], *, weekdays: Collection[int], parts: Collection[str]) -> bool:
    """Whether a call within any of ``hours`` (day of the week, from, until) can begin on one of ``weekdays`` and in one
    of ``parts``.
    """
    return any(
        (not weekdays or weekday in weekdays)
        and (not parts or any(_can_begin(PARTS[part], starts, ends) for part in parts))
        for weekday, starts, ends in hours
    )


def _can_begin(part: Part, starts: time, ends: time) -> bool:
    first_end = datetime.combine(date.min, part.starts) + LENGTH
    return first_end.time() <= ends and starts < part.ends


def held_until(now: datetime, start: datetime, *, hours: int) -> datetime:
    """Until when the time ``start`` is held for a family that is told of it ``now``: for so many ``hours``.

    If these end at night, until the morning after it, and never past ``start``.
    """
    end = (now + timedelta(hours=hours)).astimezone(LONDON)
    if end.time() > NIGHT_BEGINS:
        end += timedelta(days=1)
    if end.time() > NIGHT_BEGINS or end.time() < NIGHT_ENDS:
        end = datetime.combine(end.date(), NIGHT_ENDS, LONDON)
    return min(end.astimezone(now.tzinfo), start)
