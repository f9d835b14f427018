from uuid import uuid4

import pytest

from bookings.actions import Wish
from bookings.forms.waiting import WaitingForm
from sendguide.guard.forms import signed_now
from tests import factories

pytestmark = pytest.mark.django_db


def filled_in(council=None, **fields) -> WaitingForm:
    values = {"email": "ann@example.org", "submission_id": str(uuid4()), "opened": signed_now()}
    return WaitingForm(values | fields, council=council)


@pytest.fixture(autouse=True)
def at_leisure(settings):
    settings.FORM_FASTEST_SECONDS = 0


def test_wish_is_made_of_what_was_typed_and_where_they_live():
    council, topic, same = factories.council(), factories.topic(slug="sleep"), uuid4()
    form = filled_in(council, topic="sleep", weekdays=["6", "0"], parts=["morning"], submission_id=str(same))
    assert form.is_valid()
    assert form.wish() == Wish(
        email="ann@example.org", topic=topic, council=council, weekdays=[6, 0], parts=["morning"], submission_id=same
    )


def test_nothing_but_the_address_must_be_said():
    form = filled_in()
    assert form.is_valid()
    wish = form.wish()
    assert (wish.topic, wish.council, wish.weekdays, wish.parts) == (None, None, [], [])


def test_spaces_around_an_address_are_no_mistake():
    form = filled_in(email="  ann@example.org ")
    assert (form.is_valid(), form.wish().email) == (True, "ann@example.org")


def test_all_days_and_all_parts_of_the_day_can_be_chosen():
    form = filled_in()
    days = [label for _, label in form.fields["weekdays"].choices]
    assert days == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert [label for _, label in form.fields["parts"].choices] == ["Mornings", "Afternoons", "Evenings, from 5pm"]
