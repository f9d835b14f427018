"""Every page of a journey, looked at on the way: narrow and light, wide and dark."""

from playwright.sync_api import Page

from tests.journeys.axe import know_the_rules, violations
from tests.journeys.focus import unseen_stops
from tests.journeys.test_small_screens import TOO_SMALL, TOO_WIDE

NARROW, PHONE, DESK = (
    {"width": 320, "height": 640},
    {"width": 360, "height": 740},
    {"width": 1280, "height": 900},
)
OPEN_ALL = "document.querySelectorAll('main details').forEach(details => { details.open = true })"


class Looks(dict[str, list[str]]):
    """What was found, by the name of the page and how it was looked at.

    The page has to be opened without motion: colours change at once, otherwise axe would see them on their way.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        know_the_rules(page)

    def at(self, name: str) -> None:
        """Look at the page as it is now; what it keeps folded is opened."""
        self.page.evaluate(OPEN_ALL)
        self._look(f"{name}, wide and dark", DESK, "dark")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(PHONE)
        self._keep(f"{name}, on a phone", self._sizes())
        self._look(f"{name}, narrow", NARROW, "light")

    def _look(self, name: str, size: dict[str, int], scheme: str) -> None:
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size(size)
        self._keep(name, violations(self.page) + unseen_stops(self.page) + self._sizes())

    def _sizes(self) -> list[str]:
        return [fault for script in (TOO_WIDE, TOO_SMALL) for fault in self.page.evaluate(script)]

    def _keep(self, name: str, faults: list[str]) -> None:
        if faults:
            self[name] = faults
