"""Two who save the page of one adviser at the same moment."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.db.models import QuerySet
from django.test import Client

from bookings.forms import hours
from bookings.models import Adviser
from guides.forms.unseen_changes import UnseenChangesForm
from tests import factories
from tests.guides.admin.posting import desk, fields_of
from tests.races.test_unguarded_calls import ONE_WRITER, Meeting, unlocked
from tests.races.visitor import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SAVED, TOLD = 302, 200


def two_save_at_once() -> Counter[int]:
    adviser = factories.adviser()
    return Counter(at_once([_saving(adviser, name) for name in ("Ann", "Bea")]))


def _saving(adviser: Adviser, name: str) -> Callable[[], int]:
    client = Client()
    client.force_login(factories.staff(is_superuser=True))
    fields = fields_of(client.get(desk(adviser))) | {"name": name}

    def save() -> int:
        try:
            return client.post(desk(adviser), fields).status_code
        finally:
            connections.close_all()

    return save


def test_later_of_two_is_told():
    assert two_save_at_once() == {SAVED: 1, TOLD: 1}


def test_without_the_lock_the_later_undoes_the_earlier_unseen(monkeypatch: pytest.MonkeyPatch):
    """Negative control. SQLite lets in one writer at a time and so hides it."""
    meeting, look = Meeting(), UnseenChangesForm._refuse_unseen_changes

    def look_and_meet(form: UnseenChangesForm) -> None:
        look(form)
        meeting.wait()

    def no_lock(rows: QuerySet, **_: Any) -> QuerySet:
        return rows

    monkeypatch.setattr(hours, "lock_advisers", unlocked)
    monkeypatch.setattr(QuerySet, "select_for_update", no_lock)
    monkeypatch.setattr(UnseenChangesForm, "_refuse_unseen_changes", look_and_meet)
    assert two_save_at_once() == ({SAVED: 1, TOLD: 1} if ONE_WRITER else {SAVED: 2})
