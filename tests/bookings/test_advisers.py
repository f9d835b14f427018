import pytest

from bookings.actions.advisers import reset_feed
from bookings.links import feed_path
from bookings.models import Adviser
from tests import factories

pytestmark = pytest.mark.django_db


def test_reset_gives_this_adviser_another_address():
    adviser, other = factories.adviser(), factories.adviser()
    paths = {each: feed_path(each) for each in (adviser, other)}
    reset_feed(adviser=adviser)
    assert feed_path(adviser) == feed_path(Adviser.objects.get(pk=adviser.pk)) != paths[adviser]
    assert feed_path(Adviser.objects.get(pk=other.pk)) == paths[other]


def test_two_resets_at_once_both_count():
    adviser = factories.adviser()
    seen_by_another = Adviser.objects.get()
    reset_feed(adviser=adviser), reset_feed(adviser=seen_by_another)
    assert Adviser.objects.get().feed_version == 3
