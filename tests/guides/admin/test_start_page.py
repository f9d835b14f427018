from datetime import timedelta

import pytest
from django.utils import timezone

from sendguide.lib.dates import long_date
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


def test_start_page_says_what_needs_doing(owner):
    today = timezone.localdate()
    factories.guide(title="Late", reviewed_on=today - timedelta(days=70), review_every=1)
    factories.guide(title="Fine", reviewed_on=today)
    factories.guide(title="Half done", reviewed_on=today, status="draft")
    factories.council(local_offer_url="https://a.example/", confidence="high")
    factories.council(local_offer_url="https://b.example/", confidence="evidence")
    response = owner.get("/admin/")
    page = response.content.decode()
    assert [guide.title for guide in response.context["review_due"]] == ["Late"]
    assert f"since {long_date(response.context['review_due'][0].review_due)}" in page
    assert [guide.title for guide in response.context["not_published"]] == ["Half done"]
    assert response.context["unchecked_links"] == 1


def test_start_page_says_when_nothing_needs_doing(owner):
    page = owner.get("/admin/").content.decode()
    assert "None in the next 30 days." in page
    assert "None: everything is published." in page


def test_start_page_lists_what_is_used_most_first_and_accounts_and_log_last(owner):
    found = [
        (app["name"], [model["name"] for model in app["models"]]) for app in owner.get("/admin/").context["app_list"]
    ]
    names = dict(found)
    assert [name for name, _ in found[-5:]] == ["E-mail", "Logging in", "Accounts", "Activity", "The site itself"]
    assert names["Guides and reference"] == [
        *(
            "Guides",
            "Pictures",
            "Site pages",
            "Topics",
            "Situations",
            "Testimonials",
            "Glossary terms",
            "Roles",
            "Councils",
            "Links to other sites",
            "Search synonyms",
            "Searches without a result",
        )
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_start_page_takes_the_same_number_of_queries(owner, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.guide(status="draft")
    with django_assert_num_queries(16):
        owner.get("/admin/")
