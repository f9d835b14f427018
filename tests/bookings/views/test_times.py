"""The times that are free, as families choose from them."""

import re

import pytest
from django.http import HttpResponse

from bookings.models import ExtraHours
from bookings.weeks import as_text
from tests import factories
from tests.bookings.views.conftest import FIRST
from tests.workshops.views.posting import text_of

pytestmark = pytest.mark.usefixtures("pages")
TIMES, DETAILS = "/support-call/", "/support-call/details/"


def starts(page: HttpResponse) -> list[str]:
    return re.findall(r'name="start" value="([^"]+)"', page.content.decode())


def extra(adviser, day: str, starts: str = "10:00", ends: str = "10:15") -> None:
    ExtraHours.objects.create(adviser=adviser, day=day, starts=starts, ends=ends)


def test_next_call_and_how_many_are_left_stand_first(client, adviser):
    # Ten this afternoon, then 24 a day until Friday, each twice.
    factories.adviser()
    text = text_of(client.get(TIMES))
    assert "Next free call: Tuesday 1 December, 1pm . 168 calls are left this week." in text


def test_one_call_is_said_as_one(client):
    extra(factories.adviser(weekdays=()), "2026-12-02")
    assert "Next free call: Wednesday 2 December, 10am . 1 call is left this week." in text_of(client.get(TIMES))


def test_week_without_calls_gives_way_to_the_next_one(client):
    extra(factories.adviser(weekdays=()), "2026-12-09")
    page = client.get(TIMES)
    assert "Next free call: Wednesday 9 December, 10am . No calls are left this week." in text_of(page)
    assert starts(page) == ["20261209T1000Z"]


def test_nothing_free_leads_to_the_waiting_list(client):
    factories.adviser(weekdays=())
    page = client.get(TIMES)
    assert (page.status_code, starts(page)) == (200, [])
    assert "All calls are booked at the moment." in text_of(page)
    assert 'class="button" href="/support-call/waiting-list/"' in page.content.decode()


def test_what_is_said_before_choosing(client, adviser, settings):
    settings.CALLS_COME_FROM = "020 7946 0999"
    text = text_of(client.get(TIMES))
    for words in ("One of our advisers calls you, from 020 7946 0999.", "It is free and takes 15 minutes.",
                  "We try three times. We leave no message unless you allow it.", "This is not an emergency line.",
                  "All times are UK time."):  # fmt: skip
        assert words in text


def test_times_are_radio_buttons_named_in_full_under_their_days(client, adviser):
    page = client.get(TIMES)
    html = page.content.decode()
    assert starts(page)[:2] == ["20261201T1300Z", "20261201T1320Z"]
    assert len(starts(page)) == 12 + 4 * 24
    assert re.search(r"<legend>Tuesday <span>1 December</span></legend>", html)
    assert "Tuesday 1 December 2026, 1:20pm" in text_of(page)
    # The first day is open, its first time is where a sentence about errors leads.
    assert html.count('<details class="day-fold" open>') == 1
    assert html.index('<details class="day-fold" open>') < html.index('id="id_start"') < html.index("20261201T1320Z")


def test_day_without_calls_says_so(client):
    extra(factories.adviser(weekdays=()), "2026-12-02")
    assert text_of(client.get(TIMES)).count("No calls left") == 4


def test_weeks_lead_on_within_reach(client, adviser):
    page = client.get(TIMES, {"topic": factories.topic(slug="adhd").slug})
    assert 'href="/support-call/?topic=adhd&amp;week=2026-12-08" rel="next"' in page.content.decode()
    assert 'rel="prev"' not in page.content.decode()
    last = client.get(TIMES, {"week": "2026-12-29"})
    assert starts(last)[0] == "20261229T0900Z"
    assert 'href="/support-call/?week=2026-12-22" rel="prev"' in last.content.decode()
    assert 'rel="next"' not in last.content.decode()


