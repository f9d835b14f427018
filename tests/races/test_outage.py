"""The real server on the real database, half of which dies while many people sign up."""

import os
import signal
import time

import pytest

from bookings.models import Booking
from guides.models import Council
from tests import factories
from tests.bookings.invariants import broken as broken_calls
from tests.races.booking_pages import free_starts
from tests.races.crowd import PEOPLE, Site, crowd
from tests.races.invariants import broken
from workshops.models import SignUp

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = 30


def test_killed_worker_under_load_costs_nobody_but_those_it_answered(hull: Council, production_site: Site):
    date = factories.workshop_date(capacity=PLACES, starts_at=factories.next_month())
    path = f"{date.get_absolute_url()}?area=hull"
    factories.adviser()
    with production_site.served() as server, crowd(production_site.address, path, free_starts()) as seen:
        server.wait_for(lambda: SignUp.objects.count() >= PEOPLE and Booking.objects.exists())
        killed = time.monotonic()
        os.kill(server.children[-1], signal.SIGKILL)
        time.sleep(3)
    # One more second, for it to die.
    outside = [each.status for each in seen if not each.met(killed, killed + 1)]
    assert set(outside) == {200}
    assert len(outside) > PEOPLE
    date.refresh_from_db()
    assert (date.taken, SignUp.objects.placed().count()) == (min(PLACES, SignUp.objects.count()),) * 2
    callers = set(Booking.objects.values_list("email", flat=True))
    told = {each.email for each in seen if each.email.startswith("family") and each.status == 200}
    assert told
    assert told <= callers
    assert (broken(), broken_calls()) == ([], [])
