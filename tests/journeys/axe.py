"""Accessibility rules of axe-core, run in the page."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What axe leaves out unless asked: targets of 24 px (AA), and the contrast of 7:1 (AAA) that we aim at. Who holds that
# holds 4.5:1 (AA) as well, which takes as long to find out.
CONTRAST_OF_7 = {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}}
ALL_RULES = {"runOnly": WCAG_AA, "rules": {"target-size": {"enabled": True}, **CONTRAST_OF_7}}
# Django's own small links stand close together.
STAFF_RULES = {"runOnly": WCAG_AA, "rules": CONTRAST_OF_7}
CONTRAST_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
# Entries of a long list are built alike: the first stand for all, in a third of the time.
LIKE_THE_FIRST = {"exclude": [[".link-columns li:nth-child(n + 4)"], [".entries > div:nth-child(n + 4)"]]}


def know_the_rules(page: Page) -> None:
    """For who looks at many pages: the browser brings axe into each, quicker than it can be sent there."""
    page.add_init_script(AXE_SCRIPT)


def violations(page: Page, rules: dict = ALL_RULES) -> list[str]:
    """One sentence for each element that breaks a rule."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Styles are ours, and read without loading them once more.
    options = {**rules, "resultTypes": ["violations"], "preload": False}
    run = "([context, options]) => axe.run(context, options).then(found => found.violations)"
    return [
        f"{rule['id']}: {json.dumps(node['target'])}: {node['failureSummary']}"
        for rule in page.evaluate(run, [LIKE_THE_FIRST, options])
        for node in rule["nodes"]
    ]
