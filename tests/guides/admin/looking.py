"""What is wrong with a page of the staff site, in a real browser."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}


def faults_of(page: Page, address: str, **options: Any) -> list[str]:
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