@pytest.mark.parametrize("week", ["soon", "2026-02-30", "2025-01-01", "2027-03-01", "9999-12-31", "\0"])
def test_week_that_cannot_be_shown_is_the_first(client, adviser, week):
    page = client.get(TIMES, {"week": week})
    assert (page.status_code, starts(page)[0]) == (200, as_text(FIRST))
    assert "We cannot show that week, so here is the first with free calls." in text_of(page)


def test_week_that_is_full_says_so(client):
    extra(factories.adviser(weekdays=()), "2026-12-09")
    page = client.get(TIMES, {"week": "2026-12-15"})
    assert "No calls are left in this week." in text_of(page)
    assert ("Continue" in text_of(page), starts(page)) == (False, [])
    assert 'href="/support-call/?week=2026-12-08" rel="prev"' in page.content.decode()


def test_topic_narrows_to_who_knows_it_and_is_kept(client):
    adhd, sleep = factories.topic(slug="adhd", name="ADHD"), factories.topic(slug="sleep")
    factories.adviser(weekdays=(2,), topics=[sleep])
    extra(factories.adviser(weekdays=(), topics=[adhd]), "2026-12-03")
    page = client.get(TIMES)
    assert 'href="/support-call/?topic=adhd">ADHD</a>' in page.content.decode()
    page = client.get(TIMES, {"topic": "adhd", "area": "nowhere"})
    assert starts(page) == ["20261203T1000Z"]
    assert "You want to talk about ADHD ." in text_of(page)
    assert '<input type="hidden" name="topic" value="adhd">' in page.content.decode()
    assert 'name="then" value="/support-call/?topic=adhd"' in page.content.decode()
    assert 'href="/support-call/waiting-list/?topic=adhd"' in page.content.decode()


def test_place_narrows_to_who_knows_its_law_and_is_kept(client, hull):
    extra(factories.adviser(weekdays=(), nations=["Scotland"]), "2026-12-02")
    extra(factories.adviser(weekdays=(), nations=["England", "Wales"]), "2026-12-03")
    assert len(starts(client.get(TIMES))) == 2
    page = client.get(TIMES, {"area": "hull", "topic": "nothing"})
    assert starts(page) == ["20261203T1000Z"]
    assert "You live in Hull . An adviser who knows the law of England will call you." in text_of(page)
    assert 'href="/support-call/#where">Choose another place' in page.content.decode()
    assert '<input type="hidden" name="area" value="hull">' in page.content.decode()
    assert 'name="postcode"' not in page.content.decode()


def test_nothing_free_for_a_choice_says_so_and_shows_the_way_back(client, adviser):
    topic = factories.topic(slug="adhd")
    adviser.topics.set([factories.topic()])
    factories.adviser(weekdays=(), topics=[topic])
    page = client.get(TIMES, {"topic": topic.slug})
    assert "All calls are booked at the moment for what you chose." in text_of(page)
    assert 'href="/support-call/">Show calls about any topic</a>' in page.content.decode()


def test_nation_without_adviser_is_said_and_nobody_is_promised(client):
    factories.adviser(nations=["England"])
    council = factories.council(slug="fife", nation="Scotland", short_names=["Fife"])
    page = client.get(TIMES, {"area": "fife", "topic": factories.topic().slug})
    text = text_of(page)
    assert "At the moment we have no adviser for Scotland." in text
    assert f'href="{council.get_absolute_url()}">See who can help you in Fife</a>' in page.content.decode()
    for untrue in ("All calls are booked", "will call you", "Show calls about any topic"):
        assert untrue not in text


def test_topic_that_no_adviser_knows_is_said(client, adviser, hull):
    topic = factories.topic(slug="adhd", name="ADHD")
    adviser.topics.set([factories.topic()])
    page = client.get(TIMES, {"topic": topic.slug, "area": "hull"})
    assert "At the moment we have no adviser who knows about ADHD." in text_of(page)
    assert 'href="/support-call/?area=hull">Show calls about any topic</a>' in page.content.decode()


