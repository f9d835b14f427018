"""From a postcode to local help: by keyboard, without JavaScript, and what the pages in between look like."""

import re

import pytest
from playwright.sync_api import expect

from tests.following import follow, press_enter
from tests.journeys.axe import violations
from tests.journeys.focus import tab, tab_to, unseen_stops
from tests.journeys.test_small_screens import TOO_SMALL, TOO_WIDE

LOCAL_OFFER, FIND = "/guides/the-local-offer/", "/guides/the-local-offer/find/"
ANSWERS = {"several councils": "HU5", "best guess": "HU1 9AA", "no postcode": "12 High Street", "no council": "JE2 3AB"}


def ask(page, postcode: str) -> None:
    page.get_by_label("Your postcode").fill(postcode)
    follow(page.get_by_role("button", name="Find local help").first)


def test_postcode_typed_by_keyboard_on_the_home_page_leads_to_local_help(visit):
    page = visit("/", width=1280, height=900)
    tab_to(page, "input postcode")
    page.keyboard.type("hu52ty")
    assert tab(page) == "button Find local help"
    press_enter(page)
    page.wait_for_url("**/guides/the-local-offer/hull/")
    assert page.get_by_role("heading", name="Hull City Council").is_visible()
    assert page.context.cookies() == []


def test_mistyped_postcode_is_mended_by_keyboard(visit):
    page = visit(LOCAL_OFFER, refusing=FIND)
    tab_to(page, "input postcode")
    page.keyboard.type("HU5 2TYY")
    press_enter(page)
    page.wait_for_url(f"**{FIND}")
    # The summary has the focus, so the problem is what is read first.
    expect(page.locator(".error-summary")).to_be_focused()
    sentence = "This does not look like a UK postcode. A postcode looks like HU1 2AA."
    assert tab(page) == f"a {sentence}"[:80]
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your postcode")).to_be_focused()
    expect(page.get_by_label("Your postcode")).to_have_value("HU5 2TYY")
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    press_enter(page)
    page.wait_for_url("**/guides/the-local-offer/hull/")


def test_council_can_be_chosen_from_the_list_without_javascript(visit):
    page = visit(LOCAL_OFFER, java_script_enabled=False)
    page.get_by_label("Or choose your council").select_option("Harrow")
    follow(page.get_by_role("button", name="Find local help").last)
    page.wait_for_url("**/guides/the-local-offer/harrow/")
    follow(page.get_by_role("link", name="Choose another").first)
    page.wait_for_url(f"**{LOCAL_OFFER}#find_your_council")
    assert page.get_by_label("Your postcode").is_visible()


def test_first_part_of_a_postcode_is_asked_about_without_javascript(visit):
    page = visit(LOCAL_OFFER, java_script_enabled=False)
    ask(page, "td15")
    assert page.get_by_role("heading", name="Which council is yours?").is_visible()
    follow(page.get_by_role("link", name=re.compile("Scottish Borders Council")))
    page.wait_for_url("**/guides/the-local-offer/scottish-borders/")
    assert page.get_by_text("The law of Scotland applies to you.").is_visible()


def test_postcode_stands_in_no_address_that_was_visited(visit):
    page = visit(LOCAL_OFFER, refusing=FIND)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(f"{request.url} {request.headers.get('referer')}"))
    typed = [*ANSWERS.values(), "HU5 2TY"]
    for postcode in typed:
        ask(page, postcode)
    assert len(addresses) >= len(typed)
    visited = re.sub(r"%20|\+|\s", "", " ".join(addresses)).casefold()
    assert [postcode for postcode in typed if postcode.replace(" ", "").casefold() in visited] == []


@pytest.mark.parametrize("postcode", ANSWERS.values(), ids=ANSWERS.keys())
def test_answer_breaks_no_rule(visit, postcode):
    page = visit(FIND, refusing=FIND, reduced_motion="reduce")
    ask(page, postcode)
    found = {"narrow": violations(page)}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 900})
    found["wide and dark"] = violations(page)
    assert {look: faults for look, faults in found.items() if faults} == {}


@pytest.mark.parametrize("postcode", ANSWERS.values(), ids=ANSWERS.keys())
def test_answer_fits_a_small_phone_and_shows_the_focus(visit, postcode):
    page = visit(FIND, width=320, height=640, refusing=FIND)
    ask(page, postcode)
    assert (page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)) == ([], [])
    assert unseen_stops(page) == []
