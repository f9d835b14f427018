import logging
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.contrib.admin import AdminSite
from django.db import transaction
from django.template.backends.django import Template
from django.test import override_settings
from django.utils.safestring import SafeString

from tests.access.people import PEOPLE, Person
from tests.access.rows import Rows
from tests.bookings.admin.conftest import NOW
from tests.staff.people import ADVISER


@pytest.fixture(scope="module")
def rows_and_people(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Rows, dict[str, Person]]]:
    """Everything there is to ask for, and everybody who asks, made once for a whole file of tests.

    Pages are not written out, only decided on: that takes half the time. What they say others test.
    """
    logging.disable()
    no_page = mock.patch.object(Template, "render", return_value=SafeString(""))
    no_menu = mock.patch.object(AdminSite, "each_context", return_value={})
    in_production = override_settings(STAFF_TWO_FACTOR=True, METRICS_TOKEN="known to a program")
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(NOW, tick=False),
        no_page,
        no_menu,
        in_production,
    ):
        people = {name: Person.called(name) for name in PEOPLE}
        others = [each.account for name, each in people.items() if each.is_let_in and name != ADVISER]
        yield Rows(adviser=people[ADVISER].account, others=others), people
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
