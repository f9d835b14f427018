from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from sendguide.page_cache import application, asked, making

NOW = datetime(2026, 12, 1, 9, 1, tzinfo=UTC)


class Clock:
    """The site's time and its generation. ``change``: when time changes pages by itself."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.traveller = traveller
        self.generation: str | None = "first"
        self.change = NOW + timedelta(hours=1)

    def shift(self, seconds: float) -> None:
        self.traveller.shift(seconds)


@pytest.fixture
def clock(monkeypatch):
    with time_machine.travel(NOW, tick=False) as traveller:
        made = Clock(traveller)
        monkeypatch.setattr(application, "current", lambda: made.generation)
        monkeypatch.setattr(making.LASTING, "until", lambda generation, now: made.change)
        yield made


@pytest.fixture(autouse=True)
def _settings_are_read_again():
    known = (asked._key, asked.place_of, asked._our_cookies, asked._proxy_header)
    for each in known:
        each.cache_clear()
    yield
    for each in known:
        each.cache_clear()
