"""People who sign up and who book calls, one after the other, over real HTTP, and the server that they come to."""

import socket
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.client import HTTPException
from pathlib import Path
from threading import Event
from typing import NamedTuple
from urllib.error import URLError

from tests.outbox.processes import Process, process
from tests.project.running import free_port
from tests.races.booking_pages import details, details_path
from tests.races.visitor import Answer, Visitor

PEOPLE, CALLERS = 14, 2
FREE_SECONDS = 60


class Seen(NamedTuple):
    """What one of them was told, and when. Status 0 is no answer at all; without a form there is no e-mail address."""

    asked: float
    answered: float
    status: int
    email: str

    def met(self, begin: float, end: float) -> bool:
        """Whether any of what happened from ``begin`` to ``end`` can have to do with this answer."""
        return self.asked <= end and self.answered >= begin


@dataclass(frozen=True, slots=True)
class Site:
    """Gunicorn with two workers, as in production. Its static files and its log are in ``folder``.

    Of several in one folder each has a ``name``. ``variables`` come before those that all have.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    name: str = "web"
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data_dir(self) -> Path:
        return self.folder / "web-data"

    def collect_static(self) -> None:
        with self._process("manage.py", "collectstatic", "--no-input") as collecting:
            assert collecting.popen.wait(240) == 0, collecting.output

    @contextmanager
    def served(self, application: str = "sendguide.wsgi") -> Iterator[Process]:
        wait_until_free(self.port)
        with self._process("-m", "gunicorn", "-c", "python:sendguide.gunicorn", application) as server:
            server.wait_for(lambda: answers(f"{self.address}/healthz"))
            yield server

    def _process(self, *arguments: str) -> AbstractContextManager[Process]:
        variables = {
            "MODE": "production",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": self.address,
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            "SIGN_UPS_AN_HOUR": "100000",
            "CALLS_AN_HOUR": "100000",
            "FORM_FASTEST_SECONDS": "0",
            "DATA_DIR": str(self.data_dir),
        }
        return process(self.folder / f"{self.name}.log", *arguments, **variables | self.variables)


def wait_until_free(port: int) -> None:
    """The workers of a server that was killed answer for another second."""
    end = time.monotonic() + FREE_SECONDS
    while is_listened_to(port):
        assert time.monotonic() < end, f"Somebody else listens to port {port}"
        time.sleep(0.05)


def is_listened_to(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        return True
    return True


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (URLError, OSError, HTTPException):
        return False


@contextmanager
def crowd(site: str, path: str, starts: Iterable[datetime]) -> Iterator[list[Seen]]:
    """For the block, people sign up and callers book calls at ``starts``, each time once.

    After it the list holds what everybody was told.
    """
    seen: list[Seen] = []
    stop = Event()
    calls = list(enumerate(starts))
    with ThreadPoolExecutor(PEOPLE + CALLERS) as pool:
        people = [pool.submit(sign_up_until_told, site, path, f"p{number}", stop) for number in range(PEOPLE)]
        people += [pool.submit(book_until_told, site, calls[number::CALLERS], stop) for number in range(CALLERS)]
        try:
            yield seen
        finally:
            stop.set()
        for person in people:
            seen += person.result()


def sign_up_until_told(site: str, path: str, name: str, stop: Event) -> list[Seen]:
    found, number = [], 0
    while not stop.is_set():
        visitor, number = Visitor(site), number + 1
        found.append(ask(partial(visitor.get, path)))
        if found[-1].status == 200:
            email = f"{name}-{number}@example.org"
            found.append(ask(partial(visitor.post, path, name="Ann", email=email), email))
        if found[-1].status != 200:
            # Nobody tries again at once.
            time.sleep(0.2)
    return found


def book_until_told(site: str, calls: list[tuple[int, datetime]], stop: Event) -> list[Seen]:
    found: list[Seen] = []
    for number, start in calls:
        if stop.is_set():
            break
        visitor, path, typed = Visitor(site), details_path(start), details(number)
        found.append(ask(partial(visitor.get, path)))
        if found[-1].status == 200:
            found.append(ask(partial(visitor.post, path, **typed), typed["email"]))
        # Fewer than those who sign up: there are only so many times.
        time.sleep(0.2)
    return found


def ask(request: Callable[[], Answer], email: str = "") -> Seen:
    asked = time.monotonic()
    try:
        status = request().status
    except (URLError, OSError, HTTPException):
        status = 0
    return Seen(asked, time.monotonic(), status, email)
