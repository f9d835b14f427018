"""Whatever changes what pages show is noticed, however it is done, once it is committed; and nothing else is."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from bookings.actions import book
from bookings.availability import Wanted, free_times
from guides import models
from guides.models import Council, GlossaryTerm, Guide
from sendguide.freshness import changes
from sendguide.guard.rate_limit import wait_after
from sendguide.outbox.models import JobRun
from tests import factories
from workshops.models import WorkshopDate


@pytest.fixture
def renewed(monkeypatch):
    """A list that grows by one each time that the site gets another generation."""
    times: list[int] = []
    monkeypatch.setattr(changes, "renew", lambda: times.append(1))
    return times


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _booked() -> None:
    factories.adviser()
    book(start=free_times(Wanted(), timezone.now()).first, caller=factories.caller(), now=timezone.now())


CHANGES: dict[str, Callable[[], object]] = {
    "made": factories.guide,
    "saved": lambda: Guide.objects.get().save(),
    "saved in part": lambda: Guide.objects.get().save(update_fields=["title"]),
    "many at once": lambda: models.Testimonial.objects.update(published=False),
    "many that differ": lambda: Guide.objects.bulk_update(Guide.objects.all(), ["title"]),
    "made at once": lambda: Council.objects.bulk_create([factories.council(slug="x")], ignore_conflicts=True),
    "made or changed": lambda: GlossaryTerm.objects.update_or_create(slug="ehcp", defaults={"category": "x"}),
    "deleted": lambda: models.Testimonial.objects.get().delete(),
    "many deleted": lambda: models.Testimonial.objects.all().delete(),
    "joined": lambda: GlossaryTerm.objects.get().see_also.add(factories.term(slug="other")),
    "by hand": lambda: _raw("UPDATE guides_guide SET title = 'x'"),
    "by hand, in small letters": lambda: _raw(' \n delete from "guides_testimonial"'),
    "a place taken": lambda: WorkshopDate.objects.update(taken=1),
    "a call booked": _booked,
    "a word for search": factories.search_synonym,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", CHANGES)
def test_change_is_noticed(way, renewed):
    factories.guide()
    factories.testimonial()
    factories.term(slug="ehcp")
    factories.workshop_date(starts_at=factories.next_month())
    renewed.clear()
    CHANGES[way]()
    assert renewed


OTHERS: dict[str, Callable[[], object]] = {
    "read": lambda: list(Guide.objects.select_related("topic")),
    "nothing found": lambda: Guide.objects.filter(slug="nobody").update(title="x"),
    "nothing to delete": lambda: models.Testimonial.objects.filter(slug="nobody").delete(),
    "somebody logged in": lambda: Session.objects.create(session_key="x", expire_date=timezone.now()),
    "a job ran": lambda: JobRun.objects.create(name="x", started_at=timezone.now()),
    "a visitor was counted": lambda: wait_after(
        "x", RequestFactory().post("/"), "a@b.example", an_hour=5, now=timezone.now()
    ),
    "a search found nothing": lambda: _raw("DELETE FROM guides_searchmiss"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", OTHERS)
def test_what_no_page_shows_costs_no_page(way, renewed):
    factories.guide()
    renewed.clear()
    OTHERS[way]()
    assert renewed == []


@pytest.mark.django_db(transaction=True)
def test_change_is_told_when_it_is_committed_and_once(renewed):
    with transaction.atomic():
        for _ in range(3):
            factories.testimonial()
        assert renewed == []
    assert renewed == [1]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_told(renewed):
    with transaction.atomic():
        factories.testimonial()
        transaction.set_rollback(True)
    assert renewed == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_in_part_is_told_for_the_rest(renewed):
    with transaction.atomic():
        with transaction.atomic():
            factories.testimonial(slug="gone")
            transaction.set_rollback(True)
        factories.testimonial(slug="stays")
    assert renewed == [1]
    assert models.Testimonial.objects.get().slug == "stays"


@pytest.mark.parametrize(
    ("sql", "rows", "counts"),
    [
        ('INSERT INTO "guides_guide" VALUES (1)', 1, True),
        ('INSERT OR IGNORE INTO "guides_guide" VALUES (1)', -1, True),
        ('UPDATE "guides_guide" SET title = 1', 2, True),
        ('UPDATE "guides_guide" SET title = 1', 0, False),
        ('UPDATE "guides_guide" SET title = 1 RETURNING id', 0, True),
        ('DELETE FROM "guides_guide"', 0, False),
        ('DELETE FROM "a_table_of_tomorrow"', 1, True),
        ("WITH x AS (DELETE FROM guides_guide RETURNING 1) SELECT 1", 0, True),
        ("TRUNCATE guides_guide", 0, True),
        ("SELECT * FROM \"guides_guide\" WHERE title = 'UPDATE x'", 3, False),
        ("SAVEPOINT x", 0, False),
        ('UPDATE "guides_historicalguide" SET title = 1', 2, False),
        ('INSERT INTO "outbox_queuedemail" VALUES (1)', 1, False),
    ],
)
def test_statement_counts_if_it_changes_rows_of_a_table_that_pages_show(sql, rows, counts):
    assert changes.changes_pages(sql, lambda: rows) is counts


def test_every_connection_is_watched_once():
    changes.watch(connection)
    changes.watch(connection)
    assert connection.execute_wrappers.count(changes.notice) == 1
