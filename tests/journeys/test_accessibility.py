"""WCAG 2.2 AA and the contrast of AAA, on every type of page: narrow and light, wide and dark."""

import pytest

from tests.journeys.axe import CONTRAST_RULES, violations
from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES

TYPES = {**PAGE_TYPES, **NOT_FOUND}
OPEN_ALL = "document.querySelectorAll('main details').forEach(details => { details.open = true })"
BROKEN = """<!doctype html><html lang="en-GB"><title>Broken</title><main><h1>Broken</h1>
<img src="data:,"><input><p style="color: #aaa">Too pale</p><p style="color: #707070">Under 7:1</p>
<div><a href="#a" style="font-size: 6px">a</a><a href="#b" style="font-size: 6px">b</a></div></main></html>"""


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES.keys())
def test_page_breaks_no_rule(visit, path):
    # Without motion colours change at once; otherwise axe would see them on their way.
    page = visit(path, reduced_motion="reduce")
    page.evaluate(OPEN_ALL)
    found = {"narrow": violations(page)}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 900})
    found["wide and dark"] = violations(page)
    assert {look: faults for look, faults in found.items() if faults} == {}


@pytest.mark.parametrize("panel", [".menu", ".comfort"])
def test_open_panel_breaks_no_rule(visit, panel):
    page = visit("/", reduced_motion="reduce")
    page.locator(f"{panel} > summary").click()
    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page)
    assert {look: faults for look, faults in found.items() if faults} == {}


def test_broken_rules_are_seen(page):
    page.set_content(BROKEN)
    rules = {fault.partition(":")[0] for fault in violations(page)}
    assert rules == {"image-alt", "label", "color-contrast-enhanced", "target-size"}
    rules = {fault.partition(":")[0] for fault in violations(page, CONTRAST_RULES)}
    assert rules == {"color-contrast-enhanced"}
