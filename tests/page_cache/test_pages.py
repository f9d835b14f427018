"""Kept pages as browsers get them: whole, packed, or the word that they have it already."""

from collections.abc import Iterable

import pytest

from sendguide.page_cache.pages import Page, copies_of, is_known

HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "public, no-cache"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("Content-Length", "999"),
    ("ETag", 'W/"old"'),
    ("Vary", "Accept-Encoding"),
]
BODY = b"<p>Hello</p>" * 50
PAGE = Page(copies_of(BODY, '"tag"', HEADERS, None), "generation", made=1000, until=1060)


def answer(encoding: str, if_none_match: str = "") -> tuple[str, dict[str, str], Iterable[bytes]]:
    told: list[tuple[str, list[tuple[str, str]]]] = []
    body = PAGE.copies[encoding].answer(lambda *status_and_headers: told.append(status_and_headers), if_none_match)
    status, headers = told[0]
    assert len(dict(headers)) == len(headers)
    return status, dict(headers), body


def test_page_has_its_own_headers_and_those_of_the_copy():
    status, headers, body = answer("gzip")
    copy = PAGE.copies["gzip"]
    assert (status, body) == ("200 OK", [copy.body])
    assert headers == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "public, no-cache",
        "Content-Security-Policy": "default-src 'none'",
        "Vary": "Accept-Encoding",
        "ETag": 'W/"tag"',
        "Content-Length": str(len(copy.body)),
        "Content-Encoding": "gzip",
    }


def test_page_as_it_is_has_the_strong_tag_and_no_encoding():
    _, headers, body = answer("identity")
    assert (headers["ETag"], body) == ('"tag"', [BODY])
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("known", ['"tag"', 'W/"tag"', '"other", W/"tag"', "*"])
def test_page_that_is_known_is_not_sent_again(encoding, known):
    status, headers, body = answer(encoding, known)
    assert (status, body) == ("304 Not Modified", [])
    assert headers == {
        "Cache-Control": "public, no-cache",
        "Content-Security-Policy": "default-src 'none'",
        "Vary": "Accept-Encoding",
        "ETag": '"tag"' if encoding == "identity" else 'W/"tag"',
    }


def test_server_that_changes_the_headers_it_is_given_changes_no_other_answer():
    """It may, says PEP 3333."""
    for known in ("", '"tag"'):
        whole = answer("identity", known)
        PAGE.copies["identity"].answer(lambda status, headers: headers.clear(), known)
        assert answer("identity", known) == whole


@pytest.mark.parametrize("other", ['"other"', 'W/"other"', "tag", '"tag', ""])
def test_other_page_is_sent(other):
    assert answer("br", other)[0] == "200 OK"
    assert not is_known('"tag"', other)


@pytest.mark.parametrize(
    ("generation", "now", "fresh"),
    [
        ("generation", 1000, True),
        ("generation", 1059.9, True),
        ("generation", 1060, False),
        ("generation", 999.9, False),
        ("another", 1000, False),
        (None, 1000, False),
    ],
)
def test_page_is_true_for_its_time_and_its_generation(generation, now, fresh):
    assert PAGE.is_fresh(generation, now) is fresh


def test_same_page_is_not_packed_again():
    again = copies_of(BODY, '"tag"', HEADERS, PAGE)
    assert again["br"].body is PAGE.copies["br"].body
    other = copies_of(BODY + b"!", '"other"', HEADERS, PAGE)
    assert other["identity"].body == BODY + b"!"
    assert other["br"].body != PAGE.copies["br"].body
