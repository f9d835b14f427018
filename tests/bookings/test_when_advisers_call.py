from datetime import date, time

import pytest

from bookings.availability import Wanted
from bookings.models import ExtraHours
from bookings.when_advisers_call import is_ever_possible, weekdays_with_calls
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)  # a Tuesday
SATURDAY, SUNDAY = 5, 6


def test_days_with_calls_are_those_on_which_somebody_who_can_help_has_hours():
    sleep, scotland = factories.topic(), factories.council(nation="Scotland")
    factories.adviser(weekdays=[0, 1], nations=["England"], topics=[factories.topic()])
    factories.adviser(weekdays=[2], nations=["Scotland"])
    factories.adviser(weekdays=[3]).weekly_hours.update(until_day=date(2026, 11, 30))
    factories.adviser(weekdays=[4]).weekly_hours.update(until_day=TODAY)
    away = factories.adviser(weekdays=[SUNDAY], is_taking_calls=False)
    for day in (date(2026, 11, 29), date(2026, 12, 5)):
        ExtraHours.objects.create(adviser=factories.adviser(weekdays=()), day=day, starts="10:00", ends="11:00")
        ExtraHours.objects.create(adviser=away, day=day, starts="10:00", ends="11:00")
    assert weekdays_with_calls(Wanted(), TODAY) == {0, 1, 2, 4, SATURDAY}
    assert weekdays_with_calls(Wanted(sleep, scotland), TODAY) == {2, 4, SATURDAY}


def test_wish_is_possible_if_somebody_has_hours_then():
    factories.adviser(weekdays=[0]).weekly_hours.update(starts=time(9), ends=time(17))
    wishes = {"any": ((), ()), "Monday": ([0, SUNDAY], ["morning"]), "evening": ([0], ["evening"]), "Sunday": ([6], ())}
    possible = {
        name: is_ever_possible(Wanted(), weekdays=weekdays, parts=parts, today=TODAY)
        for name, (weekdays, parts) in wishes.items()
    }
    assert possible == {"any": True, "Monday": True, "evening": False, "Sunday": False}


def test_nothing_is_possible_where_nobody_has_hours():
    assert not is_ever_possible(Wanted(), weekdays=(), parts=(), today=TODAY)
