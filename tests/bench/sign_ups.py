"""Workshops: the programme with very many dates, and very many people who sign up at the same moment."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.models import Council
from tests import factories
from tests.bench.printing import figure, heading
from tests.bench.server import GUNICORN, served
from tests.races.invariants import broken
from tests.races.visitor import Answer, Visitor, at_once
from workshops.models import SignUp

PEOPLE = 200
PLACES = 50
DATES = 1000
RUNS = 20


def measure() -> None:
    _programme()
    _sign_ups()


def _programme() -> None:
    heading(f"Workshops: the programme with {DATES:,} dates")
    hull = Council.objects.get(slug="hull")
    workshops = [factories.workshop(reach="except", councils=[hull]) for _ in range(4)]
    for number in range(DATES):
        starts_at = factories.next_month() + timedelta(hours=number)
        factories.workshop_date(workshop=workshops[number % 4], starts_at=starts_at)
    visitor = Client(SERVER_NAME="127.0.0.1")
    for name, address in {"All areas": "/workshops/", "One area": "/workshops/?area=leeds"}.items():
        visitor.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(address).status_code == 200, address
        count, times = len(queries), []
        for _ in range(RUNS):
            start = time.perf_counter()
            visitor.get(address)
            times.append((time.perf_counter() - start) * 1000)
        figure(f"{name}: queries, median", f"{count}, {statistics.median(times):.0f} ms", "≤ 5 queries")


def _sign_ups() -> None:
    heading(f"Workshops: {PEOPLE} people sign up at the same moment for {PLACES} places ({connection.vendor})")
    date = factories.workshop_date(capacity=PLACES, starts_at=factories.next_month())
    path = f"{date.get_absolute_url()}?area=hull"
    variables = {
        "DATABASE_URL": address_of_database(),
        # With the static files that were collected there.
        "DATA_DIR": str(settings.DATA_DIR),
        "MODE": "production",
        "SECRET_KEY": "only for this measurement",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SIGN_UPS_AN_HOUR": "100000",
        "FORM_FASTEST_SECONDS": "0",
    }
    connections.close_all()
    with served(*GUNICORN, **variables) as site:
        visitors = [Visitor(site) for _ in range(PEOPLE)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda visitor: visitor.get(path), visitors))
        start = time.perf_counter()
        answers = at_once([partial(_signed_up, visitor, path, number) for number, visitor in enumerate(visitors)])
        whole = time.perf_counter() - start
    times = sorted(seconds for _, seconds in answers)
    errors = sum(answer.status != 200 for answer, _ in answers)
    figure("Sign-ups a second, page of one's own included", f"{PEOPLE / whole:.0f}")
    figure("Waiting for the answer: p50, p99", f"{times[PEOPLE // 2]:.2f} s, {times[int(PEOPLE * 0.99)]:.2f} s")
    figure("Errors; rules broken", f"{errors}; {len(broken())}", "0; 0")
    date.refresh_from_db()
    placed, waiting = (SignUp.objects.filter(date=date, status=each).count() for each in ("placed", "waiting"))
    figure("Places given, people waiting", f"{placed}, {waiting}", f"{PLACES}, {PEOPLE - PLACES}")


def _signed_up(visitor: Visitor, path: str, number: int) -> tuple[Answer, float]:
    start = time.perf_counter()
    answer = visitor.post(path, name="Ann", email=f"p{number}@example.org")
    return answer, time.perf_counter() - start


def address_of_database() -> str:
    """As the server's settings want it: of the throw-away database that this process uses."""
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return f"postgres://{who}@{database['HOST']}:{database['PORT']}/{connection.settings_dict['NAME']}"
