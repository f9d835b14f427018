"""Queries and server time of the reading pages with 10, 100 and 1,000 guides, each with 100 edits."""

import statistics
import time
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.models import Guide, Topic
from guides.views.reading import KEPT
from tests.bench.printing import figure, heading

EDITS = 100
RUNS = 30
ADDRESS = "/guides/understanding-ehcps/"
PAGES = {
    "A guide": ADDRESS,
    "All guides": "/guides/",
    "A topic": "/guides/topic/send-in-education/",
    "Home": "/",
    "A term": "/guides/send-glossary/ehcp/",
    "A search": "/search/?q=refused+assessment",
    "The glossary": "/guides/send-glossary/",
}


def measure() -> None:
    # Not the test environment: it would watch every template and slow the pages down.
    visitor, editor = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    editor.force_login(get_user_model().objects.create_superuser("bench", password=None))
    for size in (10, 100, 1000):
        _grow_to(size)
        heading(f"{size:,} more guides with {EDITS} edits each")
        for name, address in PAGES.items():
            _page(name, visitor, address, aim="≤ 3 queries" if address == ADDRESS else "≤ 50 ms")
        _page("Admin: list of guides", editor, "/admin/guides/guide/", aim="≤ 50 ms")


def _page(name: str, client: Client, address: str, aim: str) -> None:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert _made_anew(client, address).status_code == 200, address
    count = len(queries)  # read now: the next request empties the log
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        _made_anew(client, address)
        times.append((time.perf_counter() - start) * 1000)
    figure(
        f"{name}: queries, median and slowest",
        f"{count}, {statistics.median(times):.0f}, {max(times):.0f} ms",
        aim,
    )


def _made_anew(client: Client, address: str) -> HttpResponse:
    """As for the first visitor after a change, but for the next free call."""
    cache.delete(f"{KEPT}{ADDRESS.split('/')[2]}")
    return client.get(address)


def _grow_to(size: int) -> None:
    example = Guide.objects.get(slug="understanding-ehcps")
    have = Guide.objects.filter(slug__startswith="bench-").count()
    topics = list(Topic.objects.all())
    copies = []
    for number in range(have, size):
        copy = Guide.objects.get(pk=example.pk)
        copy.pk, copy.slug, copy.title, copy.order = None, f"bench-{number}", f"Example guide {number}", 200
        copy.topic = topics[number % len(topics)]
        copies.append(copy)
    made = Guide.objects.bulk_create(copies)
    history, now = Guide.history.model, timezone.now()
    fields = [field.attname for field in history._meta.concrete_fields if not field.name.startswith("history_")]
    for guide in made:
        edits = [
            history(
                **{field: getattr(guide, field) for field in fields} | {"body": guide.body[:1000]},
                history_date=now - timedelta(days=edit),
                history_type="~",
                history_change_reason=f"Edit {edit}",
            )
            for edit in range(EDITS)
        ]
        history.objects.bulk_create(edits)
