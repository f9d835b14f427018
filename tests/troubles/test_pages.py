"""What the staff site says of errors and slow pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sendguide.troubles.models import Trouble
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "admin:troubles_trouble_changelist"


def happened(kind, **fields):
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    Trouble.objects.create(**{"hour": hour, "kind": kind, "where": "workshop_date", "times": 3} | fields)


@pytest.fixture
def manager(client):
    client.force_login(factories.staff("view_trouble"))
    return client


def start_page(client):
    return " ".join(client.get(reverse("admin:index")).text.split())


def test_start_page_says_when_all_is_well(manager):
    assert "No errors, and no slow pages." in start_page(manager)


def test_start_page_counts_what_went_wrong_and_leads_to_the_list(manager):
    happened(Trouble.Kind.ERROR)
    happened(Trouble.Kind.SLOW_QUERY, times=1, longest_ms=1_234)
    html = start_page(manager)
    assert "3 times a page could not be shown, or a job failed" in html
    assert "1 time the database was slow; the longest answer took 1.2 seconds." in html
    assert f'href="{reverse(LIST)}"' in html


def test_others_are_told_nothing(client):
    happened(Trouble.Kind.ERROR)
    client.force_login(factories.staff("view_guide"))
    assert "The site itself" not in start_page(client)


def test_list_says_where_what_and_how_often(manager):
    happened(Trouble.Kind.SLOW_QUERY, longest_ms=1_250)
    happened(Trouble.Kind.ERROR, where="job: purge", hour=timezone.now() - timedelta(days=3))
    html = manager.get(reverse(LIST)).text
    for words in ("workshop_date", "database was slow", "1.2 seconds", "job: purge", "failed"):
        assert words in html
    only = manager.get(reverse(LIST), {"kind__exact": "error"}).text
    assert "job: purge" in only
    assert "workshop_date" not in only
