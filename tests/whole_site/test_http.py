"""How public pages are answered: kept by browsers, asked about again, never written to."""

import gzip

import pytest

from tests.whole_site.page_types import PAGE_TYPES

MACHINES = {
    "feed": "/feed.xml",
    "robots": "/robots.txt",
    "site map": "/sitemap.xml",
    "security": "/.well-known/security.txt",
}
# Where people type what is their own affair.
SEARCHES = {"search", "search results", "find a council"}
# A postcode is posted, so that it stands in no address; nothing is written there either.
TAKES_POST = {"find a council"}
KEPT = {name: address for name, address in {**PAGE_TYPES, **MACHINES}.items() if name not in SEARCHES}


def every(addresses: dict[str, str]):
    return pytest.mark.parametrize("address", addresses.values(), ids=addresses.keys())


@every(KEPT)
def test_unchanged_page_is_not_sent_twice(visitor, address):
    first = visitor.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    again = visitor.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    other = visitor.get(address, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)


@every(PAGE_TYPES)
def test_page_is_sent_small(visitor, address):
    plain = visitor.get(address)
    packed = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


@every({name: address for name, address in PAGE_TYPES.items() if name not in SEARCHES})
def test_unchanged_page_is_not_sent_twice_when_packed(visitor, address):
    first = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    again = visitor.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@every({name: address for name, address in PAGE_TYPES.items() if name in SEARCHES})
def test_nobody_keeps_what_was_searched_for(visitor, address):
    response = visitor.get(address)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")
    assert "ETag" not in response


@every({**PAGE_TYPES, **MACHINES, "health": "/healthz", "readiness": "/readyz"})
def test_head_is_get_without_the_page(visitor, address):
    get, head = visitor.get(address), visitor.head(address)
    # HTTP allows to leave out what is worked out from the page, and Django leaves out its ETag. Requests have numbers.
    headers = {name: value for name, value in get.items() if name not in {"ETag", "X-Request-ID"}}
    told = {name: value for name, value in head.items() if name != "X-Request-ID"}
    assert (head.status_code, head.content, told) == (200, b"", headers)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@every(
    {**{name: page for name, page in PAGE_TYPES.items() if name not in TAKES_POST}, **MACHINES, "health": "/healthz"}
)
def test_public_pages_take_no_writes(visitor, address, method):
    response = getattr(visitor, method)(address)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@every({name: page for name, page in PAGE_TYPES.items() if name in TAKES_POST})
def test_form_takes_post_only(visitor, address, method):
    response = getattr(visitor, method)(address)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
