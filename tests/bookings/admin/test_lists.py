"""What may stand in the addresses of the lists: what their filters make, and nothing else."""

import re
from html import unescape

import pytest

from bookings.models import Adviser, Booking, WaitingEntry
from tests import factories
from tests.guides.admin.posting import desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "lookup", "value"),
    [
        (Booking, "starts_at__gte", "9999-12-31T23:59:59-12:00"),
        (Booking, "starts_at__gte", "0001-01-01T00:00:00+12:00"),
        (Booking, "access_needs__contains", "x"),
        (Booking, "phone__startswith", "+4477"),
        (Booking, "adviser__id__exact", "9" * 30),
        (Booking, "status__exact", "\0"),
        (Booking, "when", "\0"),
        (WaitingEntry, "created_at__gte", "9999-12-31T23:59:59-12:00"),
        (WaitingEntry, "weekdays__contains", "1"),
        (WaitingEntry, "status", "\0"),
        (WaitingEntry, "topic__id__exact", "x"),
        (Adviser, "nations__contains", "x"),
        (Adviser, "user__password__startswith", "p"),
        (Adviser, "time_off__ends_at__lt", "9999-12-31T23:59:59-12:00"),
        (Adviser, "nation__exact", "Mars"),
    ],
)
def test_address_that_no_filter_makes_is_refused(manager, model, lookup, value):
    assert manager.get(desk(model, "changelist"), {lookup: value}).status_code == 400


@pytest.mark.parametrize(("model", "number"), [(Booking, 16), (WaitingEntry, 8), (Adviser, 7)])
def test_every_filter_that_is_offered_leads_to_a_list(manager, model, number):
    for is_taking in (True, False):
        topic = factories.topic()
        factories.booking(topic=topic, adviser=factories.adviser(is_taking_calls=is_taking, nation="Wales"))
        factories.waiting_entry(topic=topic)
    address = desk(model, "changelist")
    page = manager.get(address).content.decode().partition('id="changelist-filter"')[2]
    links = {unescape(link) for link in re.findall(r'href="(\?[^"]+)"', page)}
    assert {link: manager.get(address + link).status_code for link in links} == dict.fromkeys(links, 200)
    assert len(links) >= number
