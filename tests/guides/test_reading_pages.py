from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.next_call import next_free_call
from guides.models import Guide, GuideChange
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [Guide.Status.DRAFT, Guide.Status.SCHEDULED])
def test_guide_that_is_not_published_is_not_found_and_not_listed(client, status):
    tomorrow = timezone.now() + timedelta(days=1)
    guide = factories.guide(status=status, publish_at=tomorrow if status == Guide.Status.SCHEDULED else None)
    assert client.get(guide.get_absolute_url()).status_code == 404
    for name, args in (("guide_list", []), ("topic", [guide.topic.slug]), ("home", []), ("sitemap", [])):
        assert guide.title not in client.get(reverse(name, args=args)).content.decode()
        assert guide.get_absolute_url() not in client.get(reverse(name, args=args)).content.decode()


def test_scheduled_guide_appears_at_its_time():
    moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    guide = factories.guide(status=Guide.Status.SCHEDULED, publish_at=moment)
    second = timedelta(seconds=1)
    assert [guide.is_published(moment - second), guide.is_published(moment)] == [False, True]
    assert list(Guide.objects.published(moment - second)) == []
    assert list(Guide.objects.published(moment)) == [guide]


def test_what_staff_save_is_seen_at_once(client):
    guide = factories.guide(title="Before")
    assert "Before" in client.get(guide.get_absolute_url()).content.decode()
    guide.title = "After"
    guide.save()
    assert "After" in client.get(guide.get_absolute_url()).content.decode()


def test_saving_renders_lists_headings_and_counts_the_review(client):
    guide = factories.guide(body="## One {#one}\n\nText.\n\n### Two\n", review_every=6)
    assert guide.body_html == '<h2 id="one">One</h2>\n<p>Text.</p>\n<h3 id="two">Two</h3>'
    assert guide.headings == [[2, "one", "One"], [3, "two", "Two"]]
    assert guide.review_due.isoformat() == "2027-05-24"


@pytest.mark.parametrize("others", [1, 3, 30])
def test_guide_page_takes_three_queries_however_many_guides_there_are(client, django_assert_num_queries, others):
    """And those of the next free call, once a minute."""
    guide = factories.guide()
    next_free_call()
    factories.testimonial()
    for _ in range(others):
        factories.guide(topic=guide.topic)
        factories.workshop_date(starts_at=factories.next_month())
    with django_assert_num_queries(3):
        client.get(guide.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("guide_list", 3), ("home", 6)])
def test_list_page_takes_the_same_number_of_queries(client, django_assert_num_queries, name, queries, rows):
    next_free_call()
    for _ in range(rows):
        factories.situation(address=factories.guide().get_absolute_url())
        factories.testimonial()
    with django_assert_num_queries(queries):
        client.get(reverse(name))


def test_page_that_has_not_changed_answers_304(client):
    guide = factories.guide()
    first = client.get(guide.get_absolute_url())
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(guide.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    guide.title = "Another title"
    guide.save()
    changed = client.get(guide.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_public_page_sets_no_cookie_and_does_not_vary_by_one(client):
    response = client.get(factories.guide().get_absolute_url())
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_guide_page_shows_nation_dates_sources_and_what_follows(client):
    guide = factories.guide(nations=["England", "Wales"], sources="- [The Act](law:cfa)")
    other = factories.guide()
    said = factories.testimonial()
    html = client.get(guide.get_absolute_url()).content.decode()
    for part in ("England and Wales", "24 November 2026", "May 2027", "https://www.legislation.gov.uk/ukpga/2014/6",
                 reverse("support_call"), reverse("workshop_list"), said.quote, other.title, reverse("guide_list"),
                 reverse("guide_changes", args=[guide.slug]), 'href="#first"'):  # fmt: skip
        assert part in html, part


def test_changes_page_lists_what_changed_newest_first(client):
    guide = factories.guide()
    GuideChange.objects.create(guide=guide, date="2026-11-01", note="First published.")
    GuideChange.objects.create(guide=guide, date="2026-11-20", note="New time limit.")
    html = client.get(reverse("guide_changes", args=[guide.slug])).content.decode()
    assert html.index("New time limit.") < html.index("First published.")


def test_feed_tells_changes_of_published_guides_only(client):
    published, draft = factories.guide(), factories.guide(status=Guide.Status.DRAFT)
    GuideChange.objects.create(guide=published, date="2026-11-01", note="First published.")
    GuideChange.objects.create(guide=draft, date="2026-11-01", note="Secret so far.")
    response = client.get(reverse("feed"))
    assert response["Content-Type"].startswith("application/atom+xml")
    text = response.content.decode()
    assert ("First published." in text, "Secret so far." in text) == (True, False)
    assert published.get_absolute_url() in text


def test_page_number_that_does_not_exist_shows_the_nearest(client):
    factories.guide()
    assert client.get(reverse("guide_list"), {"page": "nonsense"}).status_code == 200
    assert client.get(reverse("guide_list"), {"page": "999"}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_reading_pages_take_no_writes(client, method):
    assert getattr(client, method)(factories.guide().get_absolute_url()).status_code == 405


def test_second_change_of_a_day_is_no_304(client):
    guide = factories.guide()
    GuideChange.objects.create(guide=guide, date="2026-11-24", note="First.")
    first = client.get(reverse("feed"))
    GuideChange.objects.create(guide=guide, date="2026-11-24", note="Second.")
    again = client.get(reverse("feed"), headers={"If-Modified-Since": "Wed, 25 Nov 2026 00:00:00 GMT"})
    assert (first.has_header("Last-Modified"), again.status_code) == (False, 200)
    assert "Second." in again.content.decode()


def test_situation_says_where_its_answer_applies_and_waits_for_its_guide(client):
    guide = factories.guide(slug="ours", nations=["Scotland"])
    factories.situation(words="Ours only", address="/guides/ours/#first")
    factories.situation(words="A page", address="/guides/topic/x/")
    html = client.get(reverse("home")).content.decode()
    assert 'Ours only <span class="need-where">Scotland</span>' in html
    guide.status = Guide.Status.DRAFT
    guide.save()
    html = client.get(reverse("home")).content.decode()
    assert ("Ours only" in html, "A page" in html) == (False, True)


def test_topic_without_a_guide_leads_to_what_others_say_of_it(client):
    topic = factories.topic(name="Sleep", slug="sleep")
    factories.guide(title="ADHD", slug="adhd", body="## Tonight {#tonight}\n\nSleep comes late.\n\n## Money\n\nAsk.")
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "There is no guide about this alone yet." in page
    assert '<a href="/guides/adhd/#tonight">Tonight</a> (ADHD' in page
    assert "#money" not in page
    factories.guide(topic=topic)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert ("no guide about this" in page, "/guides/adhd/#tonight" in page) == (False, False)


def test_situation_that_leads_to_the_list_of_all_councils_is_of_no_single_nation(client):
    factories.guide(slug="the-local-offer", nations=["England"])
    factories.situation(words="Near me", address="/guides/the-local-offer/")
    factories.situation(words="Who advises", address="/guides/the-local-offer/#sendiass")
    html = client.get(reverse("home")).content.decode()
    assert "Near me</span>" in html
    assert 'Who advises <span class="need-where">England</span>' in html
