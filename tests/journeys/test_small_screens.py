"""Narrow phones, 400 % zoom, large text, and targets that a thumb can hit."""

import pytest

from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES

TYPES = {**PAGE_TYPES, **NOT_FOUND}
each_type = pytest.mark.parametrize("path", TYPES.values(), ids=TYPES.keys())

# What is too wide for the page; a table may be, as it scrolls in its own region.
TOO_WIDE = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(element =>
        element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".table"));
    return [`${page.scrollWidth} px`, ...wide.map(element => `${element.localName}.${element.className}`)];
}"""
# Links within sentences need not be 44 px high, their lines 24 px; everything else that can be pressed must.
TOO_SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > 0)
    .map(element => {
        const style = getComputedStyle(element);
        const inSentence = style.display === "inline" && element.closest("p, li, dd, td, figcaption, h3");
        const loose = inSentence && !element.closest("nav, header, footer, .plain-links, .link-columns");
        const target = element.closest("label") || element.closest(".card") || element;
        const box = target.getBoundingClientRect();
        const width = Math.round(box.width * 10) / 10, height = Math.round(box.height * 10) / 10;
        const big = loose && target === element ? parseFloat(style.lineHeight) >= 24 : width >= 44 && height >= 44;
        return big ? null : `${element.localName} ${element.innerText || element.name}: ${width} x ${height}`;
    }).filter(Boolean)"""


@each_type
def test_nothing_scrolls_sideways_at_320_pixels_or_400_percent(visit, path):
    page = visit(path, width=320, height=640)
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert page.evaluate(TOO_WIDE) == []
    # A desk of 1280 x 1024 zoomed to 400 %.
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(TOO_WIDE) == []
    assert page.locator("h1").is_visible()


@each_type
def test_nothing_scrolls_sideways_with_text_twice_as_large(visit, path):
    page = visit(path, width=640, height=800)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(TOO_WIDE) == []


@each_type
def test_targets_are_large_enough(visit, path):
    page = visit(path)
    page.evaluate("document.querySelectorAll('main details, .menu').forEach(details => { details.open = true })")
    assert page.evaluate(TOO_SMALL) == []
    page.evaluate("document.querySelector('.comfort').open = true")
    assert page.evaluate(TOO_SMALL) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(TOO_SMALL) == []


def test_what_is_too_wide_is_seen(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.set_content(
        "<meta name='viewport' content='width=device-width'><div class='wide' style='width: 400px'>x</div>"
    )
    assert page.evaluate(TOO_WIDE) == ["408 px", "div.wide"]


def test_targets_that_are_too_small_are_seen(page):
    page.set_content(
        "<nav><a href='#a' style='font-size: 16px'>Small</a></nav><button style='height: 30px; width: 90px'>Low</button>"
        "<p style='line-height: 20px'>Read <a href='#b'>on</a></p><p style='line-height: 24px'>Read <a href='#c'>more</a>"
        "<button style='height: 44px; width: 44px'>Fine</button>"
    )
    names = [fault.split(":")[0] for fault in page.evaluate(TOO_SMALL)]
    assert names == ["a Small", "button Low", "a on"]
