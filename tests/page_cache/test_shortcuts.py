"""The short way to a page that was asked for before: it may only ever be quicker than the long one."""

import pytest

from sendguide.page_cache.application import PageCache
from sendguide.page_cache.pages import Page, copies_of
from sendguide.page_cache.shelf import MOST_SHORTCUTS, Shelf, Shortcut
from tests.page_cache.asking import Answer, Small, ask
from tests.page_cache.test_application import ABOUT, MEGABYTE
from tests.page_cache.test_shelf import key

OTHER_REQUESTS = {
    "HEAD": {"REQUEST_METHOD": "HEAD"},
    "POST": {"REQUEST_METHOD": "POST"},
    "known": {"HTTP_IF_NONE_MATCH": "*"},
    "unchanged": {"HTTP_IF_MATCH": '"other"'},
    "since": {"HTTP_IF_UNMODIFIED_SINCE": "Thu, 01 Jan 1970 00:00:00 GMT"},
    "logged in": {"HTTP_COOKIE": "sessionid=x"},
    "another cookie": {"HTTP_COOKIE": "consent=x"},
    "authorised": {"HTTP_AUTHORIZATION": "Basic x"},
    "with a body": {"CONTENT_LENGTH": "3"},
    "with a body of unknown length": {"HTTP_TRANSFER_ENCODING": "chunked"},
    "elsewhere": {"SCRIPT_NAME": "/elsewhere"},
    "query": {"QUERY_STRING": "utm_source=x"},
    "query out of the ordinary": {"QUERY_STRING": "a=" + "x" * 400},
    "another page": {"PATH_INFO": "/contact/"},
    "no page": {"PATH_INFO": "/admin/"},
    "another host": {"HTTP_HOST": "two.example"},
    "no host of ours": {"HTTP_HOST": "three.example"},
    "another port": {"HTTP_HOST": "one.example:8000"},
    "without a host": {"HTTP_HOST": ""},
    "encrypted": {"wsgi.url_scheme": "https"},
    "encrypted, but a proxy says nothing": {"wsgi.url_scheme": "https", "HTTP_X_FORWARDED_PROTO": ""},
    "encrypted as a proxy says": {"HTTP_X_FORWARDED_PROTO": "https"},
    "packed": {"HTTP_ACCEPT_ENCODING": "br"},
    "packed otherwise": {"HTTP_ACCEPT_ENCODING": "gzip"},
}


@pytest.fixture
def hosts(settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def short_and_long(*requests: dict[str, str]) -> tuple[list[Answer], list[Answer]]:
    """Twice all answers to the same requests: as always, and from one that has no short ways."""
    site, without = PageCache(Small("page" * 50), MEGABYTE), PageCache(Small("page" * 50), MEGABYTE)
    without.plain.shorten = lambda *_: None
    answers = [
        [ask(each, ABOUT, **{"HTTP_HOST": "one.example"} | about) for about in requests] for each in (site, without)
    ]
    assert site.plain.shortcuts
    assert without.plain.shortcuts == {}
    return answers[0], answers[1]


@pytest.mark.parametrize("other", OTHER_REQUESTS.values(), ids=OTHER_REQUESTS)
def test_short_way_leads_to_the_same_answer_as_the_long_one(clock, hosts, other):
    short, long = short_and_long({}, {}, other, other, {}, other)
    assert short == long


def test_short_way_of_an_encrypted_request_is_another_where_no_proxy_speaks_for_it(clock, hosts, settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    encrypted = {"wsgi.url_scheme": "https"}
    short, long = short_and_long({}, {}, encrypted, encrypted, {})
    assert short == long


def test_way_is_short_from_the_second_time_on(clock, monkeypatch):
    site = PageCache(Small("page"), MEGABYTE)
    first = ask(site, ABOUT)
    monkeypatch.setattr(site, "_looked_up", None)
    assert ask(site, ABOUT) == first
    with pytest.raises(TypeError):
        ask(site, "/contact/")


def test_header_that_is_long_on_purpose_is_not_remembered(clock):
    site = PageCache(Small("page"), MEGABYTE)
    ask(site, ABOUT, HTTP_ACCEPT_ENCODING="gzip;" + "x" * 200)
    assert (len(site.plain), site.plain.shortcuts) == (1, {})


def page() -> Page:
    return Page(copies_of(b"", '"tag"', [], None), "generation", 0, 60)


def way_to(kept: Page) -> Shortcut:
    return Shortcut(kept, kept.copies["br"])


def test_no_way_leads_to_a_page_that_is_gone():
    shelf = Shelf(2 * page().size)
    first, second = page(), page()
    shelf.put(key("/a"), first)
    shelf.shorten("a", key("/a"), way_to(first))
    assert shelf.shortcuts == {"a": way_to(first)}
    shelf.put(key("/a"), second)
    assert shelf.shortcuts == {}
    shelf.shorten("a", key("/a"), way_to(first))
    assert shelf.shortcuts == {}
    shelf.shorten("a", key("/a"), way_to(second))
    for path in ("/b", "/c"):
        shelf.put(key(path), page())
    assert (shelf.get(key("/a")), shelf.shortcuts) == (None, {})


def test_ways_that_are_made_up_do_not_add_up():
    shelf, kept = Shelf(page().size), page()
    shelf.put(key("/a"), kept)
    for number in range(MOST_SHORTCUTS + 1):
        shelf.shorten(number, key("/a"), way_to(kept))
    assert shelf.shortcuts == {MOST_SHORTCUTS: way_to(kept)}
