"""The end of sign-up: left empty it follows from the start, if there is one; in the past it closes an open date."""

from datetime import timedelta

import pytest

from tests import factories
from tests.guides.admin.posting import errors_of, messages_of, save
from tests.workshops.admin.conftest import NOW
from workshops.models import WorkshopDate

pytestmark = pytest.mark.django_db
CLOSED = "Sign-up for this date is closed from now on"
PAST = {"closes_at_0": "01/12/2026", "closes_at_1": "8am"}


def test_date_without_start_and_end_of_sign_up_is_shown_again(organiser):
    date = factories.sign_up().date
    empty = {f"{name}_{part}": "" for name in ("starts_at", "closes_at") for part in (0, 1)}
    response = save(organiser, date, **empty)
    assert (response.status_code, list(errors_of(response))) == (200, ["starts_at"])
    assert WorkshopDate.objects.get().closes_at == date.closes_at


def test_end_that_has_passed_is_pointed_out_once(organiser):
    date = factories.workshop_date()
    assert CLOSED not in " ".join(messages_of(save(organiser, date, leader="Sam")))
    assert f"{CLOSED}: {date}." in messages_of(save(organiser, date, **PAST))
    assert WorkshopDate.objects.get().closes_at == NOW - timedelta(hours=1)
    assert CLOSED not in " ".join(messages_of(save(organiser, date, leader="Kit")))


@pytest.mark.parametrize(("status", "told"), [("open", True), ("draft", False)])
def test_end_of_a_new_date_that_has_passed_is_pointed_out_if_it_is_open(organiser, status, told):
    begins = {"starts_at_0": "10/12/2026", "starts_at_1": "7pm", "ends_at_0": "10/12/2026", "ends_at_1": "8pm"}
    response = save(
        organiser, WorkshopDate, workshop=factories.workshop().pk, capacity="10", status=status, **begins, **PAST
    )
    assert errors_of(response) == {}
    assert (CLOSED in " ".join(messages_of(response))) is told
