"""Asking Django for a page, and whether what it answers may be kept."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import time

from django.db import Error

from sendguide.freshness.lasting import LASTING
from sendguide.page_cache.asked import Environ, Key, environ_for
from sendguide.page_cache.pages import Headers, Page, StartResponse, copies_of

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Behind the generation, should a change ever not be told.
MOST_SECONDS = 60
FORM_TOKEN = b"csrfmiddlewaretoken"
VARIES_BY = frozenset({"", "accept-encoding"})


@dataclass(frozen=True, slots=True)
class Made:
    """What Django answered. ``until``: when time changes it."""

    status: str
    headers: Headers
    body: bytes
    at: float
    until: float

    def may_be_kept(self, *, only_here: bool) -> bool:
        """The same for everybody, whole, and without anything that belongs to one person.

        ``only_here``: whatever it says to browsers and proxies.
        """
        values: dict[str, list[str]] = {}
        for name, value in self.headers:
            values.setdefault(name.lower(), []).append(value.lower())
        varies_by = {each.strip() for value in values.get("vary", []) for each in value.split(",")}
        directives = {each.strip() for value in values.get("cache-control", []) for each in value.split(",")}
        return (
            self.status.startswith("200 ")
            and "set-cookie" not in values
            and "content-encoding" not in values
            and varies_by <= VARIES_BY
            and (only_here or ("public" in directives and directives.isdisjoint({"no-store", "private"})))
            and FORM_TOKEN not in self.body
        )

    def answer(self, start_response: StartResponse) -> list[bytes]:
        start_response(self.status, self.headers)
        return [self.body]

    def page(self, generation: str, before: Page | None) -> Page:
        tags = [value for name, value in self.headers if name.lower() == "etag"]
        etag = tags[0].removeprefix("W/") if tags else f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'
        return Page(copies_of(self.body, etag, self.headers, before), generation, self.at, self.until)


def make(django: Application, key: Key, environ: Environ, generation: str | None) -> Made:
    """``generation``: the one before Django is asked, None if nobody can say."""
    told: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
        told[:] = [(status, headers)]

    at = time()
    parts = django(environ_for(key, environ), start_response)
    try:
        body = b"".join(parts)
        # Before the answer is closed, and the database's connection with it.
        until = at
        if generation is not None and told[0][0].startswith("200 "):
            until = min(at + MOST_SECONDS, _next_change(generation, at))
    finally:
        if close := getattr(parts, "close", None):
            close()
    status, headers = told[0]
    return Made(status, headers, body, at, until)


def _next_change(generation: str, at: float) -> float:
    try:
        return LASTING.until(generation, datetime.fromtimestamp(at, UTC)).timestamp()
    except Error:
        return at
