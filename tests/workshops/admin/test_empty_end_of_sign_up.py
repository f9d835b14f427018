"""A date whose form comes back while its end of sign-up is left empty. It is filled in only when the date is saved."""

import pytest

from tests import factories
from tests.guides.admin.posting import errors_of, save
from workshops.models import WorkshopDate

pytestmark = pytest.mark.django_db


def test_date_with_a_fault_and_without_an_end_of_sign_up_is_shown_again(organiser):
    date = factories.sign_up().date
    response = save(organiser, date, closes_at_0="", closes_at_1="", capacity="many")
    assert (response.status_code, list(errors_of(response))) == (200, ["capacity"])
    assert WorkshopDate.objects.get().closes_at == date.closes_at
