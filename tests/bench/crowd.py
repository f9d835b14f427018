"""Very many people who send a form to the site's real server at the same moment."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import connection, connections

from tests.bench.server import GUNICORN, served
from tests.races.visitor import Visitor, at_once

Form = tuple[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """``seconds``: how long each waited for the answer, the page that it leads to included, in order."""

    whole: float
    seconds: Sequence[float]
    errors: int

    @property
    def a_second(self) -> float:
        return len(self.seconds) / self.whole

    @property
    def waiting(self) -> str:
        """The median, and what one in a hundred waits longer than."""
        number = len(self.seconds)
        return f"{self.seconds[number // 2]:.2f} s, {self.seconds[int(number * 0.99)]:.2f} s"


def sent_at_once(forms: Sequence[Form]) -> Found:
    """``forms``: the path of a page for each person, and what they type there. All have it open before one sends."""
    variables = {
        "DATABASE_URL": address_of_database(),
        # With the static files that were collected there.
        "DATA_DIR": str(settings.DATA_DIR),
        "MODE": "production",
        "SECRET_KEY": "only for this measurement",
        "ALLOWED_HOSTS": "127.0.0.1",
        "CALLS_AN_HOUR": "100000",
        "SIGN_UPS_AN_HOUR": "100000",
        "FORM_FASTEST_SECONDS": "0",
    }
    connections.close_all()
    with served(*GUNICORN, **variables) as site:
        people = [(Visitor(site), path, typed) for path, typed in forms]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda person: person[0].get(person[1]), people))
        start = time.perf_counter()
        answers = at_once([partial(_sent, *person) for person in people])
        whole = time.perf_counter() - start
    return Found(whole, sorted(seconds for _, seconds in answers), sum(status != 200 for status, _ in answers))


def _sent(visitor: Visitor, path: str, typed: Mapping[str, str]) -> tuple[int, float]:
    start = time.perf_counter()
    answer = visitor.post(path, **typed)
    return answer.status, time.perf_counter() - start


def address_of_database() -> str:
    """As the server's settings want it: of the throw-away database that this process uses."""
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return f"postgres://{who}@{database['HOST']}:{database['PORT']}/{connection.settings_dict['NAME']}"
