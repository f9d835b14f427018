"""What is kept in a process is true: until something changes, or time does it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from bookings.next_call import next_mark
from guides.models import Guide
from sendguide.freshness import kept as module
from sendguide.freshness.kept import kept
from sendguide.freshness.passing import next_change
from tests import factories

NOW = datetime(2026, 12, 1, 9, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


class Maker:
    times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.mark.django_db(transaction=True)
def test_it_is_made_once_until_something_changes():
    make = Maker()
    assert [kept("x", make), kept("x", make), kept("y", make)] == [1, 1, 2]
    factories.testimonial()
    assert [kept("x", make), kept("x", make)] == [3, 3]


@pytest.mark.django_db(transaction=True)
def test_it_is_made_anew_when_time_changes_something(clock):
    make = Maker()
    kept("x", make)
    clock.shift(239)
    assert kept("x", make) == 1
    clock.shift(1)
    assert kept("x", make) == 2
    clock.shift(-3600)
    assert kept("x", make) == 3


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_of_what_may_be_rolled_back():
    make = Maker()
    with transaction.atomic():
        assert [kept("x", make), kept("x", make)] == [1, 2]
    assert kept("x", make) == 3


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_while_nobody_knows_the_generation(monkeypatch):
    monkeypatch.setattr(module, "current", lambda: None)
    make = Maker()
    assert [kept("x", make), kept("x", make)] == [1, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "seconds"),
    [
        (lambda: None, 240),
        (lambda: factories.guide(status=Guide.Status.SCHEDULED, publish_at=NOW + timedelta(seconds=50)), 50),
        (lambda: factories.workshop_date(starts_at=NOW + timedelta(seconds=50)), 50),
        (lambda: factories.workshop_date(starts_at=NOW + timedelta(hours=1, seconds=40)), 40),
        (lambda: factories.workshop_date(starts_at=NOW + timedelta(hours=12, seconds=30)), 30),
        (lambda: factories.workshop_date(starts_at=NOW - timedelta(minutes=89, seconds=40)), 20),
        (lambda: factories.workshop_date(status="draft", starts_at=NOW + timedelta(seconds=50)), 240),
    ],
    ids=["a five-minute mark", "publishing", "start", "end of sign-up", "end of the waiting list", "end", "a draft"],
)
def test_time_changes_pages_when(make, seconds):
    made = make()
    if getattr(made, "ends_at", None):
        type(made).objects.update(ends_at=made.starts_at + timedelta(minutes=90))
    assert next_change(NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(("second", "mark"), [(0, 0), (1, 300), (299, 300), (300, 300)])
def test_mark_is_the_next_fifth_minute(second, mark):
    start = NOW.replace(minute=0)
    assert next_mark(start + timedelta(seconds=second)) == start + timedelta(seconds=mark)


@pytest.mark.django_db(transaction=True)
def test_guide_is_rendered_once_until_it_is_saved(client, django_assert_num_queries):
    guide = factories.guide(title="Xylophones")
    first = client.get(guide.get_absolute_url())
    with django_assert_num_queries(0):
        assert client.get(guide.get_absolute_url()).content == first.content
    guide.title = "Narwhals"
    guide.save()
    assert "<h1>Narwhals</h1>" in client.get(guide.get_absolute_url()).content.decode()
    Guide.objects.update(status=Guide.Status.DRAFT)
    assert client.get(guide.get_absolute_url()).status_code == 404
