"""What has to arrive before a phone can draw the first view of a page, byte for byte."""

import urllib.request
import zlib
from bisect import bisect_left

import brotli
from playwright.sync_api import Page

PHONE = {"width": 360, "height": 740}
OPTIONS = {"viewport": PHONE, "java_script_enabled": False, "reduced_motion": "reduce"}
# What a server may send before it hears from the browser: ten packets.
FIRST_ROUND = 14_336


class FirstView:
    """Of the page at ``address``, with all sizes as they are sent, without headers.

    ``page`` is new, and has OPTIONS. The page is shown cut off after so many bytes, and compared with how it looks in
    the end. ``styles`` are the bytes of the styles, all of which a browser waits for.
    """

    def __init__(self, page: Page, site: str, address: str) -> None:
        self.page, self.address = page, site + address
        self.packed, self.encoding = sent(self.address)
        self.in_the_end = self._drawn(self.packed)
        links = page.locator("link[rel=stylesheet]:not([media=print])").all()
        self.styles = sum(len(sent(site + (link.get_attribute("href") or ""))[0]) for link in links)

    def is_complete_after(self, size: int) -> bool:
        return self._drawn(self.packed[:size]) == self.in_the_end

    def needed(self) -> int:
        """The bytes of the page after which its first view is complete."""
        return bisect_left(range(len(self.packed)), True, key=self.is_complete_after)

    def _drawn(self, packed: bytes) -> bytes:
        html = opened(packed, self.encoding)
        answer = {"body": html, "content_type": "text/html; charset=utf-8"}
        self.page.route(self.address, lambda route: route.fulfill(**answer), times=1)
        self.page.goto(self.address)
        return self.page.screenshot()


def sent(address: str) -> tuple[bytes, str]:
    """What a browser of today is sent, and how it is packed."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip, br"})
    with urllib.request.urlopen(request) as answer:
        return answer.read(), answer.headers["Content-Encoding"]


def opened(packed: bytes, encoding: str) -> bytes:
    """As much as the bytes that have come hold."""
    if encoding == "br":
        return brotli.Decompressor().process(packed)
    return zlib.decompressobj(wbits=31).decompress(packed)
