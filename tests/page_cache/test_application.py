"""What is answered from memory, and what never is. Django's place is taken by a tiny application."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import brotli
import pytest
from django.core.handlers.wsgi import WSGIRequest

from sendguide.metrics import OURS as REGISTRY
from sendguide.page_cache import application, asked
from sendguide.page_cache.application import PageCache
from tests.page_cache.asking import Small, ask, environ
from tests.page_cache.conftest import NOW

MEGABYTE = 1024 * 1024
ABOUT = "/about/"


def test_page_is_made_once_and_answered_with_as_long_as_nothing_changes(clock):
    small = Small("page")
    site = PageCache(small, MEGABYTE)
    first = ask(site, ABOUT)
    clock.shift(59)
    again = ask(site, ABOUT)
    assert (first.status, first.body, again.body) == (200, b"page1", b"page1")
    assert first.headers == again.headers
    assert [parts.closed for parts in small.answers] == [True]


def test_what_is_answered_without_django_is_counted(clock):
    site = PageCache(Small("page"), MEGABYTE)
    before = REGISTRY.get_sample_value("sendguide_kept_pages_total")
    for address in (ABOUT, ABOUT, ABOUT, "/admin/"):
        clock.shift(1)
        ask(site, address)
    assert REGISTRY.get_sample_value("sendguide_kept_pages_total") == before + 2


def test_page_is_made_anew_after_a_change(clock):
    site = PageCache(Small("page"), MEGABYTE)
    ask(site, ABOUT)
    clock.generation = "second"
    assert [ask(site, ABOUT).body for _ in range(2)] == [b"page2", b"page2"]


def test_page_is_made_anew_after_a_minute_whatever_the_generation_says(clock):
    site = PageCache(Small("page"), MEGABYTE)
    ask(site, ABOUT)
    clock.shift(60)
    assert ask(site, ABOUT).body == b"page2"


def test_page_is_made_anew_when_time_changes_it(clock):
    clock.change = NOW + timedelta(seconds=10)
    site = PageCache(Small("page"), MEGABYTE)
    ask(site, ABOUT)
    clock.shift(9.9)
    assert ask(site, ABOUT).body == b"page1"
    clock.change = NOW + timedelta(hours=1)
    clock.shift(0.1)
    assert [ask(site, ABOUT).body for _ in range(2)] == [b"page2", b"page2"]


def test_page_whose_time_passes_while_the_generation_is_looked_up_is_made_anew(clock, monkeypatch):
    site = PageCache(Small("page"), MEGABYTE)

    def slowly():
        clock.shift(40)
        return clock.generation

    assert [ask(site, ABOUT).body for _ in range(2)] == [b"page1", b"page1"]
    monkeypatch.setattr(application, "current", slowly)
    assert [ask(site, ABOUT).body for _ in range(2)] == [b"page1", b"page2"]


def test_clock_that_is_set_back_does_not_lengthen_a_page_s_life(clock):
    site = PageCache(Small("page"), MEGABYTE)
    ask(site, ABOUT)
    clock.shift(-3600)
    assert ask(site, ABOUT).body == b"page2"


def test_change_while_a_page_is_made_makes_it_old_at_once(clock):
    small = Small("page")

    def changing(about, start_response):
        clock.generation = f"after {len(small.asked)}"
        return small(about, start_response)

    site = PageCache(changing, MEGABYTE)
    assert [ask(site, ABOUT).body for _ in range(2)] == [b"page1", b"page2"]


def test_nothing_is_kept_or_answered_with_while_nobody_knows_the_generation(clock):
    site = PageCache(Small("page"), MEGABYTE)
    ask(site, ABOUT)
    clock.generation = None
    assert [ask(site, ABOUT).body for _ in range(2)] == [b"page2", b"page3"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/about/", "/about/?utm_source=x&fbclid=y"),
        ("/workshops/", "/workshops/?fbclid=y"),
        ("/workshops/?topic=sleep&area=hull", "/workshops/?area=hull&utm=1&topic=sleep"),
        ("/workshops/?area=hull", "/workshops/?area=leeds&area=hull"),
        ("/guides/?page=2", "/guides/?area=hull&page=2"),
    ],
)
def test_order_doubles_and_unknown_names_of_the_query_make_no_other_page(clock, first, second):
    site = PageCache(Small("page"), MEGABYTE)
    assert ask(site, first).body == ask(site, second).body == b"page1"
    assert len(site.plain) + len(site.asked) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/workshops/?area=hull", "/workshops/?area=leeds"),
        ("/workshops/?area=hull", "/workshops/"),
        ("/workshops/?area=hull", "/workshops/?topic=hull"),
        ("/workshops/?area=a&topic=b", "/workshops/?area=a%26topic%3Db"),
        ("/about/", "/contact/"),
        ("/about/", "/About/"),
    ],
)
def test_what_a_view_reads_makes_another_page(clock, first, second):
    small = Small("page")
    site = PageCache(small, MEGABYTE)
    assert [ask(site, each).body for each in (first, second, first)] == [b"page1", b"page2", b"page1"]


@pytest.mark.parametrize(
    "query", ["near=york&near=leeds", "area=hull&near=york", "a=" + "x" * 400, "&".join(["a=1"] * 40), "topic=\xc3\xa9"]
)
def test_query_that_is_out_of_the_ordinary_goes_to_django(clock, query):
    small = Small("page")
    site = PageCache(small, MEGABYTE)
    assert [ask(site, f"/workshops/?{query}").body for _ in range(2)] == [b"page1", b"page2"]
    assert small.asked[0]["QUERY_STRING"] == query


def test_scheme_counts_and_is_believed_from_a_proxy_of_ours_alone(clock, settings):
    site = PageCache(Small("page"), MEGABYTE)
    said = {"HTTP_X_FORWARDED_PROTO": "https"}
    assert [ask(site, ABOUT, **about).body for about in ({}, said)] == [b"page1", b"page1"]
    assert ask(site, ABOUT, **{"wsgi.url_scheme": "https"}).body == b"page2"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    asked._key.cache_clear()
    asked.place_of.cache_clear()
    asked._proxy_header.cache_clear()
    assert [ask(site, ABOUT, **about).body for about in (said, {})] == [b"page2", b"page1"]


@pytest.mark.parametrize(("said", "scheme"), [({}, "https"), ({"HTTP_X_FORWARDED_PROTO": "http"}, "http")])
def test_connection_counts_where_the_proxy_says_nothing_and_only_there(clock, settings, said, scheme):
    """As Django sees it."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    key = asked.key_of(environ(ABOUT, **{"wsgi.url_scheme": "https"}, **said))
    assert key.scheme == scheme == WSGIRequest(environ(ABOUT, **{"wsgi.url_scheme": "https"}, **said)).scheme


