"""What is still to be sent goes to the address that was corrected."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from sendguide.outbox.actions import readdress
from sendguide.outbox.models import QueuedEmail
from tests import factories

pytestmark = pytest.mark.django_db
OURS = {"kind": "tests.ours", "about": 7, "to": "wrong@family.example"}


def readdressed(right: str = "right@family.example") -> int:
    with transaction.atomic():
        return readdress(kinds=["tests.ours"], about=7, wrong="wrong@family.example", right=right)


def rows() -> list[tuple[str, str, str]]:
    return list(QueuedEmail.objects.order_by("pk").values_list("key", "to", "status"))


def sending() -> dict[str, object]:
    return {"status": "sending", "lease_until": timezone.now() + timedelta(minutes=5), "lease_token": uuid4()}


def test_what_waits_goes_to_the_right_address():
    factories.queued_email(key="one", **OURS)
    assert (readdressed(), rows()) == (1, [("one", "right@family.example", "waiting")])


@pytest.mark.parametrize(
    "other",
    [
        *({"kind": "tests.theirs"}, {"about": 8}, {"to": "else@family.example"}),
        {"status": "sent", "sent_at": timezone.now()},
    ],
    ids=["of another table", "about another row", "to another address", "sent"],
)
def test_everything_else_stays_as_it_is(other):
    factories.queued_email(key="one", **OURS | other)
    before = rows()
    assert (readdressed(), rows()) == (0, before)


def test_what_is_on_its_way_says_where_it_went_and_is_queued_for_the_right_address_too():
    factories.queued_email(key="one", details={"old": "10am"}, **OURS, **sending())
    assert readdressed() == 1
    assert rows() == [
        ("one", "wrong@family.example", "sending"),
        ("one:readdressed", "right@family.example", "waiting"),
    ]
    copy = QueuedEmail.objects.get(key="one:readdressed")
    assert (copy.kind, copy.about, copy.details) == ("tests.ours", 7, {"old": "10am"})


def test_what_a_worker_takes_at_the_same_moment_is_queued_for_the_right_address_too(monkeypatch):
    factories.queued_email(key="one", **OURS)
    filtered = QueuedEmail.objects.get_queryset().__class__.order_by

    def taken_after_the_look(rows, *names):
        found = list(filtered(rows, *names))
        QueuedEmail.objects.update(**sending())
        return found

    monkeypatch.setattr("sendguide.outbox.models.QueuedEmailQuerySet.order_by", taken_after_the_look)
    assert readdressed() == 1
    monkeypatch.undo()
    assert rows() == [
        ("one", "wrong@family.example", "sending"),
        ("one:readdressed", "right@family.example", "waiting"),
    ]


def test_without_a_right_address_nothing_that_waits_is_sent():
    factories.queued_email(key="one", **OURS)
    factories.queued_email(key="two", **OURS, **sending())
    assert readdressed("") == 1
    assert rows() == [("one", "wrong@family.example", "skipped"), ("two", "wrong@family.example", "sending")]
