"""The staff site in a real browser."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests import factories

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}


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


def faults_of(page: Any, address: str, **options: Any) -> list[str]:
    """What the browser complains about while it opens a page, and which rules of accessibility the page breaks."""
    page.complaints.clear()
    page.goto(page.base + address)
    page.wait_for_function("!document.querySelector('.markdownx') || document.querySelector('.add-picture')")
    found = list(page.complaints)  # before axe puts its own styles into the page
    if address.startswith("/admin/auth/"):
        return found  # Django's own: its box for choosing rights gives names to elements that take none
    violations = Axe().run(page, options=RULES | options).response["violations"]
    return found + [
        f"{violation['id']}: {node['html'][:200]}" for violation in violations for node in violation["nodes"]
    ]


def is_wider_than_the_window(page: Any, address: str) -> bool:
    page.goto(page.base + address)
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
