"""The programme as visitors see it."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from tests import factories
from tests.workshops.views.conftest import NOW, START
from tests.workshops.views.posting import text_of
from workshops.models import Workshop

pytestmark = pytest.mark.usefixtures("pages")
PROGRAMME = "/workshops/"


def titles(page) -> list[str]:
    return re.findall(r'session-title"><a [^>]*>(.*?)</a>', page.content.decode())


def events_of(page) -> list[dict]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode())
    return [data for data in map(json.loads, blocks) if data["@type"] == "Event"]


def test_programme_stands_under_months(client, workshop):
    factories.workshop_date(workshop=workshop, starts_at=START)
    factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=30))
    page = text_of(client.get(PROGRAMME))
    assert (
        page.index("December 2026")
        < page.index("Thursday 10 December 2026, 7pm to 8:30pm")
        < page.index("January 2027")
    )
    assert "For all areas outside Hull · 10 places left" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"capacity": 1}, "1 place left"),
        ({"capacity": 0}, "Full : you can join the waiting list"),
        ({"closes_at": NOW}, "Sign-up has ended"),
        ({"status": "cancelled"}, "Cancelled"),
        ({"is_example": True}, "Example date: Thursday 10 December 2026"),
    ],
)
def test_line_says_how_it_stands(client, workshop, fields, words):
    factories.workshop_date(workshop=workshop, starts_at=START, **fields)
    assert words in text_of(client.get(PROGRAMME))


def test_drafts_are_not_shown(client, workshop):
    factories.workshop_date(workshop=workshop, status="draft", starts_at=START)
    factories.workshop_date(workshop=factories.workshop(published=False), starts_at=START)
    page = client.get(PROGRAMME)
    assert titles(page) == []
    assert "There is no date to show at the moment." in text_of(page)
    assert "No date yet Sleep Support" in text_of(page)


def test_topic_narrows_the_programme_by_a_plain_link(client, workshop):
    other = factories.workshop(title="Masking", topic=factories.topic(slug="autism", name="Autism"))
    for each in (workshop, other):
        factories.workshop_date(workshop=each, starts_at=START)
    page = client.get(PROGRAMME)
    assert sorted(titles(page)) == ["Masking", "Sleep Support"]
    assert 'href="/workshops/?topic=autism"' in page.content.decode()
    assert titles(client.get(f"{PROGRAMME}?topic=autism")) == ["Masking"]
    assert len(titles(client.get(f"{PROGRAMME}?topic=nothing"))) == 2


def test_area_narrows_the_programme_and_says_what_it_leaves_out(client, workshop, hull):
    for each in (workshop, factories.workshop(title="Masking")):
        factories.workshop_date(workshop=each, starts_at=START)
    page = client.get(f"{PROGRAMME}?area=hull")
    assert titles(page) == ["Masking"]
    assert "Showing what is open to people in Hull ." in text_of(page)
    assert "Not open to Hull Sleep Support : For all areas outside Hull" in text_of(page)
    assert f'href="{hull.get_absolute_url()}"' in page.content.decode()
    assert len(titles(client.get(f"{PROGRAMME}?area=leeds"))) == 2


def test_past_workshops_are_apart(client, workshop):
    factories.workshop_date(workshop=workshop, starts_at=NOW - timedelta(days=9))
    assert titles(client.get(PROGRAMME)) == []
    page = client.get(reverse("past_workshops"))
    assert titles(page) == ["Sleep Support"]
    assert "November 2026" in text_of(page)


def test_programme_for_an_area_names_the_neighbours_of_a_new_home(client, workshop, hull, leeds):
    page = client.get(f"{PROGRAMME}?topic={workshop.topic.slug}&area=leeds&near=hull")
    assert "Some postcodes near yours are in Hull . If your home is new, Leeds is our best guess." in text_of(page)
    assert f'href="{PROGRAMME}?topic={workshop.topic.slug}&amp;area=hull">Hull</a>' in page.content.decode()
    assert re.findall('rel="canonical" href="https?://[^/]+([^"]*)"', page.content.decode()) == [PROGRAMME]
    assert "near yours" not in text_of(client.get(f"{PROGRAMME}?near=hull"))


def test_what_is_not_open_to_an_area_is_named_for_the_topic_that_was_chosen(client, hull):
    sleep, autism = factories.topic(slug="sleep"), factories.topic(slug="autism")
    for title, topic in (("Nights", sleep), ("Senses", autism)):
        workshop = factories.workshop(title=title, topic=topic, reach="except", councils=[hull])
        factories.workshop_date(workshop=workshop, starts_at=START)
    said = text_of(client.get(f"{PROGRAMME}?topic=sleep&area=hull"))
    assert "No workshop on this topic is open to Hull at the moment." in said
    assert "Not open to Hull Nights" in said
    assert "Senses" not in said
    assert "No workshop is open to Hull at the moment." in text_of(client.get(f"{PROGRAMME}?area=hull"))


def test_long_programme_has_pages_that_keep_the_choice(client, workshop):
    for number in range(41):
        factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=number))
    page = client.get(f"{PROGRAMME}?area=leeds")
    assert len(titles(page)) == 40
    assert 'href="?area=leeds&amp;page=2"' in page.content.decode()
    assert len(titles(client.get(f"{PROGRAMME}?area=leeds&page=2"))) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 3])
def test_programme_costs_four_queries_and_an_area_one_more(client, django_assert_num_queries, number, hull):
    for day in range(number):
        workshop = factories.workshop(reach="except", councils=[factories.council()])
        factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=day))
    factories.workshop(title="Has no date yet")
    # At NOW something changes by itself; what is made a second later is true for a while.
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        client.get(PROGRAMME)  # from now on the next free call and the choice of councils are known
        with django_assert_num_queries(4):
            assert len(titles(client.get(PROGRAMME))) == number
        with django_assert_num_queries(5):
            assert len(titles(client.get(f"{PROGRAMME}?area=hull"))) == number


def test_workshop_says_what_when_and_for_whom(client, workshop):
    factories.workshop_date(workshop=workshop, starts_at=START, leader="Sam")
    Workshop.objects.get().save()
    page = client.get(workshop.get_absolute_url())
    text = text_of(page)
    assert "Thursday 10 December 2026 7pm to 8:30pm (UK time), led by Sam 10 places left Sign up for Thursday" in text
    assert "For all areas outside Hull. It is not open to people who live in: Hull City Council" in text
    assert "secret-room" not in page.content.decode()
    assert (page["Cache-Control"], page.cookies) == ("public, no-cache", {})


def test_workshop_tells_who_lives_outside(client, workshop):
    factories.workshop_date(workshop=workshop, starts_at=START)
    page = client.get(f"{workshop.get_absolute_url()}?area=hull")
    assert "Not open to Hull This workshop is for all areas outside Hull." in text_of(page)
    assert "Sign up for" not in text_of(page)


def test_own_words_of_staff_are_shown_instead(client, workshop):
    Workshop.objects.update(own_words="For everyone but Hull")
    factories.workshop_date(workshop=workshop, starts_at=START)
    assert "For everyone but Hull · 10 places left" in text_of(client.get(PROGRAMME))


def test_workshop_that_is_not_published_is_not_found(client, workshop):
    Workshop.objects.update(published=False)
    for name in ("workshop", "one_workshop_calendar"):
        assert client.get(reverse(name, args=["sleep"])).status_code == 404


def test_search_engines_get_each_real_date_as_an_event(client, workshop):
    real = factories.workshop_date(workshop=workshop, starts_at=START, taken=10)
    factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=1), status="cancelled")
    factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=2), is_example=True)
    events = events_of(client.get(workshop.get_absolute_url()))
    assert [event["eventStatus"] for event in events] == [
        "https://schema.org/EventScheduled",
        "https://schema.org/EventCancelled",
    ]
    assert (events[0]["name"], events[0]["startDate"]) == ("Sleep Support", "2026-12-10T19:00:00+00:00")
    assert events[0]["offers"]["availability"] == "https://schema.org/SoldOut"
    assert events[0]["offers"]["url"].endswith(real.get_absolute_url())


def test_calendar_feeds_have_the_upcoming_dates(client, workshop):
    dates = [factories.workshop_date(workshop=workshop, starts_at=START)]
    dates.append(factories.workshop_date(workshop=factories.workshop(title="Masking"), starts_at=START, sequence=2))
    factories.workshop_date(workshop=workshop, status="draft", starts_at=START + timedelta(days=1))
    factories.workshop_date(workshop=workshop, starts_at=NOW - timedelta(days=1))
    now_on = factories.workshop_date(workshop=workshop, starts_at=NOW - timedelta(minutes=30))
    answer = client.get(reverse("workshop_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    found = [(event["uid"], event["summary"], event["sequence"]) for event in calendar.walk("VEVENT")]
    assert found == [
        (f"workshop-date-{now_on.pk}@127.0.0.1", "Sleep Support", 0),
        (f"workshop-date-{dates[0].pk}@127.0.0.1", "Sleep Support", 0),
        (f"workshop-date-{dates[1].pk}@127.0.0.1", "Masking", 2),
    ]
    assert b"secret-room" not in answer.content
    one = Calendar.from_ical(client.get(reverse("one_workshop_calendar", args=["sleep"])).content)
    assert [event["summary"] for event in one.walk("VEVENT")] == ["Sleep Support"] * 2


def test_unchanged_feed_is_not_sent_twice(client, workshop):
    date = factories.workshop_date(workshop=workshop, starts_at=START)
    first = client.get(reverse("workshop_calendar"))
    again = {"If-None-Match": first["ETag"]}
    assert client.get(reverse("workshop_calendar"), headers=again).status_code == 304
    with time_machine.travel(NOW + timedelta(minutes=1)):
        date.leader = "Sam"
        date.save()
    changed = client.get(reverse("workshop_calendar"), headers=again)
    assert changed.status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=2)):
        date.workshop.title = "Sleep"
        date.workshop.save()
    again = {"If-None-Match": changed["ETag"]}
    assert b"SUMMARY:Sleep\r" in client.get(reverse("workshop_calendar"), headers=again).content


def test_feed_that_has_not_changed_costs_one_query(client, workshop, django_assert_num_queries):
    factories.workshop_date(workshop=workshop, starts_at=START)
    again = {"If-None-Match": client.get(reverse("workshop_calendar"))["ETag"]}
    with django_assert_num_queries(1):
        client.get(reverse("workshop_calendar"), headers=again)
