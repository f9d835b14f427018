"""What the search box suggests while somebody types: by keyboard, by touch, read out, and not at all."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import CONTRAST_RULES, violations
from tests.journeys.test_small_screens import TOO_SMALL, TOO_WIDE

SUGGESTIONS = "/search/suggestions/"


@pytest.fixture
def box(visit):
    """The search box of the start page."""
    return visit("/", reduced_motion="reduce").get_by_role("combobox", name="Search this site")


def options(page: Page):
    return page.get_by_role("option")


def described(box) -> str:
    """The option that a screen reader reads out while the focus is in the box."""
    return box.evaluate("box => document.getElementById(box.getAttribute('aria-activedescendant'))?.innerText ?? ''")


def test_pages_are_suggested_while_somebody_types(box):
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("echp")
    expect(options(box.page)).to_have_text(["Education, health and care plan (EHCP) Glossary"])
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box.page.get_by_role("status").first).to_have_text("Suggestions: 1")
    box.press_sequentially("zz")
    expect(options(box.page)).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")


def test_arrows_go_through_the_list_and_enter_opens_the_page(box):
    box.press_sequentially("hull")
    expect(options(box.page)).to_have_count(1)
    box.press("ArrowDown")
    assert described(box).startswith("Hull City Council")
    expect(options(box.page)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    assert described(box) == ""
    box.press("ArrowUp")
    assert described(box).startswith("Hull City Council")
    expect(box).to_be_focused()
    box.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/guides/the-local-offer/hull/$"))


def test_enter_without_a_choice_searches_for_what_is_typed(box):
    box.press_sequentially("autism")
    expect(options(box.page).first).to_be_visible()
    box.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/search/\?q=autism$"))


def test_escape_closes_the_list_and_keeps_what_is_typed(box):
    box.press_sequentially("autism")
    expect(options(box.page).first).to_be_visible()
    box.press("Escape")
    expect(options(box.page)).to_have_count(0)
    expect(box).to_have_value("autism")
    expect(box).to_be_focused()


def test_leaving_the_box_closes_the_list(box):
    box.press_sequentially("autism")
    expect(options(box.page).first).to_be_visible()
    box.press("Tab")
    expect(options(box.page)).to_have_count(0)
    expect(box.page.get_by_role("button", name="Search")).to_be_focused()


def test_touch_opens_the_page(visit):
    page = visit("/", has_touch=True, reduced_motion="reduce")
    page.get_by_role("combobox").press_sequentially("senco")
    options(page).first.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("SENCO")


@pytest.mark.parametrize(
    "typed", ["hu5 2ab", "help in hu5", "ann@example.org", "h", "07700 900123", "+44 7700", "020 7946", " ", "%<>"]
)
def test_nothing_of_a_person_is_sent_while_somebody_types(box, typed):
    sent = []
    box.page.on("request", lambda request: sent.append(request.url))
    box.fill(typed)
    box.press("End")
    box.page.wait_for_timeout(500)  # longer than it waits for the next letter
    box.fill("sleep")
    expect(options(box.page).first).to_be_visible()
    assert [url.partition("?")[2] for url in sent if SUGGESTIONS in url] == ["q=sleep"]


@pytest.mark.parametrize(("typed", "title"), [("post-16", "Post-16"), ("act 2010", "2010"), ("education, h", "EHCP")])
def test_names_with_digits_and_signs_are_suggested(box, typed, title):
    box.fill(typed)
    expect(options(box.page).first).to_contain_text(title)


def broken(route):
    route.fulfill(status=500, body="Broken")


def unreachable(route):
    route.abort("connectionrefused")


@pytest.mark.parametrize("failure", [broken, unreachable])
def test_suggestions_that_fail_leave_a_box_that_searches(page, site_url, failure):
    page.goto(site_url)
    box = page.get_by_role("combobox")
    page.route(f"**{SUGGESTIONS}*", failure)
    box.press_sequentially("autism")
    page.wait_for_timeout(500)
    expect(options(page)).to_have_count(0)
    expect(page.get_by_text("Broken")).to_have_count(0)
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=autism$"))


def test_who_types_on_after_choosing_searches_for_what_is_typed(box):
    box.press_sequentially("hull")
    expect(options(box.page)).to_have_count(1)
    box.press("ArrowDown")
    box.press_sequentially(" bus")
    box.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/search/\?q=hull\+bus$"))


def test_going_back_into_the_text_lets_the_choice_go(box):
    box.press_sequentially("hull")
    expect(options(box.page)).to_have_count(1)
    box.press("ArrowDown")
    box.press("ArrowLeft")
    assert described(box) == ""


def test_press_beside_the_suggestions_does_nothing(box):
    box.press_sequentially("autism")
    expect(options(box.page).first).to_be_visible()
    box.page.get_by_role("listbox").click(position={"x": 2, "y": 2})
    expect(options(box.page).first).to_be_visible()
    expect(box).to_be_focused()


def test_list_that_was_closed_stays_closed_when_an_answer_comes_late(box):
    page, late = box.page, []
    page.route(f"**{SUGGESTIONS}*", lambda route: late.append(route))
    with page.expect_request(f"**{SUGGESTIONS}*"):
        box.press_sequentially("hull")
    box.press("Escape")
    with page.expect_response(f"**{SUGGESTIONS}*") as answer:
        late[0].continue_()
    answer.value.finished()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(options(page)).to_have_count(0)


def test_answer_that_comes_late_does_not_replace_a_newer_one(box):
    page, late = box.page, []
    old = f"**{SUGGESTIONS}?q=autism"
    page.route(old, lambda route: late.append(route))
    with page.expect_request(old):
        box.press_sequentially("autism")
    box.fill("hull")
    expect(options(page)).to_have_text(["Hull City Council Local help"])
    with page.expect_response(old) as answer:
        late[0].continue_()
    answer.value.finished()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(options(page)).to_have_text(["Hull City Council Local help"])


def test_box_is_an_ordinary_one_without_javascript(visit):
    page = visit("/", java_script_enabled=False)
    page.get_by_role("searchbox", name="Search this site").fill("autism")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=autism$"))


@pytest.mark.parametrize("width", [320, 1280])
def test_open_list_breaks_no_rule(visit, width):
    page = visit("/", width=width, reduced_motion="reduce")
    page.get_by_role("combobox").press_sequentially("sch")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page, CONTRAST_RULES)
    assert {look: faults for look, faults in found.items() if faults} == {}
    assert (page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)) == ([], [])
