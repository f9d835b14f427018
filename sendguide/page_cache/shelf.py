from collections import OrderedDict
from threading import Lock

from sendguide.page_cache.asked import Key
from sendguide.page_cache.pages import Page


class Shelf:
    """Pages by their keys, at most ``most`` bytes of them: what nobody asked for the longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            self._drop(key)
            if page.size > self.most:
                return
            self._pages[key] = page
            self.size += page.size
            while self.size > self.most:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= page.size
