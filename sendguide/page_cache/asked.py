"""What a request asks for, if it is one that may be answered with a kept page."""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve

from guides.views.http import Reads

Environ = dict[str, Any]

READING = frozenset({"GET", "HEAD"})
NO_BODY = frozenset({None, "", "0"})
LONGEST_PATH, LONGEST_QUERY, LONGEST_HOST, MOST_PARAMETERS = 300, 300, 260, 30
# Longer headers are not worth remembering.
LONGEST_ACCEPTED = 200
# Path, query, script name, host, scheme, the proxy's word on the scheme, encodings: as ``way_of`` finds them.
Way = tuple[str | None, ...]
# A request with one of these is Django's business.
FOR_DJANGO = frozenset({"HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_TRANSFER_ENCODING"})
# With one of these it wants a closer look.
SPECIAL = FOR_DJANGO | {"CONTENT_LENGTH", "HTTP_COOKIE", "HTTP_IF_NONE_MATCH"}


class Key(NamedTuple):
    """All that a page is made from. ``query`` holds what its view reads, in the view's order, each name once."""

    scheme: str
    host: str
    path: str
    query: str


def way_of(environ: Environ) -> Way | None:
    """A request of the most frequent kind as it came: two of the same way get the same page. None for all others."""
    if environ["REQUEST_METHOD"] != "GET" or not environ.keys().isdisjoint(SPECIAL):
        return None
    get = environ.get
    return (
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        get("SCRIPT_NAME"),
        get("HTTP_HOST"),
        environ["wsgi.url_scheme"],
        get(_proxy_header()),
        get("HTTP_ACCEPT_ENCODING"),
    )


def key_of(environ: Environ) -> Key | None:
    """None for what is Django's business: it is no public page, or it must not be answered with a kept one."""
    if environ["REQUEST_METHOD"] not in READING or _is_for_django(environ):
        return None
    path: str = environ["PATH_INFO"]
    query: str = environ["QUERY_STRING"]
    host: str = environ.get("HTTP_HOST", "")
    forwarded: str | None = environ.get(_proxy_header())
    if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY or len(host) + len(forwarded or "") > LONGEST_HOST:
        return None
    return _key(path, query, host, environ["wsgi.url_scheme"], forwarded)


@lru_cache(maxsize=2000)
def _key(path: str, query: str, host: str, scheme: str, forwarded: str | None) -> Key | None:
    reads = reads_of(path)
    if reads is None:
        return None
    place, kept_query = place_of(host, scheme, forwarded), query_for(reads, query)
    return None if place is None or kept_query is None else Key(*place, path, kept_query)


def _is_for_django(environ: Environ) -> bool:
    cookie = environ.get("HTTP_COOKIE")
    if cookie and any(name in cookie for name in _our_cookies()):
        return True
    if environ.get("CONTENT_LENGTH") not in NO_BODY or environ.get("SCRIPT_NAME"):
        return True
    return not environ.keys().isdisjoint(FOR_DJANGO)


@lru_cache(maxsize=1)
def _our_cookies() -> tuple[str, ...]:
    """As they begin. Django keeps messages in one of their own."""
    return tuple(f"{name}=" for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"))


@lru_cache(maxsize=1)
def _proxy_header() -> str:
    """The header whose word on the scheme is believed."""
    return settings.SECURE_PROXY_SSL_HEADER[0] if settings.SECURE_PROXY_SSL_HEADER else ""


@lru_cache(maxsize=2000)
def reads_of(path: str) -> Reads | None:
    """What the page at ``path`` depends on, as its view says. None if it is not to be kept, or there is none."""
    try:
        view = resolve(path.encode("latin-1").decode()).func
    except (Resolver404, UnicodeError):
        return None
    reads: Reads | None = getattr(view, "reads", None)
    return reads


def from_memory_of(key: Key) -> Callable[..., str] | None:
    """What works the answer out, where only the headers are kept."""
    reads = reads_of(key.path)
    return reads.from_memory if reads else None


@lru_cache(maxsize=500)
def place_of(host: str, scheme: str, forwarded: str | None) -> tuple[str, str] | None:
    """How and where the visitor came, as Django sees it. None at a host that is not ours: Django says so.

    Without the port, which anybody can make up.
    """
    about = {"HTTP_HOST": host, "wsgi.url_scheme": scheme, "REQUEST_METHOD": "GET", "wsgi.input": BytesIO()}
    # Without the header Django goes by the connection, with an empty one it does not.
    if forwarded is not None:
        about[_proxy_header()] = forwarded
    request = WSGIRequest(about)
    try:
        return (request.scheme or scheme, split_domain_port(request.get_host())[0]) if host else None
    except DisallowedHost:
        return None


def query_for(reads: Reads, query: str) -> str | None:
    """What of ``query`` the page depends on. None for one that is made anew each time."""
    if not query:
        return ""
    if not query.isascii():
        return None
    try:
        given = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS))
    except ValueError:
        return None
    if not reads.never_with.isdisjoint(given):
        return None
    return urlencode([(name, given[name]) for name in reads.names if name in given])


def environ_for(key: Key, environ: Environ) -> Environ:
    """For Django: what ``key`` says, and nothing else of the visitor."""
    of_server = {name: value for name, value in environ.items() if name.startswith(("wsgi.", "SERVER_"))}
    of_proxy = {name: environ[name] for name in (_proxy_header(),) if name in environ}
    return {
        **of_server,
        **of_proxy,
        "HTTP_HOST": key.host,
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        # Django's own word for a connection without an address.
        "REMOTE_ADDR": "",
    }
