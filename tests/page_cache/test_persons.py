"""What is one person's is neither kept nor answered from memory. Django's place is taken by a tiny application."""

import pytest

from sendguide.page_cache.application import PageCache
from tests.page_cache.asking import Small, ask

MEGABYTE = 1024 * 1024
ABOUT = "/about/"


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
        {"HTTP_IF_UNMODIFIED_SINCE": "Thu, 01 Jan 1970 00:00:00 GMT"},
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
