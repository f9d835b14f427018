"""A page that is kept, and how it is answered with."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.http import parse_etags

from sendguide.page_cache.encodings import ENCODINGS, IDENTITY, packed

Headers = list[tuple[str, str]]
StartResponse = Callable[..., object]

# Names that belong to a copy, or to the request for which the page was made: not to the page.
OF_A_COPY = frozenset({"content-length", "content-encoding", "etag", "vary", "x-request-id"})
NOT_OF_NO_COPY = frozenset({"Content-Type", "Content-Language", "Content-Length", "Content-Encoding"})
# What a page takes beside its bytes: objects and headers.
OVERHEAD = 6_000


@dataclass(frozen=True, slots=True)
class Copy:
    """One encoding of a page, ready to be sent. ``known``: the headers for a browser that has it already."""

    body: bytes
    etag: str
    headers: Headers
    known: Headers

    def answer(self, start_response: StartResponse, if_none_match: str = "") -> list[bytes]:
        # A list each time: a server may change the one that it is given (PEP 3333).
        if if_none_match and is_known(self.etag, if_none_match):
            start_response("304 Not Modified", [*self.known])
            return []
        start_response("200 OK", [*self.headers])
        return [self.body]


@dataclass(frozen=True, slots=True)
class Page:
    """``made`` and ``until`` are seconds since 1970: from when until when it is true, while ``generation`` lasts."""

    copies: dict[str, Copy]
    generation: str
    made: float
    until: float

    def is_fresh(self, generation: str | None, now: float) -> bool:
        """``generation``: the one of now, None while nobody can say."""
        return self.generation == generation and self.made <= now < self.until

    @property
    def size(self) -> int:
        return OVERHEAD + sum(len(copy.body) for copy in self.copies.values())

    def answer_with(self, body: bytes, start_response: StartResponse) -> list[bytes]:
        """Another ``body``, too small to be packed, with the headers of this page."""
        headers = [(name, value) for name, value in self.copies[IDENTITY].headers if name.lower() not in OF_A_COPY]
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [body]


def is_known(etag: str, if_none_match: str) -> bool:
    """Compared as If-None-Match wants it: whether "W/" stands before them makes no difference."""
    if etag == if_none_match:
        return True
    given = parse_etags(if_none_match)
    return given == ["*"] or etag.removeprefix("W/") in {each.removeprefix("W/") for each in given}


def copies_of(body: bytes, etag: str, headers: Headers, before: Page | None) -> dict[str, Copy]:
    """``etag`` is the strong one of the body itself. What ``before`` has of the same body is not packed again."""
    kept = [(name, value) for name, value in headers if name.lower() not in OF_A_COPY]
    is_same = before is not None and before.copies[IDENTITY].body == body
    bodies = {name: before.copies[name].body for name in ENCODINGS} if before and is_same else packed(body)
    return {name: _copy(name, packed_body, etag, kept) for name, packed_body in bodies.items()}


def _copy(encoding: str, body: bytes, etag: str, headers: Headers) -> Copy:
    # As Django's GZipMiddleware does it: a packed copy means the same, and is not the same bytes.
    tag = etag if encoding == IDENTITY else f"W/{etag}"
    about = [*headers, ("Vary", "Accept-Encoding"), ("ETag", tag), ("Content-Length", str(len(body)))]
    if encoding != IDENTITY:
        about.append(("Content-Encoding", encoding))
    return Copy(body, tag, about, [(name, value) for name, value in about if name not in NOT_OF_NO_COPY])
