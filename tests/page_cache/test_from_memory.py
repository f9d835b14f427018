"""Suggestions: Django is asked for the headers, and what is typed stays with this process."""

import pytest
from django.core.wsgi import get_wsgi_application

from guides.search.fresh import KEEPER, Keeper
from sendguide.page_cache.application import PageCache
from tests import factories
from tests.page_cache.asking import Small, ask

MEGABYTE = 1024 * 1024
SUGGESTIONS = "/search/suggestions/"


@pytest.fixture(autouse=True)
def _nothing_read_so_far(monkeypatch):
    monkeypatch.setattr(KEEPER, "last_suggestions", Keeper().last_suggestions)


@pytest.fixture
def site(clock):
    """Its Django counts how often it is asked, and with what."""
    return PageCache(Small("nothing", Cache_Control="no-store", X_Robots_Tag="noindex", ETag='"1"'), MEGABYTE)


def asked_with(site):
    return [about["QUERY_STRING"] for about in site.django.asked]


def test_django_is_asked_once_and_never_told_what_was_typed(site):
    answers = [ask(site, f"{SUGGESTIONS}?q={typed}") for typed in ("qu", "quo", "qu", "%26x=1&")]
    assert asked_with(site) == [""]
    assert [answer.body for answer in answers] == [b""] * 4
    assert answers[0].headers == {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Content-Length": "0"}


def test_django_is_asked_again_after_a_change(site, clock):
    ask(site, f"{SUGGESTIONS}?q=qu")
    clock.generation = "second"
    ask(site, f"{SUGGESTIONS}?q=qu")
    assert asked_with(site) == ["", ""]


def test_django_answers_itself_while_nobody_can_say_whether_something_changed(site, clock):
    clock.generation = None
    assert ask(site, f"{SUGGESTIONS}?q=qu").body == b"nothing1"
    assert asked_with(site) == ["q=qu"]


def test_error_of_django_is_handed_on(clock):
    site = PageCache(Small("broken", status="500 Internal Server Error"), MEGABYTE)
    assert [ask(site, f"{SUGGESTIONS}?q=qu").status for _ in range(2)] == [500, 500]


@pytest.mark.django_db(transaction=True)
def test_answer_from_memory_is_that_of_the_view(clock):
    factories.guide(title="Quokkas & others")
    site = PageCache(get_wsgi_application(), MEGABYTE)
    answer = ask(site, f"{SUGGESTIONS}?q=Quo")
    # A session cookie makes a request personal: Django answers it.
    by_django = ask(site, f"{SUGGESTIONS}?q=Quo", HTTP_COOKIE="sessionid=x")
    assert b"Quokkas &amp; others" in answer.body
    assert (answer.status, answer.body) == (200, by_django.body)
    for name in ("Content-Type", "Content-Length", "Cache-Control", "Referrer-Policy", "Content-Security-Policy"):
        assert answer.headers[name] == by_django.headers[name], name


@pytest.mark.django_db(transaction=True)
def test_head_has_the_same_headers_and_no_body(clock):
    factories.guide(title="Quokkas")
    site = PageCache(get_wsgi_application(), MEGABYTE)
    whole = ask(site, f"{SUGGESTIONS}?q=Quo")
    head = ask(site, f"{SUGGESTIONS}?q=Quo", REQUEST_METHOD="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == whole.headers
    assert int(head.headers["Content-Length"]) == len(whole.body) > 0


@pytest.mark.django_db(transaction=True)
def test_what_is_published_is_suggested_once_the_generation_says_so(clock):
    site = PageCache(get_wsgi_application(), MEGABYTE)
    assert ask(site, f"{SUGGESTIONS}?q=quo").body == b""
    factories.guide(title="Quokkas")
    clock.generation = "second"
    assert b"Quokkas" in ask(site, f"{SUGGESTIONS}?q=quo").body
