"""Workshops: the programme with very many dates, and very many people who sign up at the same moment."""

import statistics
import time
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.models import Council
from tests import factories
from tests.bench.crowd import sent_at_once
from tests.bench.printing import figure, heading
from tests.races.invariants import broken
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
    forms = [(path, {"name": "Ann", "email": f"p{number}@example.org"}) for number in range(PEOPLE)]
    found = sent_at_once(forms)
    figure("Sign-ups a second, page of one's own included", f"{found.a_second:.0f}")
    figure("Waiting for the answer: p50, p99", found.waiting)
    figure("Errors; rules broken", f"{found.errors}; {len(broken())}", "0; 0")
    date.refresh_from_db()
    placed, waiting = (SignUp.objects.filter(date=date, status=each).count() for each in ("placed", "waiting"))
    figure("Places given, people waiting", f"{placed}, {waiting}", f"{PLACES}, {PEOPLE - PLACES}")
