"""On which days and at what times of the week advisers take calls, as their hours stand now."""

from collections.abc import Collection
from datetime import date, time

from bookings.availability import Wanted, advisers_for
from bookings.models import ExtraHours, WeeklyHours
from bookings.wishes import within_hours


def weekdays_with_calls(wanted: Wanted, today: date) -> set[int]:
    """Monday is 0. Days on which somebody who can help has hours, this week or later."""
    return {weekday for weekday, _, _ in _hours(wanted, today)}


def is_ever_possible(wanted: Wanted, *, weekdays: Collection[int], parts: Collection[str], today: date) -> bool:
    """Whether who waits for these days and parts of the day can be offered a call as long as no hours are added."""
    return within_hours(_hours(wanted, today), weekdays=weekdays, parts=parts)


def _hours(wanted: Wanted, today: date) -> set[tuple[int, time, time]]:
    mine = {"adviser__in": advisers_for(wanted)}
    weekly = WeeklyHours.objects.filter(**mine).exclude(until_day__lt=today)
    extra = ExtraHours.objects.filter(**mine, day__gte=today)
    return {
        *weekly.values_list("weekday", "starts", "ends"),
        *((day.weekday(), starts, ends) for day, starts, ends in extra.values_list("day", "starts", "ends")),
    }
