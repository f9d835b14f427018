from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.availability import NO_NOTICE, Wanted, advisers_for, free_times, is_free
from bookings.models import Adviser, ExtraHours, TimeOff, WeeklyHours
from tests import factories
from tests.factories import CALL_TIME

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def one_day(later: timedelta = timedelta(0), ends: time = time(10, 40)) -> Adviser:
    """An adviser with hours on one day only, that of CALL_TIME or later: two calls, at 10am and 10:20am."""
    adviser = factories.adviser(weekdays=())
    ExtraHours.objects.create(adviser=adviser, day=CALL_TIME.date() + later, starts=time(10), ends=ends)
    return adviser


def test_times_come_with_the_advisers_who_are_free():
    first, second = one_day(), one_day()
    factories.booking(adviser=first, starts_at=CALL_TIME)
    assert free_times(Wanted(), NOW).advisers_at == {
        CALL_TIME: [second.pk],
        CALL_TIME + 20 * MINUTE: [first.pk, second.pk],
    }


def test_free_times_know_the_first_the_days_and_how_many():
    one_day(), one_day(), one_day(2 * DAY)
    free = free_times(Wanted(), NOW)
    today, later = CALL_TIME.date(), CALL_TIME.date() + 2 * DAY
    assert (bool(free), free.first) == (True, CALL_TIME)
    assert free.by_day() == {
        today: [CALL_TIME, CALL_TIME + 20 * MINUTE],
        later: [CALL_TIME + 2 * DAY, CALL_TIME + 2 * DAY + 20 * MINUTE],
    }
    assert [free.number_until(day) for day in (today - DAY, today, today + DAY, later)] == [0, 4, 4, 6]


def test_nothing_is_free_without_advisers():
    free = free_times(Wanted(), NOW)
    assert (bool(free), free.first, free.by_day(), free.number_until(date.max - DAY)) == (False, None, {}, 0)


def test_hours_before_their_first_and_after_their_last_day_do_not_count():
    adviser = factories.adviser(weekdays=())
    hours = {"adviser": adviser, "weekday": 2, "starts": time(10), "ends": time(10, 15)}
    WeeklyHours.objects.create(**hours, from_day=date(2026, 12, 9), until_day=date(2026, 12, 16))
    WeeklyHours.objects.create(**hours | {"weekday": 3}, from_day=date(2026, 1, 1), until_day=date(2026, 11, 30))
    assert list(free_times(Wanted(), NOW).advisers_at) == [CALL_TIME + 7 * DAY, CALL_TIME + 14 * DAY]


def test_bank_holidays_are_those_of_the_nation_the_adviser_works_in():
    # St Andrew's Day.
    monday = datetime(2026, 11, 30, 10, tzinfo=UTC)
    scottish, english = (factories.adviser(nation=nation) for nation in ("Scotland", "England"))
    now = monday - 5 * DAY
    assert (is_free(scottish, monday, now), is_free(english, monday, now)) == (False, True)


def test_time_off_and_what_is_held_are_not_free():
    adviser = factories.adviser()
    TimeOff.objects.create(adviser=adviser, starts_at=CALL_TIME, ends_at=CALL_TIME + MINUTE)
    factories.booking(adviser=adviser, starts_at=CALL_TIME + HOUR)
    factories.offer(adviser=adviser, starts_at=CALL_TIME + 2 * HOUR)
    starts = [CALL_TIME + number * HOUR for number in range(4)]
    assert [is_free(adviser, start, NOW) for start in starts] == [False, False, False, True]


def test_staff_need_no_notice():
    adviser = factories.adviser()
    soon = NOW + 20 * MINUTE
    assert (is_free(adviser, soon, NOW), is_free(adviser, soon, NOW, notice=NO_NOTICE)) == (False, True)


def test_settings_decide_on_gap_notice_and_horizon(settings):
    one_day(ends=time(11))
    settings.CALL_GAP_MINUTES, settings.CALL_NOTICE_HOURS, settings.CALL_HORIZON_DAYS = 15, 8, 1
    # Eight office hours after 9am are 5pm; then the next day is open.
    assert list(free_times(Wanted(), NOW).advisers_at) == [CALL_TIME, CALL_TIME + 30 * MINUTE]
    settings.CALL_HORIZON_DAYS = 0
    assert not free_times(Wanted(), NOW)


def test_who_can_help_goes_by_topic_nation_and_whether_they_take_calls():
    autism, adhd = factories.topic(), factories.topic()
    all_round = factories.adviser(name="A")
    specialist = factories.adviser(name="B", topics=[autism, adhd])
    factories.adviser(name="C", nations=["Scotland"], topics=[factories.topic()])
    factories.adviser(name="D", is_taking_calls=False)
    assert advisers_for(Wanted(autism, factories.council())) == [all_round, specialist]
    assert advisers_for(Wanted(council=factories.council(nation="Wales"))) == [all_round, specialist]
    assert len(advisers_for(Wanted())) == 3


@pytest.mark.parametrize("wanted", [False, True])
def test_queries_are_the_same_however_many_advisers_there_are(wanted: bool):
    topic = factories.topic()
    what = Wanted(topic, factories.council()) if wanted else Wanted()
    for _ in range(2):
        factories.booking(adviser=factories.adviser(topics=[topic]))
        with CaptureQueriesContext(connection) as queries:
            assert free_times(what, NOW)
        assert len(queries) == 5
