"""Somebody with a browser of their own: real HTTP, cookies, and forms as the page gives them."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from threading import Barrier
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came in the end, after redirects: ``address`` is where."""

    status: int
    address: str
    body: str


@dataclass(slots=True)
class Visitor:
    site: str
    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))
    hidden: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """Opens the page and remembers the hidden fields of its form."""
        answer = self._open(Request(path if path.startswith(self.site) else self.site + path))
        self.hidden = dict(HIDDEN.findall(answer.body))
        return answer

    def post(self, path: str, **fields: str) -> Answer:
        """Sends the form that was opened last."""
        address = path if path.startswith(self.site) else self.site + path
        data = urlencode({**self.hidden, **fields}).encode()
        return self._open(Request(address, data=data, headers={"Origin": self.site}))

    def _open(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=60) as response:
                return Answer(response.status, response.url, response.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.url or "", error.read().decode())


def at_once(acts: list[Any]) -> list[Any]:
    """Calls all of ``acts`` at the same moment, a thread each, and gives what they return, in their order."""
    barrier = Barrier(len(acts))

    def call(act: Any) -> Any:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(call, acts))
