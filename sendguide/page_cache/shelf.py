from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import NamedTuple

from sendguide.page_cache.asked import Key
from sendguide.page_cache.pages import Copy, Page

# Beside the bytes of the pages: 3 MB if all are as long as they may be.
MOST_SHORTCUTS = 2000


class Shortcut(NamedTuple):
    """The ``page`` that stands on the shelf, and the one of its copies that is wanted."""

    page: Page
    copy: Copy


class Shelf:
    """Pages by their keys, at most ``most`` bytes of them: what nobody asked for the longest goes first.

    ``shortcuts`` lead to pages by whatever else the caller finds them by. To be read by anybody, never written to:
    ``shorten`` does that. All end when any page goes, so none leads to a page that is not here. Using one does not
    count as asking: a page that many ask for may go before its turn, and is made once more.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.shortcuts: dict[Hashable, Shortcut] = {}
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

    def shorten(self, way: Hashable, key: Key, shortcut: Shortcut) -> None:
        """From now on ``way`` leads to the page at ``key``, if it is still the same."""
        with self._lock:
            if self._pages.get(key) is shortcut.page:
                if len(self.shortcuts) >= MOST_SHORTCUTS:
                    self.shortcuts.clear()
                self.shortcuts[way] = shortcut

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= page.size
            self.shortcuts.clear()
