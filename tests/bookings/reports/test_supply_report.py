"""What managers ask, in exact figures."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bookings.models import Adviser, Booking, TimeOff, WeeklyHours
from bookings.reports import Report, supply_report
from sendguide.privacy.purge import purge
from tests import factories

pytestmark = pytest.mark.django_db
# A Tuesday. The weeks begin on 7 September, this one on 30 November, and the last one on 21 December.
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(weeks=1)
LAST_MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def mondays_adviser(**fields) -> Adviser:
    """Has three calls each Monday: at 9am, 9:20am and 9:40am."""
    made = factories.adviser(weekdays=(), **fields)
    from_day = date(2026, 1, 1)
    WeeklyHours.objects.create(adviser=made, weekday=0, starts=time(9), ends=time(10), from_day=from_day)
    return made


def call(adviser: Adviser, start: datetime = LAST_MONDAY, **fields) -> Booking:
    return factories.booking(**{"adviser": adviser, "starts_at": start, "is_upcoming": start > NOW} | fields)


def cancelled(adviser: Adviser, start: datetime = LAST_MONDAY, **fields) -> Booking:
    return call(adviser, start, status="cancelled", is_upcoming=False, **fields)


def weeks(now: datetime = NOW) -> dict[str, tuple]:
    """Of those weeks in which there is something: offered, booked, reached, missed, unknown, cancelled."""
    figures = {
        line.name: (line.offered, line.booked, line.reached, line.missed, line.unknown, line.cancelled)
        for line in supply_report(now).weeks
    }
    return {name: each for name, each in figures.items() if any(each)}


def lines(report: Report, kind: str) -> list[tuple]:
    return [
        (each.name, each.offered, each.booked, each.reached, each.missed, each.unknown, each.cancelled, each.waiting)
        for each in getattr(report, kind)
    ]


def test_weeks_are_twelve_before_this_one_and_four_from_it_on():
    names = [line.name for line in supply_report(NOW).weeks]
    assert (len(names), names[0], names[12], names[-1]) == (
        16,
        "7 September 2026",
        "30 November 2026",
        "21 December 2026",
    )
    report = supply_report(NOW)
    assert (report.first_day, report.last_day) == (date(2026, 9, 7), date(2026, 11, 29))


def test_calls_count_in_their_week():
    adviser = mondays_adviser()
    call(adviser, outcome="helped")
    call(adviser, LAST_MONDAY + 20 * MINUTE, outcome="not reached")
    cancelled(adviser, LAST_MONDAY + 40 * MINUTE)
    call(adviser, LAST_MONDAY + WEEK)
    call(adviser, LAST_MONDAY + 2 * WEEK)
    found = weeks()
    assert len(found) == 16
    assert (found["23 November 2026"], found["30 November 2026"], found["7 December 2026"]) == (
        (3, 2, 1, 1, 0, 1),
        (3, 1, 0, 0, 1, 0),
        (3, 1, 0, 0, 0, 0),
    )
    assert {each for name, each in found.items() if not any(each[1:])} == {(3, 0, 0, 0, 0, 0)}


@pytest.mark.parametrize("outcome", ["helped", "other service", "follow-up", "not needed", "other"])
def test_every_outcome_but_one_means_that_they_were_reached(outcome: str):
    call(factories.adviser(weekdays=()), outcome=outcome)
    assert weeks() == {"23 November 2026": (1, 1, 1, 0, 0, 0)}


def test_what_is_outside_the_weeks_does_not_count():
    first, end = datetime(2026, 9, 6, 23, tzinfo=UTC), datetime(2026, 12, 28, tzinfo=UTC)
    for start in (first - 5 * MINUTE, first, end - 5 * MINUTE, end):
        call(factories.adviser(weekdays=()), start)
    # The first week begins at midnight in the UK, which is 11pm in UTC until the clocks change.
    assert weeks() == {"7 September 2026": (1, 1, 0, 0, 1, 0), "21 December 2026": (1, 1, 0, 0, 0, 0)}


def test_bank_holidays_and_time_off_are_not_offered():
    fridays = factories.adviser(weekdays=(), name="Fridays")
    hours = {"starts": time(9), "ends": time(9, 15), "from_day": date(2026, 11, 1), "until_day": date(2027, 1, 1)}
    WeeklyHours.objects.create(adviser=fridays, weekday=4, **hours)
    off = datetime(2026, 11, 20, tzinfo=UTC)
    TimeOff.objects.create(adviser=fridays, starts_at=off, ends_at=off + DAY)
    # Not 20 November, which is off, nor 25 December.
    assert {name: each[0] for name, each in weeks().items()} == dict.fromkeys(
        [
            *("2 November 2026", "9 November 2026", "23 November 2026"),
            *("30 November 2026", "7 December 2026", "14 December 2026"),
        ],
        1,
    )


def test_calls_outside_the_hours_were_offered_all_the_same():
    adviser = mondays_adviser()
    call(adviser, LAST_MONDAY + DAY)
    # In the way of those at 9am and at 9:20am.
    call(adviser, LAST_MONDAY + 10 * MINUTE + WEEK)
    assert (weeks()["23 November 2026"][:2], weeks()["30 November 2026"][:2]) == ((4, 1), (2, 1))


def test_who_takes_no_calls_any_more_offers_none_from_now_on():
    mondays_adviser(is_taking_calls=False)
    found = weeks()
    assert (len(found), found["30 November 2026"][0], "7 December 2026" in found) == (13, 3, False)


def test_time_that_is_held_for_somebody_is_offered():
    factories.offer(adviser=mondays_adviser(), starts_at=LAST_MONDAY + 2 * WEEK)
    assert weeks()["7 December 2026"][0] == 3


def test_topics_say_what_was_offered_booked_and_is_waited_for():
    autism, sleep = factories.topic(name="Autism", order=1), factories.topic(name="Sleep", order=2)
    every, only_autism = mondays_adviser(), mondays_adviser(topics=[autism])
    call(every, topic=autism, outcome="helped")
    call(only_autism, topic=autism, outcome="not reached")
    call(only_autism, LAST_MONDAY - WEEK)
    cancelled(every, topic=sleep)
    # This week is not over, and counts in none of them.
    call(every, LAST_MONDAY + WEEK, topic=sleep)
    factories.waiting_entry(topic=sleep)
    factories.waiting_entry(topic=sleep, status="left", ended_at=NOW)
    factories.waiting_entry()
    assert lines(supply_report(NOW), "topics") == [
        ("Autism", 72, 2, 1, 1, 0, 0, 0),
        ("Sleep", 36, 0, 0, 0, 0, 1, 1),
        ("No topic chosen", 72, 1, 0, 0, 1, 0, 1),
    ]


def test_councils_and_nations_are_those_of_the_families():
    hull = factories.council(name="Hull City Council")
    fife, cardiff = factories.council(name="Fife", nation="Scotland"), factories.council(name="Cardiff", nation="Wales")
    english, scottish = mondays_adviser(nations=["England", "Wales"]), mondays_adviser(nations=["Scotland"])
    call(english, council=hull, outcome="helped")
    call(english, LAST_MONDAY + 20 * MINUTE, council=hull)
    call(scottish, council=fife, outcome="not reached")
    factories.waiting_entry(council=cardiff)
    report = supply_report(NOW)
    assert lines(report, "councils") == [
        ("Cardiff", None, 0, 0, 0, 0, 0, 1),
        ("Fife", None, 1, 0, 1, 0, 0, 0),
        ("Hull City Council", None, 2, 1, 0, 1, 0, 0),
    ]
    assert lines(report, "nations") == [
        ("England", 36, 2, 1, 0, 1, 0, 0),
        ("Scotland", 36, 1, 0, 1, 0, 0, 0),
        ("Wales", 36, 0, 0, 0, 0, 0, 1),
        ("Northern Ireland", 0, 0, 0, 0, 0, 0, 0),
    ]


def test_families_who_did_not_say_where_they_live_stand_apart():
    call(factories.adviser(weekdays=()))
    report = supply_report(NOW)
    assert lines(report, "councils") == [("Council not known", None, 1, 0, 0, 1, 0, 0)]
    assert lines(report, "nations")[-1] == ("Nation not known", 1, 1, 0, 0, 1, 0, 0)


def test_first_free_call_is_that_of_whoever_can_help():
    sleep = factories.topic(name="Sleep", order=1)
    factories.topic(name="Autism", order=2)
    soon = factories.adviser(weekdays=(2,), topics=[sleep], nations=["Wales"])
    mondays_adviser(nations=["England"], topics=[sleep])
    factories.adviser(is_taking_calls=False)
    factories.booking(adviser=soon, starts_at=datetime(2026, 12, 2, 9, tzinfo=UTC))
    factories.waiting_entry(topic=sleep, council=factories.council(nation="Wales", name="Cardiff"))
    report = supply_report(NOW)
    wednesday, monday = datetime(2026, 12, 2, 9, 20, tzinfo=UTC), datetime(2026, 12, 7, 9, tzinfo=UTC)
    assert report.first_free == wednesday
    assert [(each.name, each.first_free) for each in report.topics] == [("Sleep", wednesday), ("Autism", None)]
    assert [each.first_free for each in report.nations] == [monday, None, wednesday, None]
    assert [(each.name, each.first_free) for each in report.councils] == [("Cardiff", wednesday)]


def test_waiting_says_how_many_and_how_long():
    for days in (0, 3, 10):
        factories.waiting_entry(created_at=NOW - days * DAY, queued_at=NOW)
    # Who has never said yes to the list, and may not exist.
    factories.waiting_entry(confirmed_at=None)
    factories.waiting_entry(confirmed_at=None, status="lapsed", ended_at=NOW - WEEK)
    for number, status in enumerate(["booked", "left", "lapsed", "too long"], 1):
        for _ in range(number):
            factories.waiting_entry(status=status, ended_at=NOW - WEEK)
        factories.waiting_entry(status=status, ended_at=datetime(2026, 9, 6, 22, tzinfo=UTC))
    waiting = supply_report(NOW).waiting
    assert (waiting.number, waiting.median_days, waiting.longest_days) == (3, 3, 10)
    assert waiting.ended == [
        ("booked a call", 1),
        ("left the list", 2),
        ("did not answer", 3),
        ("no time came free", 4),
    ]


def test_outcomes_of_past_weeks_are_counted():
    adviser = factories.adviser(weekdays=())
    for number, outcome in enumerate(["helped", "helped", "not reached", ""]):
        call(adviser, LAST_MONDAY + number * 20 * MINUTE, outcome=outcome)
    cancelled(adviser)
    assert supply_report(NOW).outcomes == [
        ("helped", 2),
        ("sent to another service", 0),
        ("follow-up needed", 0),
        ("not reached", 1),
        ("no longer needed", 0),
        ("other", 0),
        ("not written down yet", 1),
    ]


def test_site_without_calls_has_a_report_of_noughts():
    report = supply_report(NOW)
    assert (weeks(), report.topics, report.councils, report.first_free) == ({}, [], [], None)
    assert lines(report, "nations") == [
        (nation, 0, 0, 0, 0, 0, 0, 0) for nation in ("England", "Scotland", "Wales", "Northern Ireland")
    ]
    assert (report.waiting.number, report.waiting.median_days, report.waiting.longest_days) == (0, None, None)


def test_purge_of_personal_details_changes_no_figure(settings):
    settings.CALL_KEPT_DAYS = 1
    adviser, topic, council = mondays_adviser(), factories.topic(), factories.council()
    call(adviser, topic=topic, council=council, outcome="helped")
    factories.waiting_entry(topic=topic, council=council, status="left", ended_at=NOW - WEEK)
    before = supply_report(NOW)
    purge(now=NOW)
    assert (Booking.objects.get().name, supply_report(NOW)) == ("", before)


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow(django_assert_num_queries, number: int):
    for _ in range(number):
        adviser = mondays_adviser(topics=[factories.topic()])
        TimeOff.objects.create(adviser=adviser, starts_at=NOW, ends_at=NOW + DAY)
        call(adviser, topic=factories.topic(), council=factories.council(), outcome="helped")
        factories.waiting_entry(topic=factories.topic(), council=factories.council())
    with django_assert_num_queries(14):
        supply_report(NOW)
