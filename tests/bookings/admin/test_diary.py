"""The diary, today's calls on the start page, and who sees which."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.html import strip_tags

from bookings.models import TimeOff
from tests import factories
from tests.bookings.admin.acting import words_of
from tests.factories import CALL_TIME

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
DIARY = "/admin/bookings/diary/"
THE_DAY = f"{DIARY}?day=2026-12-02"
HOUR = timedelta(hours=1)


def shown(response):
    return [call.name for each in response.context["days"] for call in each.calls]


def test_call_has_everything_to_know_before_dialling(amiras, amira):
    council = factories.council(name="Hull City Council", nation="England")
    topic = factories.topic(name="Sleep")
    factories.booking(
        adviser=amira,
        name="Ann",
        phone="+447700900123",
        phone_prefix="18002",
        word="sunshine",
        may_say_who=True,
        access_needs=["relay", "language"],
        access_details="Polish",
        about="Nights.\nSchool.",
        topic=topic,
        council=council,
        tries=2,
    )
    page = amiras.get(THE_DAY)
    assert "10am Ann Say first: sunshine Phone 18002 07700 900123" in words_of(page)
    for sentence in (
        "If someone else answers You may say who is calling.",
        "Message Leave none.",
        "Needs Relay UK, A language other than English: Polish",
        "Topic Sleep, Hull City Council (England)",
        "About Nights. School.",
        "So far Tried 2 of 3 times.",
    ):
        assert sentence in words_of(page)
    assert 'href="tel:1800207700900123"' in page.content.decode()


def test_call_without_permissions_says_so(amiras, amira):
    factories.booking(adviser=amira, phone="+442079460000", word="", may_leave_message=True, outcome="helped")
    page = amiras.get(THE_DAY)
    for sentence in (
        "No word to say first.",
        "Do not say who is calling.",
        "You may leave one.",
        "Topic Not said",
        "Outcome: helped.",
    ):
        assert sentence in words_of(page)
    assert 'href="tel:+442079460000"' in page.content.decode()


def test_today_is_shown_first(amiras, amira):
    factories.booking(adviser=amira, name="Today", starts_at=datetime(2026, 12, 1, 10, tzinfo=UTC))
    factories.booking(adviser=amira, name="Tomorrow")
    page = amiras.get(DIARY)
    assert (page.context["title"], shown(page)) == ("Diary: Tuesday 1 December 2026", ["Today"])


def test_week_goes_from_monday_to_sunday(amiras, amira):
    for name, day in (("before", 29), ("monday", 30)):
        factories.booking(adviser=amira, name=name, starts_at=datetime(2026, 11, day, 10, tzinfo=UTC))
    for name, day in (("sunday", 6), ("after", 7)):
        factories.booking(adviser=amira, name=name, starts_at=datetime(2026, 12, day, 10, tzinfo=UTC))
    page = amiras.get(f"{THE_DAY}&view=week")
    assert (page.context["title"], shown(page)) == ("Diary: 30 November 2026 to 6 December 2026", ["monday", "sunday"])
    assert page.context["before"] == f"{DIARY}?day=2026-11-25&view=week"
    assert page.context["after"] == f"{DIARY}?day=2026-12-09&view=week"
    assert page.context["as_day"] == THE_DAY


def test_cancelled_calls_are_not_in_it(amiras, amira):
    factories.booking(adviser=amira, status="cancelled", is_upcoming=False)
    assert shown(amiras.get(THE_DAY)) == []


def test_time_off_and_gaps_are_shown(amiras, amira):
    factories.booking(adviser=amira, starts_at=CALL_TIME + HOUR)
    TimeOff.objects.create(adviser=amira, starts_at=CALL_TIME + 3 * HOUR, ends_at=CALL_TIME + 30 * HOUR)
    TimeOff.objects.create(adviser=amira, starts_at=CALL_TIME - HOUR, ends_at=CALL_TIME)
    days = amiras.get(f"{THE_DAY}&view=week").context["days"]
    assert [[words for _, words in each.away] for each in days] == [
        [],
        [],
        ["9am to 10am", "from 1pm"],
        ["until 4pm"],
        [],
        [],
        [],
    ]
    assert [words for _, words in days[2].free] == ["10am to 10:55am, 11:20am to 12:55pm"]
    assert [words for _, words in days[3].free] == ["4pm to 4:55pm"]
    assert (days[0].free, days[5].free) == ([], [])


def test_whole_day_off_is_said(amiras, amira):
    TimeOff.objects.create(adviser=amira, starts_at=CALL_TIME - 24 * HOUR, ends_at=CALL_TIME + 24 * HOUR)
    assert "Off: all day" in words_of(amiras.get(THE_DAY))


def test_calls_to_come_in_time_off_are_marked(manager):
    whole, begins, ends, beside = [
        factories.booking(name=name, starts_at=CALL_TIME) for name in ("Ann", "Bea", "Cy", "Dee")
    ]
    for call, (minutes, length) in {whole: (-60, 120), begins: (10, 60), ends: (-60, 65), beside: (15, 60)}.items():
        starts_at = CALL_TIME + minutes * HOUR / 60
        TimeOff.objects.create(adviser=call.adviser, starts_at=starts_at, ends_at=starts_at + length * HOUR / 60)
    # Of somebody else.
    TimeOff.objects.create(adviser=factories.adviser(), starts_at=CALL_TIME, ends_at=CALL_TIME + HOUR)
    page = manager.get(THE_DAY)
    assert page.context["days"][0].outside_hours == {whole.pk, begins.pk, ends.pk}
    words = words_of(page)
    assert [f"10am {name} outside hours" in words for name in ("Ann", "Bea", "Cy", "Dee")] == [True, True, True, False]


def test_calls_to_come_outside_changed_hours_are_marked(manager):
    adviser = factories.adviser()
    times = [CALL_TIME - 25 * HOUR, CALL_TIME - 23 * HOUR, CALL_TIME, CALL_TIME + HOUR]
    _past, tuesday, outside, _beside = [factories.booking(adviser=adviser, starts_at=start) for start in times]
    adviser.weekly_hours.filter(weekday=1).delete()
    adviser.weekly_hours.filter(weekday=2).update(starts="10:05")
    days = manager.get(f"{THE_DAY}&view=week").context["days"]
    assert {each.outside_hours for each in days} == {frozenset({tuesday.pk, outside.pk})}


def test_who_takes_no_calls_has_no_free_times(manager):
    factories.adviser(is_taking_calls=False)
    factories.adviser(name="Ben")
    free = manager.get(THE_DAY).context["days"][0].free
    assert [(adviser.name, words) for adviser, words in free] == [("Ben", "9am to 4:55pm")]


def test_times_that_are_held_are_shown_as_such(amiras, amira):
    factories.offer(adviser=amira)
    factories.offer(adviser=amira, starts_at=CALL_TIME + 2 * HOUR, status="declined")
    factories.offer()
    page = amiras.get(f"{THE_DAY}&view=week")
    assert [[words for _, words in each.held] for each in page.context["days"]] == [
        *([], [], ["10am to 10:15am"], [], [], [], []),
    ]
    assert "Held for a family who waits: 10am to 10:15am Free: 9am" in words_of(page)
    assert [words for _, words in page.context["days"][2].free] == ["9am to 9:55am, 10:20am to 4:55pm"]


def test_manager_reads_whose_time_is_held(manager):
    adviser = factories.offer().adviser
    factories.adviser()
    assert f"Held for a family who waits: 10am to 10:15am ({adviser.name})" in words_of(manager.get(THE_DAY))


def test_adviser_sees_own_calls_only(amiras, amira):
    factories.booking(adviser=amira, name="Mine")
    other = factories.booking(name="Theirs").adviser
    assert shown(amiras.get(THE_DAY)) == ["Mine"]
    page = amiras.get(f"{THE_DAY}&adviser={other.pk}")
    assert (page.status_code, shown(page), other.name in words_of(page)) == (400, ["Mine"], False)


def test_manager_sees_all_or_one(manager):
    one, other = factories.booking(name="Ann"), factories.booking(name="Bob")
    page = manager.get(THE_DAY)
    assert shown(page) == ["Ann", "Bob"]
    assert f"10am Ann {one.adviser.name} Say first" in words_of(page)
    page = manager.get(f"{THE_DAY}&adviser={other.adviser.pk}")
    assert shown(page) == ["Bob"]
    assert page.context["after"] == f"{DIARY}?day=2026-12-03&adviser={other.adviser.pk}"


def test_who_is_neither_adviser_nor_manager_sees_none(client):
    factories.booking()
    client.force_login(factories.staff("view_booking", "change_booking"))
    page = client.get(THE_DAY)
    assert (page.status_code, shown(page)) == (200, [])
    assert "Your account does not belong to an adviser" in words_of(page)
    assert client.get("/admin/").context["calls_today"] == []


@pytest.mark.parametrize("permissions", [(), ("see_all_calls",), ("change_booking",), ("change_adviser",)])
def test_without_the_right_to_see_calls_there_is_no_diary(client, permissions):
    client.force_login(factories.staff(*permissions))
    assert client.get(DIARY).status_code == 403
    assert "calls_today" not in client.get("/admin/").context


def test_visitors_are_sent_to_the_login_page(client):
    assert client.get(DIARY)["Location"] == f"/admin/login/?next={DIARY}"


@pytest.mark.parametrize(
    "query",
    ["day=tomorrow", "day=0001-01-01", "day=9999-12-31", "day=2026-02-30", "view=year", "adviser=x", "adviser=0"],
)
def test_address_that_makes_no_sense_leads_to_a_page_that_does(amiras, query):
    page = amiras.get(f"{DIARY}?{query}")
    assert (page.status_code, page.context["days"][0].day) == (400, date(2026, 12, 1))
    assert "We could not find that page of the diary. Here is the nearest one." in words_of(page)


def test_details_that_were_deleted_leave_no_hole(amiras, amira):
    factories.booking(adviser=amira, name="", phone="", email="", word="", starts_at=CALL_TIME - 24 * 9 * HOUR)
    assert "10am Details deleted No word to say first. If someone" in words_of(amiras.get(f"{DIARY}?day=2026-11-23"))


def test_diary_is_kept_by_no_browser(amiras):
    assert "no-store" in amiras.get(DIARY)["Cache-Control"]


@pytest.mark.parametrize("number", [1, 3])
def test_diary_asks_the_same_number_of_questions_however_full_it_is(manager, number, django_assert_num_queries):
    for _ in range(number):
        call = factories.booking(topic=factories.topic(), council=factories.council())
        TimeOff.objects.create(adviser=call.adviser, starts_at=CALL_TIME + HOUR, ends_at=CALL_TIME + 2 * HOUR)
        factories.offer(adviser=call.adviser, starts_at=CALL_TIME + 3 * HOUR)
    with django_assert_num_queries(12):
        manager.get(f"{THE_DAY}&view=week")


def test_diary_shows_some_advisers_at_a_time_where_there_are_many(manager, monkeypatch):
    monkeypatch.setattr("bookings.admin.diary.ADVISERS_A_PAGE_OF_A_WEEK", 2)
    advisers = [factories.adviser(name=name) for name in ("Amira", "Ben", "Cara")]
    for each in advisers:
        factories.booking(adviser=each, name=f"Family of {each}")
    week = f"{THE_DAY}&view=week"
    first, second = manager.get(week), manager.get(f"{week}&page=2")
    assert (shown(first), shown(second)) == (["Family of Amira", "Family of Ben"], ["Family of Cara"])
    assert "Advisers 1 to 2 of 3, by name: Amira to Ben Next advisers" in words_of(first)
    assert "Advisers before these Advisers 3 to 3 of 3, by name: Cara to Cara" in words_of(second)
    assert "(Cara)" in words_of(second)
    # The week after is one of the same advisers, a day has room for all.
    assert second.context["after"] == f"{DIARY}?day=2026-12-09&view=week&page=2"
    assert shown(manager.get(f"{THE_DAY}&page=2")) == ["Family of Amira", "Family of Ben", "Family of Cara"]


def test_start_page_says_when_more_calls_are_today_than_it_lists(manager, monkeypatch):
    monkeypatch.setattr("sendguide.admin.MOST_CALLS", 1)
    starts = [datetime(2026, 12, 1, hour, tzinfo=UTC) for hour in (10, 11)]
    first = factories.booking(starts_at=starts[0])
    assert "There are more." not in manager.get("/admin/").content.decode()
    factories.booking(starts_at=starts[1])
    page = manager.get("/admin/")
    assert page.context["calls_today"] == [first]
    assert "There are more. The diary has them all." in page.content.decode()


def test_start_page_lists_todays_calls_without_details(amiras, amira):
    first = factories.booking(
        adviser=amira,
        name="Secret Sue",
        starts_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
        topic=factories.topic(name="Sleep"),
    )
    factories.booking(name="Theirs", starts_at=datetime(2026, 12, 1, 11, tzinfo=UTC))
    factories.booking(adviser=amira)
    page = amiras.get("/admin/")
    assert list(page.context["calls_today"]) == [first]
    assert "10am, Amira Sleep." in " ".join(strip_tags(page.content.decode()).split())
    for secret in ("Secret Sue", first.phone, first.email, "sunshine"):
        assert secret not in page.content.decode()
    assert "My hours and time off" in page.content.decode()


def test_start_page_says_when_nobody_is_to_be_called(manager):
    page = " ".join(strip_tags(manager.get("/admin/").content.decode()).split())
    assert "Calls today None. Open the diary" in page
    assert "My hours" not in page


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({"access_needs": ["bsl"]}, True),
        ({"access_details": "Speak slowly, please"}, True),
        ({"access_needs": ["relay"]}, False),  # is there at once
        ({}, False),
        ({"access_needs": ["bsl"], "status": "cancelled", "is_upcoming": False}, False),
    ],
)
def test_start_page_says_for_which_calls_something_is_to_be_arranged(manager, fields, is_shown):
    call = factories.booking(**fields)
    page = manager.get("/admin/")
    assert page.context["to_arrange"] == ([call] if is_shown else [])
    assert ("To arrange before the call" in page.content.decode()) is is_shown
    assert "Speak slowly" not in page.content.decode()
