"""Whatever staff send, to any form or list of theirs: an answer, never an error of the site."""

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse
from hypothesis import given

from tests import factories
from tests.access.rows import Rows, walk
from tests.access.table import LISTS, TABLE
from tests.bookings.admin.conftest import NOW
from tests.fuzz.typed import FEW, send, spoiled
from tests.guides.admin.posting import desk, fields_of
from tests.staff.people import make_roles

pytestmark = pytest.mark.django_db
WRITTEN = sorted(name for name, acts in LISTS.items() if "change" in acts)
ACTS = ["admin:bookings_book", "admin:bookings_my_hours", "admin:auth_user_password_change"] + [
    page
    for page in TABLE
    if page.startswith(("admin:bookings_booking_", "admin:workshops_workshopdate_"))
    and page.rpartition("_")[2]
    in {"tried", "outcome", "move", "swap", "link", "correct", "copies", "cancel", "message"}
]
LISTED = {
    "q": "x",
    "o": "1.-2",
    "p": "1",
    "all": "",
    "e": "1",
    "when": "past",
    "status": "all",
    "date": "1",
    "kind": "x",
    "stuck": "yes",
    "review": "due",
    "id__exact": "1",
    "topic__id__exact": "1",
    "created_at__gte": "2026-01-01",
    "action_time__gte": "2026-01-01",
    "starts_at__year": "2026",
    "starts_at__month": "12",
    "_popup": "1",
    "nation__exact": "England",
    "link_checked_on__isempty": "1",
    "user__id__exact": "1",
    "month": "2026-12-01",
}


@pytest.fixture
def rows(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        make_roles()
        owner = factories.staff(is_superuser=True)
        client.force_login(owner)
        yield Rows(adviser=owner, others=[])


def form_at(client, address):
    """What a browser would send from there; read once, then spoiled many times."""
    return fields_of(client.get(address)) | {"_save": "Save"}


def send_spoiled(client, address, fields):
    @FEW
    @given(fields=spoiled(fields))
    def send_each(fields):
        send(client, address, fields)

    send_each()


@pytest.mark.parametrize("model", WRITTEN)
def test_row_is_changed_and_added_with_whatever_is_sent(client, rows, model):
    row = rows.of_lists[model]
    change, add = desk(row), desk(type(row), "add")
    fields = form_at(client, change)
    send_spoiled(client, change, fields)
    send_spoiled(client, add, fields | form_at(client, add))


@pytest.mark.parametrize("act", ACTS)
def test_act_takes_whatever_is_sent(client, rows, act):
    address = rows.address(act, walk()[act])
    more = {"tries": "0", "version": "1", "seen": "0", "send": "", "edit": "", "start": "2026-12-02T10:00Z"}
    send_spoiled(client, address, more | form_at(client, address))


@pytest.mark.parametrize("model", sorted(LISTS))
@FEW
@given(fields=spoiled(LISTED))
def test_list_takes_whatever_stands_in_its_address(client, rows, model, fields):
    address = reverse(f"admin:{model.replace('.', '_')}_changelist")
    send(client, address, fields, "get")


@pytest.mark.parametrize("model", sorted(LISTS))
def test_list_takes_whatever_action_is_sent(client, rows, model):
    found = next(each for kind, each in admin.site._registry.items() if kind._meta.label_lower == model)
    address = reverse(f"admin:{model.replace('.', '_')}_changelist")
    for name in (name for name in (found.actions or ()) if isinstance(name, str)):
        send_spoiled(client, address, {"action": name, "_selected_action": [rows.of_lists[model].pk], "yes": "1"})
