"""A date whose form comes back while its end of sign-up is left empty: that follows from the start, if there is one."""

import pytest

from tests import factories
from tests.guides.admin.posting import errors_of, save
from workshops.models import WorkshopDate

pytestmark = pytest.mark.django_db


def test_date_without_start_and_end_of_sign_up_is_shown_again(organiser):
    date = factories.sign_up().date
    empty = {f"{name}_{part}": "" for name in ("starts_at", "closes_at") for part in (0, 1)}
    response = save(organiser, date, **empty)
    assert (response.status_code, list(errors_of(response))) == (200, ["starts_at"])
    assert WorkshopDate.objects.get().closes_at == date.closes_at
