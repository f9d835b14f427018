"""The search for a canary finds it wherever it is, and nothing where it is not."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests import factories
from tests.privacy.canary import places_of
from tests.privacy.people.models import Guest, Stay


@pytest.mark.django_db
def test_canary_is_found_in_text_json_history_and_session():
    stay = Stay.objects.create(ends_at=datetime(2026, 12, 1, tzinfo=UTC))
    Guest.objects.create(stay=stay, name="Mrs CANARY7 Smith", details={"needs": ["xcanary7x"]})
    factories.page(summary="About canary7.")
    session = SessionStore()
    session["seen"] = {"canary7": "x" * 500}
    session.save()
    assert places_of("Canary7") == [
        "django_session.session_data",
        "guides_historicalsitepage.summary",
        "guides_sitepage.summary",
        "people_guest.details",
        "people_guest.name",
        "people_historicalguest.details",
        "people_historicalguest.name",
    ]


@pytest.mark.django_db
def test_canary_that_flew_is_found_nowhere():
    factories.page(summary="About canary8.")
    assert places_of("canary7") == []


@pytest.mark.parametrize("canary", ["two words", "100%", "é", ""])
def test_canary_that_could_be_missed_is_refused(canary):
    with pytest.raises(ValueError, match="letters and digits only"):
        places_of(canary)
