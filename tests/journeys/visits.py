"""What a browser notices while somebody visits pages, and would not tell a test by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

PHONE = {"width": 360, "height": 740}
Visit = Callable[..., Page]
# Of ours, and what a page makes by itself.
OWN_SCHEMES = ("data:", "blob:", "about:")


class Noticed(list[str]):
    """Sentences about faults: what the console says, requests to others, requests that failed."""

    def __init__(self, site_url: str) -> None:
        super().__init__()
        self.site_url = site_url
        self.refused: set[str] = set()

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def expect_refusal(self, address: str) -> None:
        """The page at ``address``, with any query string, is not there or may not take what is sent."""
        self.refused.add(address)

    def _is_expected(self, address: str) -> bool:
        return address in self.refused or address.partition("?")[0] in self.refused

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not self._is_expected(message.location["url"]):
            self.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site_url}/", *OWN_SCHEMES)):
            self.append(f"request to others: {request.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left takes its unfinished requests with it.
        if request.failure != "net::ERR_ABORTED":
            self.append(f"request failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not self._is_expected(response.url):
            self.append(f"answer {response.status}: {response.url}")


@contextmanager
def visits(new_context: Callable[..., BrowserContext], site_url: str, missing: tuple[str, ...] = ()) -> Iterator[Visit]:
    """``visit("/guides/", width=1280)`` opens a page; other arguments are those of a browser context.

    ``refusing``: the path of a page that may answer that it does not take what is sent. ``missing``: paths that are
    not there.

    The test fails in the end if a page had an error, asked another host for anything, or missed a file.
    """
    noticed = Noticed(site_url)

    def visit(
        path: str, width: int = PHONE["width"], height: int = PHONE["height"], refusing: str = "", **options: Any
    ) -> Page:
        page = new_context(viewport={"width": width, "height": height}, **options).new_page()
        noticed.watch(page)
        if path in missing:
            noticed.expect_refusal(site_url + path)
        if refusing:
            noticed.expect_refusal(site_url + refusing)
        page.goto(site_url + path)
        return page

    yield visit
    assert noticed == []
