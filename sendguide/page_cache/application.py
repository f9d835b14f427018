from collections.abc import Iterable
from threading import Lock
from time import time
from urllib.parse import parse_qsl

from sendguide.freshness.generation import current
from sendguide.metrics import KEPT_PAGES, Tally
from sendguide.page_cache.asked import LONGEST_ACCEPTED, Environ, Key, Way, from_memory_of, key_of, way_of
from sendguide.page_cache.encodings import best_encoding
from sendguide.page_cache.making import Application, Made, make
from sendguide.page_cache.pages import Page, StartResponse
from sendguide.page_cache.shelf import Shelf, Shortcut

# A page is made by one of several who ask at once; the others wait for it, but not for one that takes long.
WAITING_SECONDS = 1.0
MAKERS = 64


class PageCache:
    """The WSGI application in front of ``django``. It may use ``most`` bytes in this process.

    Addresses with a query string have a quarter of them: whoever makes some up cannot push the pages out.
    """

    def __init__(self, django: Application, most: int) -> None:
        self.django = django
        self.plain, self.asked = Shelf(most * 3 // 4), Shelf(most // 4)
        self._kept = Tally(KEPT_PAGES)
        self._making = [Lock() for _ in range(MAKERS)]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        way = way_of(environ)
        shortcut = self.plain.shortcuts.get(way)
        # The time is read last: to know the generation may take a while.
        if shortcut is None or not shortcut.page.is_fresh(current(), now := time()):
            return self._looked_up(environ, start_response, way)
        self._kept.add(now)
        return shortcut.copy.answer(start_response)

    def _looked_up(self, environ: Environ, start_response: StartResponse, way: Way | None) -> Iterable[bytes]:
        key = key_of(environ)
        generation = current() if key else None
        if key is None or generation is None:
            return self.django(environ, start_response)
        from_memory = from_memory_of(key)
        kept_as = key._replace(query="") if from_memory else key
        page: Page | Made | None = self._fresh(kept_as, generation)
        if page is None:
            page = self._made(kept_as, environ)
        else:
            self._kept.add(time())
        parts: Iterable[bytes]
        if isinstance(page, Made):
            parts = page.answer(start_response)
        elif from_memory:
            parts = page.answer_with(from_memory(**dict(parse_qsl(key.query))).encode(), start_response)
        else:
            accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
            copy = page.copies[best_encoding(accepted)]
            if way is not None and not key.query and len(accepted) <= LONGEST_ACCEPTED:
                self.plain.shorten(way, key, Shortcut(page, copy))
            parts = copy.answer(start_response, environ.get("HTTP_IF_NONE_MATCH", ""))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else parts

    def shelf_for(self, key: Key) -> Shelf:
        return self.asked if key.query else self.plain

    def _fresh(self, key: Key, generation: str | None) -> Page | None:
        page = self.shelf_for(key).get(key)
        return page if page is not None and page.is_fresh(generation, time()) else None

    def _made(self, key: Key, environ: Environ) -> Page | Made:
        """What Django says, if it may not be kept; otherwise the page, kept from now on."""
        lock = self._making[hash(key) % MAKERS]
        is_ours = lock.acquire(timeout=WAITING_SECONDS)
        try:
            # Read before the page is made: a change in the meantime makes it old at once.
            generation = current()
            page = self._fresh(key, generation)
            if page is not None:
                return page
            made = make(self.django, key, environ, generation)
            if not made.may_be_kept(only_here=from_memory_of(key) is not None):
                return made
            shelf = self.shelf_for(key)
            page = made.page(generation or "", shelf.get(key))
            if generation is not None:
                shelf.put(key, page)
            return page
        finally:
            if is_ours:
                lock.release()
