"""When a guide was reviewed, and when it is due: what cannot be is refused at its field."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guides.models import Guide
from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


@pytest.mark.parametrize("months", ["-1", "0", "61", "100000"])
def test_number_of_months_that_cannot_be_is_refused(editor, months):
    guide = factories.guide(review_every=3)
    assert errors_of(save(editor, guide, review_every=months)) == {"review_every": ["Choose from 1 to 60 months."]}
    guide.refresh_from_db()
    assert guide.review_every == 3


@pytest.mark.parametrize("months", [1, 60])
def test_number_of_months_is_kept(editor, months):
    guide = factories.guide()
    assert errors_of(save(editor, guide, review_every=str(months))) == {}
    guide.refresh_from_db()
    assert guide.review_every == months


def test_new_guide_is_reviewed_every_six_months(editor):
    assert fields_of(editor.get(desk(Guide, "add")))["review_every"] == ["6"]


def test_review_on_a_day_to_come_is_refused(editor):
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = save(editor, factories.guide(), reviewed_on=f"{tomorrow:%d/%m/%Y}")
    assert errors_of(response) == {"reviewed_on": ["This day has not come yet. Please look at the year."]}


@pytest.mark.parametrize("day", ["01/01/1800", "31/12/1999"])
def test_review_long_ago_is_refused(editor, day):
    response = save(editor, factories.guide(), reviewed_on=day)
    assert errors_of(response) == {"reviewed_on": ["This is long ago. Please look at the year."]}


def test_review_since_2000_is_taken(editor):
    assert errors_of(save(editor, factories.guide(), reviewed_on="01/01/2000")) == {}
