"""Lists that are too long for one page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from guides.views import reading
from tests import factories
from workshops.views import lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_lists(monkeypatch):
    """Three dates, one page each, to come and past; as many guides of one topic."""
    monkeypatch.setattr(reading, "GUIDES_A_PAGE", 1)
    monkeypatch.setattr(lists, "DATES_A_PAGE", 1)
    topic, now = factories.topic(name="Sleep", slug="sleep"), timezone.now()
    workshop = factories.workshop(topic=topic)
    for number in (1, 2, 3):
        factories.guide(topic=topic)
        factories.workshop_date(workshop=workshop, starts_at=now + timedelta(days=number))
        factories.workshop_date(workshop=workshop, starts_at=now - timedelta(days=number))


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/guides/?", "All guides"),
        ("/guides/topic/sleep/?", "Sleep: guides"),
        ("/workshops/?", "Online workshops"),
        ("/workshops/?topic=sleep&", "Online workshops: Sleep"),
        ("/workshops/past/?", "Past workshops"),
    ],
)
def test_each_page_of_a_list_has_a_title_of_its_own(client, long_lists, address, title):
    pages = [client.get(f"{address}page={number}").content.decode() for number in (1, 2, 3)]
    assert [re.search(r"<title>(.*) – SEND Guide</title>", page)[1] for page in pages] == [
        title,
        f"{title}, page 2 of 3",
        f"{title}, page 3 of 3",
    ]
    assert [page.count("Next page") for page in pages] == [1, 1, 0]
