"""The page cache in front of the real site: the same pages, and none of a person's."""

import gzip
import re

import brotli
import pytest
import time_machine
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sendguide.freshness.changes import UNSHOWN
from sendguide.page_cache.application import PageCache
from sendguide.page_cache.asked import reads_of
from tests.page_cache.asking import ask
from tests.whole_site.page_types import PAGE_TYPES
from tests.whole_site.test_http import KEPT, SEARCHES, every

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@pytest.fixture
def django():
    """All content is in a transaction: as for Django's own test client, its connection outlives a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _moment():
    """No five-minute mark passes in the middle of a test."""
    with time_machine.travel(timezone.now().replace(second=1), tick=False):
        yield


@pytest.fixture
def cached(django, visitor):
    return PageCache(django, 8 * 1024 * 1024)


@every(KEPT)
def test_kept_page_is_the_same_to_the_byte(visitor, cached, django, address):
    uncached = ask(django, address)
    first, again = ask(cached, address), ask(cached, address)
    assert len(cached.plain) + len(cached.asked) == 1
    assert (first.status, first.body, again.body) == (200, uncached.body, uncached.body)
    of_the_cache = {"Vary": "Accept-Encoding", "Content-Length": str(len(first.body))}
    # Each request to Django has a number of its own.
    uncached.headers.pop("X-Request-ID")
    assert first.headers == uncached.headers | of_the_cache
    assert first.headers == again.headers


@every(KEPT)
def test_packed_and_unchanged_pages_are_the_same_with_and_without(visitor, cached, django, address):
    plain = ask(cached, address)
    packed = {"br": brotli.decompress, "gzip": gzip.decompress}
    for encoding, unpack in packed.items():
        answer = ask(cached, address, HTTP_ACCEPT_ENCODING=encoding)
        assert (answer.headers["Content-Encoding"], unpack(answer.body)) == (encoding, plain.body)
        for tag in (answer.headers["ETag"], plain.headers["ETag"], ask(django, address).headers["ETag"]):
            known = {"HTTP_ACCEPT_ENCODING": encoding, "HTTP_IF_NONE_MATCH": tag}
            assert [ask(site, address, **known).status for site in (cached, django)] == [304, 304]


@every({name: address for name, address in PAGE_TYPES.items() if name in SEARCHES})
def test_what_people_look_for_is_never_kept(visitor, cached, address):
    ask(cached, address)
    assert (len(cached.plain), len(cached.asked)) == (0, 0)


@every(KEPT)
def test_page_reads_nothing_that_it_does_not_name(visitor, django, address):
    """What a query string, a language, a browser or a cookie of somebody else changes, its key would have to hold."""
    path = address.partition("?")[0]
    names = set(reads_of(path).names)
    others = "&".join(
        f"{name}=hull" for name in ("area", "topic", "page", "week", "q", "then", "x") if name not in names
    )
    person = {"HTTP_ACCEPT_LANGUAGE": "cy", "HTTP_USER_AGENT": "x", "HTTP_COOKIE": "a=b", "HTTP_HOST": "localhost"}
    asked = f"{address}{'&' if '?' in address else '?'}{others}"
    assert ask(django, asked, **person).body == ask(django, address).body


def test_area_of_one_visitor_is_not_shown_to_another(visitor, cached):
    first = ask(cached, "/workshops/?area=hull")
    assert b"Hull" in first.body
    for address in ("/workshops/", "/workshops/?area=leeds", "/workshops/?area=hull"):
        assert (ask(cached, address).body == first.body) is address.endswith("hull")


def test_staff_and_whoever_has_a_form_open_are_answered_by_django(visitor, cached):
    assert "X-Request-ID" not in ask(cached, "/about/").headers
    for cookie in ("sessionid=x", "csrftoken=x"):
        assert "X-Request-ID" in ask(cached, "/about/", HTTP_COOKIE=cookie).headers


@pytest.mark.parametrize(
    ("address", "status"), [("/no-such-page/", 404), ("/guides/no-such-guide/", 404), ("/about", 301)]
)
def test_errors_and_ways_elsewhere_are_not_kept(visitor, cached, address, status):
    assert [ask(cached, address).status for _ in range(2)] == [status, status]
    assert (len(cached.plain), len(cached.asked)) == (0, 0)


@every(KEPT)
def test_page_shows_no_table_whose_changes_are_not_noticed(visitor, address):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        visitor.get(address)
    tables = {table for query in queries for table in TABLE.findall(query["sql"])}
    assert {table for table in tables if UNSHOWN.match(table)} == set()
