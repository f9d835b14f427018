"""What is answered from memory, and what never is. Django's place is taken by a tiny application."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import brotli
import pytest

from sendguide.page_cache import asked
from sendguide.page_cache.application import PageCache
from tests.page_cache.asking import Small, ask
from tests.page_cache.conftest import NOW

MEGABYTE = 1024 * 1024
ABOUT = "/about/"


@pytest.fixture(autouse=True)
def _settings_are_read_again():
    known = (asked.scheme_at, asked._our_cookies, asked._proxy_header)
    for each in known:
        each.cache_clear()
    yield
    for each in known:
        each.cache_clear()


def test_page_is_made_once_and_answered_with_as_long_as_nothing_changes(clock):
    small = Small("page")
    site = PageCache(small, MEGABYTE)
    first = ask(site, ABOUT)
    clock.shift(59)
    again = ask(site, ABOUT)
    assert (first.status, first.body, again.body) == (200, b"page1", b"page1")
    assert (first.headers["Age"], again.headers["Age"]) == ("0", "59")
    assert {**first.headers, "Age": "59"} == again.headers
    assert [parts.closed for parts in small.answers] == [True]


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
    "person",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "other=1; csrftoken=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"REQUEST_METHOD": "POST"},
        {"CONTENT_LENGTH": "5"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"HTTP_IF_MATCH": '"tag"'},
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_HOST": ""},
        {"SCRIPT_NAME": "/below"},
    ],
    ids=str,
)
def test_request_of_a_person_or_of_another_kind_goes_to_django_as_it_is_and_leaves_nothing(clock, settings, person):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    small = Small("page")
    site = PageCache(small, MEGABYTE)
    kept = ask(site, ABOUT).body
    assert ask(site, ABOUT, **person).body == b"page2"
    assert small.asked[1].items() >= person.items()
    assert ask(site, ABOUT).body == kept
    other = PageCache(Small("page"), MEGABYTE)
    ask(other, ABOUT, **person)
    assert len(other.plain) == 0


def test_cookie_of_somebody_else_is_no_matter(clock):
    site = PageCache(Small("page"), MEGABYTE)
    ask(site, ABOUT)
    assert ask(site, ABOUT, HTTP_COOKIE="_ga=1; consent=yes").body == b"page1"


def test_django_hears_nothing_of_the_visitor(clock):
    small = Small("page")
    visitor = {
        "HTTP_USER_AGENT": "canary",
        "HTTP_REFERER": "canary",
        "HTTP_ACCEPT_LANGUAGE": "canary",
        "HTTP_COOKIE": "canary=1",
        "HTTP_X_FORWARDED_FOR": "canary",
        "HTTP_IF_NONE_MATCH": '"canary"',
        "REMOTE_ADDR": "canary",
        "QUERY_STRING": "utm_source=canary",
        "REQUEST_METHOD": "HEAD",
        "HTTP_ACCEPT_ENCODING": "br",
    }
    ask(PageCache(small, MEGABYTE), ABOUT, **visitor)
    told = {name: value for name, value in small.asked[0].items() if not name.startswith("wsgi.")}
    assert told == {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": ABOUT,
        "QUERY_STRING": "",
        "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "",
    }


@pytest.mark.parametrize(
    "headers",
    [
        {"Set_Cookie": "a=b"},
        {"Vary": "Accept-Encoding, Cookie"},
        {"Vary": "*"},
        {"Cache_Control": "no-store"},
        {"Cache_Control": "private"},
        {"Cache_Control": "public, no-store"},
        {"Cache_Control": ""},
        {"Content_Encoding": "gzip"},
        {"body": '<input name="csrfmiddlewaretoken">'},
        *({"status": status} for status in ("404 Not Found", "301 Moved", "500 Oh", "503 Busy", "206 Part", "304 No")),
    ],
    ids=str,
)
def test_answer_that_is_not_for_everybody_is_given_as_it_is_and_not_kept(clock, headers):
    small = Small(**{"body": "page"} | headers)
    site = PageCache(small, MEGABYTE)
    answers = [ask(site, ABOUT) for _ in range(2)]
    assert [each.body for each in answers] == [f"{small.body}{number}".encode() for number in (1, 2)]
    assert answers[0].status == int(small.status[:3])
    assert answers[0].headers == {name: value for name, value in small.headers.items() if value}
    assert ask(site, ABOUT, REQUEST_METHOD="HEAD").body == b""
    assert (len(site.plain), len(site.asked)) == (0, 0)
    assert all(parts.closed for parts in small.answers)


@pytest.mark.parametrize(
    "address", ["/search/?q=x", "/healthz", "/admin/", "/workshops/sleep/dates/1/", "/no/such/page"]
)
def test_page_whose_view_does_not_say_so_is_never_kept(clock, address):
    small = Small("page")
    site = PageCache(small, MEGABYTE)
    assert [ask(site, address).body for _ in range(2)] == [b"page1", b"page2"]
    assert small.asked[0]["REMOTE_ADDR"] == "192.0.2.1"


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
    asked.scheme_at.cache_clear()
    asked._proxy_header.cache_clear()
    assert [ask(site, ABOUT, **about).body for about in (said, {})] == [b"page2", b"page1"]


def test_hosts_of_ours_do_not_share_a_page(clock, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    site = PageCache(Small("page"), MEGABYTE)
    hosts = ("one.example", "two.example", "one.example")
    assert [ask(site, ABOUT, HTTP_HOST=host).body for host in hosts] == [b"page1", b"page2", b"page1"]


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
