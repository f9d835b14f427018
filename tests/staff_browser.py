"""The staff site in a real browser."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.axe import CONTRAST_RULES, STAFF_RULES, know_the_rules, violations

WIDE = {"width": 1280, "height": 720}
PHONES = [{"width": 360, "height": 700}, {"width": 320, "height": 700}]
IS_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
NOTHING_MOVES = "Promise.all(document.getAnimations().map(each => each.finished)).then(() => true)"


def log_in(page: Page, address: str) -> None:
    """As somebody who may do everything. What the browser complains about is kept in ``page.complaints``."""
    client = Client()
    client.force_login(factories.staff(is_superuser=True))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.base = address
    know_the_rules(page)


def faults_of(page: Any, address: str, *, dark: bool = True) -> list[str]:
    """What is wrong with a page, which is loaded once and looked at wide and light, then narrow and dark.

    What the browser complains about, which rules of accessibility it breaks, whether it is wider than a phone. Without
    ``dark`` the colours of that are left out, for pages that are built like others.
    """
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.complaints.clear()
    page.goto(page.base + address)
    expect(page.locator(".markdownx:not(:has(.preview-text))")).to_have_count(0)
    found = list(page.complaints)  # before axe puts its own styles into the page
    # Of Django's own pages the box for choosing rights gives names to elements that take none.
    is_ours = not address.startswith("/admin/auth/group/")
    if is_ours:
        found += violations(page, STAFF_RULES)
    for size in (WIDE, *PHONES):
        page.set_viewport_size(size)
        if page.evaluate(IS_TOO_WIDE):
            found.append(f"wider than {size['width']} px")
    if is_ours and dark:
        page.emulate_media(color_scheme="dark")
        page.evaluate(NOTHING_MOVES)
        found += [f"dark, {fault}" for fault in violations(page, CONTRAST_RULES)]
    return found


def faults_of_all(page: Any, addresses: list[str]) -> dict[str, list[str]]:
    """By address; only of pages with faults."""
    return {address: faults for address in addresses if (faults := faults_of(page, address))}
