"""Days and times that Django writes by itself on the staff site are those of everywhere else."""

from datetime import UTC, date, datetime

import pytest
from django.utils import formats
from django.utils.html import strip_tags

from tests import factories
from tests.guides.admin.posting import desk

SUMMER = datetime(2027, 7, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def words_on(db, client):
    """What staff read at an address."""
    client.force_login(factories.staff(is_superuser=True))
    return lambda address: " ".join(strip_tags(client.get(address).content.decode()).split())


def test_django_writes_a_day_in_full():
    assert formats.localize(date(2026, 11, 27)) == "27 November 2026"
    assert formats.localize(datetime(2026, 11, 27, 11, 39, tzinfo=UTC)) == "27 November 2026, 11:39 a.m."


def test_list_of_councils_says_the_day_in_full(words_on):
    council = factories.council(link_checked_on=date(2026, 11, 27))
    assert "27 November 2026" in words_on(desk(type(council), "changelist"))


def test_list_of_pictures_says_when_in_our_words(words_on):
    picture = factories.picture()
    type(picture).objects.update(uploaded_at=SUMMER)
    assert "1 July 2027, 9:30am" in words_on(desk(type(picture), "changelist"))


def test_page_of_a_sign_up_says_when_in_our_words(words_on):
    sign_up = factories.sign_up()
    type(sign_up).objects.update(created_at=SUMMER, placed_at=SUMMER, ended_at=None)
    words = words_on(desk(sign_up))
    for part in ("Signed up: 1 July 2027, 9:30am", "Got a place: 1 July 2027, 9:30am", "Ended: –"):
        assert part in words
