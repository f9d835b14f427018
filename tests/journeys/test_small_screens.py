"""Narrow phones, 400 % zoom, large text, and targets that a thumb can hit."""

import pytest
from playwright.sync_api import expect

from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES

TYPES = {**PAGE_TYPES, **NOT_FOUND}
OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true })"
# What is too wide for the page; a table may be where text is very large, as it scrolls in its own region.
TOO_WIDE = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(element =>
        element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".table"));
    return [`${page.scrollWidth} px`, ...wide.map(element => `${element.localName}.${element.className}`)];
}"""
# 44 px for whatever can be pressed; 24 px for a link that is a line of its own in a text; none for one in a sentence,
# unless it is a phone number.
TOO_SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > 0)
    .map(element => {
        const isInLine = getComputedStyle(element).display === "inline" || element.matches(".term-open");
        const inText = isInLine && element.closest(".prose, .entry, main p");
        const line = inText && element.closest("p, li, dd, td, th, figcaption");
        if (line && line.innerText.trim() !== element.innerText.trim()) return null;
        const box = (element.closest("label, .card") || element).getBoundingClientRect();
        const width = Math.round(box.width * 10) / 10;
        const height = line ? parseFloat(getComputedStyle(line).lineHeight) : Math.round(box.height * 10) / 10;
        const least = line ? 24 : 44;
        return width >= least && height >= least ? null
            : `${element.localName} ${element.innerText || element.name}: ${width} x ${height}`;
    }).filter(Boolean)"""


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES.keys())
def test_page_fits_small_screens_large_text_and_thumbs(visit, path):
    page = visit(path, width=320, height=640)
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(OPEN_ALL)
    assert (page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)) == ([], [])
    # A desk of 1280 x 1024 zoomed to 400 %.
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(TOO_WIDE) == []
    assert page.locator("h1").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert (page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)) == ([], [])
    # Text twice as large.
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("path", ["/support-call/", "/help-now/"])
def test_phone_number_is_never_broken_over_lines(visit, path):
    page = visit(path, width=320)
    lines = """numbers => numbers.map(number => {
        const style = getComputedStyle(number), around = 2 * parseFloat(style.paddingTop);
        return Math.round((number.getBoundingClientRect().height - around) / parseFloat(style.lineHeight));
    })"""
    found = page.locator("main").locator(".unbroken, a[href^='tel:']").evaluate_all(lines)
    assert (len(found) > 0, set(found)) == (True, {1})


CUT_OFF = "tables => tables.filter(table => table.scrollWidth > table.clientWidth).map(table => table.innerText)"
LAST_DAY = """
- table:
  - rowgroup:
    - row "Step Early certificate Later certificate":
      - columnheader "Step"
      - columnheader "Early certificate"
      - columnheader "Later certificate"
  - rowgroup:
    - row /Decision sent/
    - row /Two months on/
    - row /Certificate dated/
    - row /One month on/
    - row "Last day to appeal 18 January 2027 11 February 2027":
      - cell "Last day to appeal"
      - cell "18 January 2027"
      - cell "11 February 2027"
"""


@pytest.mark.parametrize("width", [320, 360, 600])
@pytest.mark.parametrize("guide", ["understanding-ehcps", "school-meetings", "post-16-education", "send-glossary"])
def test_table_is_not_cut_off(visit, guide, width):
    page = visit(f"/guides/{guide}/", width=width)
    assert page.locator(".table").count() > 0
    assert page.locator(".table").evaluate_all(CUT_OFF) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_table_is_one_for_screen_readers_however_it_is_drawn(visit, width):
    page = visit("/guides/understanding-ehcps/", width=width)
    expect(page.locator(".table").first).to_match_aria_snapshot(LAST_DAY)


def test_full_stop_stands_beside_its_phone_number(visit):
    page = visit("/support-call/", width=320)
    lines = """numbers => numbers.map(number => {
        const range = document.createRange(), stop = number.nextSibling;
        range.setStart(stop, 0);
        range.setEnd(stop, 1);
        const [dot, box] = [range.getBoundingClientRect(), number.getBoundingClientRect()];
        return stop.data[0] === "." && dot.top > box.top && dot.bottom < box.bottom;
    })"""
    found = page.locator("main li a[href^='tel:']").evaluate_all(lines)
    assert (len(found) > 1, set(found)) == (True, {True})


@pytest.mark.parametrize("path", ["/", "/search/", "/guides/not-there/"])
def test_question_has_room_in_the_search_box(visit, path):
    page = visit(path, width=320, refusing=path)
    box = page.locator("#search_field")
    box.fill("can they refuse to assess?")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_targets_of_the_comfort_settings_are_large_enough(visit):
    page = visit("/")
    page.locator(".comfort > summary").click()
    assert page.locator(".comfort input").count() > 5
    assert page.evaluate(TOO_SMALL) == []


def test_what_is_too_wide_is_seen(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.set_content(
        "<meta name='viewport' content='width=device-width'><div class='wide' style='width: 400px'>x</div>"
    )
    assert page.evaluate(TOO_WIDE) == ["408 px", "div.wide"]


def test_targets_that_are_too_small_are_seen(page):
    page.set_content(
        "<nav><a href='#a'>Small</a></nav><button style='height: 30px; width: 90px'>Low</button>"
        "<div class='prose'><p>Read <a href='#b'>on</a><p style='line-height: 20px'><a href='#c'>Tight line</a>"
        "<p style='line-height: 24px'><a href='#d'>Line of its own</a></div>"
        "<button style='height: 44px; width: 44px'>Fine</button>"
    )
    names = [fault.split(":")[0] for fault in page.evaluate(TOO_SMALL)]
    assert names == ["a Small", "button Low", "a Tight line"]
