"""Reading and finding with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.following import press_enter
from tests.journeys.focus import tab, tab_to, unseen_stops
from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES

TYPES = {**PAGE_TYPES, **NOT_FOUND}
IN_MAIN = "document.activeElement.closest('main') !== null"


def test_guide_can_be_read_by_keyboard_on_a_desk(visit):
    page = visit("/guides/understanding-ehcps/", width=1280, height=900)
    assert tab(page) == "a Skip to main content"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_in_viewport()  # the page goes there only when it is next drawn
    assert tab(page) == "a What changed"
    assert page.evaluate(IN_MAIN)

    first = page.locator(".contents-desk a").first
    tab_to(page, f"a {first.inner_text()}")
    page.keyboard.press("Enter")
    heading = page.locator(first.get_attribute("href"))
    assert heading.inner_text() == first.inner_text()
    expect(heading).to_be_in_viewport()
    assert 0 <= heading.bounding_box()["y"] < 450

    # From the section on, not from the list: the next stop is after its heading.
    tab(page)
    after = "heading => heading.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING"
    assert heading.evaluate(after)
    call = page.locator(".call .button").inner_text()
    stops = tab_to(page, f"a {call}")
    assert len(stops) > 5
    press_enter(page)
    page.wait_for_url("**/support-call/?topic=send-in-education")


def test_contents_and_menu_of_a_phone_open_by_keyboard(visit):
    page = visit("/guides/autism/")
    tab_to(page, "summary Menu")
    page.keyboard.press("Enter")
    assert tab(page) == "a Guides"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.innerText") == "Menu"
    assert not page.locator(".menu nav").is_visible()

    tab_to(page, "summary On this page")
    page.keyboard.press("Space")
    first = page.locator(".contents-phone a").first
    assert tab(page) == f"a {first.inner_text()}"


def test_search_needs_no_mouse(visit):
    page = visit("/", width=1280)
    tab_to(page, "input q")
    page.keyboard.type("ehcp")
    assert tab(page) == "button Search"
    press_enter(page)
    page.wait_for_url("**/search/?q=ehcp")
    tab_to(page, f"a {page.locator('.results a').first.inner_text()}")


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES.keys())
def test_focus_is_seen_wherever_it_goes(visit, path):
    page = visit(path)
    assert unseen_stops(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert unseen_stops(page) == []


def test_focus_that_cannot_be_seen_is_noticed(page):
    page.set_content(
        "<style>button:focus { outline: 2px solid } .bare:focus { outline: 0 }</style><button>Ringed</button>"
        "<button class='bare'>Bare</button><a href='#x' style='position: fixed; left: -999px'>Outside</a>"
    )
    assert unseen_stops(page) == ["button Bare", "a Outside"]
