import pytest


@pytest.fixture
def two_factor(settings, db):
    settings.STAFF_TWO_FACTOR = True