@pytest.mark.parametrize("path", [TIMES, f"{TIMES}waiting-list/"])
def test_postcode_beside_a_border_keeps_its_doubt(client, adviser, hull, path):
    factories.council(slug="east-riding", short_names=["East Riding"])
    topic = factories.topic(slug="adhd")
    page = client.get(path, {"topic": topic.slug, "area": "hull", "near": "east-riding"})
    assert "Some postcodes near yours are in East Riding . If your home is new, Hull is our best guess." in text_of(
        page
    )
    assert f'href="{path}?topic=adhd&amp;area=east-riding">East Riding</a>' in page.content.decode()


def test_text_of_staff_stands_below(client, adviser):
    factories.page(slug="support-call", title="Talk to us", summary="By phone.", body="## Today {#today}\n\nAsk us.")
    html = client.get(TIMES).content.decode()
    assert "<h1>Talk to us</h1>" in html
    assert '<meta name="description" content="By phone.">' in html
    assert html.index('name="start"') < html.index('<h2 id="today">Today</h2>')


@pytest.mark.parametrize("advisers", [1, 3])
def test_page_takes_eight_queries(client, django_assert_num_queries, hull, advisers):
    for _ in range(advisers):
        factories.adviser()
    topic = factories.topic()
    with django_assert_num_queries(8):
        client.get(TIMES, {"area": "hull", "topic": topic.slug})


def test_page_sets_no_cookie_and_may_be_kept(client, adviser):
    page = client.get(TIMES)
    assert (page["Cache-Control"], page.cookies) == ("public, no-cache", {})
    assert client.get(TIMES, headers={"If-None-Match": page["ETag"]}).status_code == 304


def test_going_on_without_a_time_is_asked_again_with_everything_kept(client, adviser, hull):
    topic = factories.topic(slug="adhd")
    said = {"topic": topic.slug, "area": "hull", "week": "2026-12-08"}
    for wrong in ({}, {"start": ""}, {"start": "soon"}, {"start": "99991231T2359Z"}):
        page = client.get(DETAILS, said | wrong)
        assert (page.status_code, page["Cache-Control"], page.cookies) == (422, "no-store", {})
        assert text_of(page).count("Choose a time for your call.") == 2
        assert '<a href="#id_start">Choose a time for your call.</a>' in page.content.decode()
        assert starts(page)[0] == "20261208T0900Z"
        for name, value in said.items():
            assert f'<input type="hidden" name="{name}" value="{value}">' in page.content.decode()


@pytest.mark.parametrize(
    "start",
    ["20261201T1307Z", "20261201T1000Z", "20251201T1000Z", "20261205T1000Z", "20270601T1000Z", "20990101T0000Z"],
)
def test_time_that_is_not_free_is_answered_with_fresh_times(client, adviser, start):
    page = client.get(DETAILS, {"start": start})
    assert (page.status_code, starts(page)[0]) == (409, as_text(FIRST))
    words = "If you have just booked it, all is well: look for our e-mail. If not, choose another time."
    assert f"That time is no longer free. {words} Step 1 of 2" in text_of(page)
    # It may be their own: nothing is wrong.
    assert [alarm for alarm in ("There is a problem", "Error:", "field-wrong") if alarm in page.content.decode()] == []
    assert "<title>That time is no longer free: " in page.content.decode()


def test_time_that_is_not_free_where_none_is_leads_to_the_waiting_list(client, pages):
    page = client.get(DETAILS, {"start": as_text(FIRST)})
    assert (page.status_code, starts(page)) == (409, [])
    assert "If not, you can join the waiting list. Step 1 of 2" in text_of(page)


def test_taken_time_is_not_offered_to_the_next(client, adviser):
    factories.booking(adviser=adviser, starts_at=FIRST)
    assert as_text(FIRST) not in starts(client.get(TIMES))
    assert client.get(DETAILS, {"start": as_text(FIRST)}).status_code == 409