def test_hosts_of_ours_do_not_share_a_page(clock, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    site = PageCache(Small("page"), MEGABYTE)
    hosts = ("one.example", "two.example", "one.example")
    assert [ask(site, ABOUT, HTTP_HOST=host).body for host in hosts] == [b"page1", b"page2", b"page1"]


@pytest.mark.parametrize("host", ["One.Example", "one.example:8000", "one.example:1"])
def test_port_and_capitals_of_a_host_make_no_other_page(clock, settings, host):
    settings.ALLOWED_HOSTS = ["one.example"]
    small = Small("page")
    site = PageCache(small, MEGABYTE)
    assert [ask(site, ABOUT, HTTP_HOST=each).body for each in (host, "one.example")] == [b"page1", b"page1"]
    assert small.asked[0]["HTTP_HOST"] == "one.example"


def test_head_is_answered_without_the_page_and_fills_the_memory(clock):
    small = Small("page")
    site = PageCache(small, MEGABYTE)
    head, get = ask(site, ABOUT, REQUEST_METHOD="HEAD"), ask(site, ABOUT)
    assert (head.status, head.body, head.headers) == (200, b"", get.headers)
    assert len(small.asked) == 1


def test_packed_copy_and_304_come_from_the_same_page(clock):
    small = Small("page " * 100)
    site = PageCache(small, MEGABYTE)
    packed = ask(site, ABOUT, HTTP_ACCEPT_ENCODING="gzip, br")
    assert brotli.decompress(packed.body) == ask(site, ABOUT).body
    known = ask(site, ABOUT, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=packed.headers["ETag"])
    assert (known.status, known.body, len(small.asked)) == (304, b"", 1)


def test_addresses_that_are_made_up_do_not_push_pages_out(clock):
    site = PageCache(Small("page"), 200_000)
    ask(site, ABOUT)
    for number in range(100):
        ask(site, f"/workshops/?area=made-up-{number}")
    assert ask(site, ABOUT).body == b"page1"
    assert site.asked.size <= 50_000
    assert 1 < len(site.asked) < 100


def test_page_is_made_once_for_many_who_ask_at_once(clock):
    small, go = Small("page"), Event()

    def slow(about, start_response):
        go.wait(10)
        return small(about, start_response)

    site = PageCache(slow, MEGABYTE)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(ask, site, ABOUT) for _ in range(8)]
        go.set()
        assert [each.result().body for each in waiting] == [b"page1"] * 8
    assert len(small.asked) == 1


def test_failure_of_django_is_handed_on_and_nobody_waits_for_it(clock):
    def broken(about, start_response):
        raise RuntimeError

    site = PageCache(broken, MEGABYTE)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            ask(site, ABOUT)
    site.django = Small("page")
    assert ask(site, ABOUT).body == b"page1"


def test_what_others_may_not_keep_is_not_kept_here_either(clock):
    site = PageCache(Small("x", Cache_Control="no-store"), MEGABYTE)
    assert [ask(site, ABOUT).body for _ in range(2)] == [b"x1", b"x2"]
