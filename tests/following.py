"""From page to page in a browser: whatever a test reads next is of the new page, and all of that has come.

Playwright's click ends when the new page begins to arrive, a key that is pressed waits for nothing. What reads at once
(``count``, ``evaluate``, the address, the database) would then see the old page, or half of the new one.
"""

from playwright.sync_api import Locator, Page


def follow(locator: Locator) -> None:
    """Click a link or button that leads to another page."""
    with locator.page.expect_navigation():
        locator.click()


def press_enter(page: Page) -> None:
    """On a link or button that has the focus and leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
