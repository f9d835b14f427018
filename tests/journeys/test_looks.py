"""Dark mode, print, high contrast, less motion: each as the visitor's own device asks for it."""

import pytest

from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES

TYPES = {**PAGE_TYPES, **NOT_FOUND}
# How bright the ground of the page is, from 0 to 255.
GROUND = "Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))"
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    return style.transitionDuration.split(", ").some(time => parseFloat(time) > 0)
        || style.animationName !== "none" || style.scrollBehavior === "smooth";
}).map(element => `${element.localName}.${element.className}`)"""
# Where colours are taken away, a line has to show what a colour showed.
EDGED = ".button, .card, .box, .needs a, .doors a, .panel, .call, .badge, .fold, .time > span, input:not(.time input)"
WITHOUT_EDGE = """edged => [...document.querySelectorAll(edged)]
    .filter(element => element.checkVisibility())
    .filter(element => ["top", "left"].some(side => {
        const style = getComputedStyle(element);
        return style.getPropertyValue(`border-${side}-style`) === "none"
            || parseFloat(style.getPropertyValue(`border-${side}-width`)) < 1;
    })).map(element => `${element.localName}.${element.className}`)"""
NO_ADDRESS = """() => [...document.querySelectorAll(".prose a.law")].filter(link => {
    const printed = getComputedStyle(link, "::after").content;
    return !printed.includes(link.getAttribute("href"));
}).map(link => link.href)"""
# The navigation, and what only a screen can be used for.
NOT_PRINTED = ".top, nav, .bottom, .skip, .call, form, .other-guides, .quote-band"


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES.keys())
def test_page_does_what_the_device_asks_for(visit, path):
    page = visit(path, color_scheme="dark", reduced_motion="reduce")
    assert page.evaluate(GROUND) < 50
    assert page.evaluate(MOVING) == []
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) > 230
    page.emulate_media(forced_colors="active")
    assert page.evaluate(WITHOUT_EDGE, EDGED) == []


def test_motion_is_noticed(visit):
    assert "a.button button-sun" in visit("/", reduced_motion="no-preference").evaluate(MOVING)


def test_missing_edge_is_noticed(page):
    page.set_content(
        "<p class='card' style='border: 1px solid'>x</p><p class='box' style='border-left: 1px solid'>x</p>"
    )
    assert page.evaluate(WITHOUT_EDGE, EDGED) == ["p.box"]


def letters_of(page):
    """What can be seen of the text, without spaces: on the screen a button lies over each word that is explained."""
    return "".join(page.locator(".prose").first.inner_text().split())


@pytest.mark.parametrize(
    "path",
    ["/guides/understanding-ehcps/", "/guides/autism/", "/guides/send-glossary/", "/guides/the-local-offer/hull/"],
)
def test_print_holds_the_text_and_the_addresses_of_the_law_only(visit, path):
    page = visit(path, width=1280)
    text = letters_of(page)
    page.emulate_media(media="print")
    assert page.locator(f"{NOT_PRINTED} >> visible=true").count() == 0
    assert page.locator("h1").is_visible()
    assert letters_of(page) == text
    assert page.evaluate(NO_ADDRESS) == []
    assert len(page.pdf()) > 10_000


def test_address_that_is_not_printed_is_noticed(visit):
    """On the screen none stands beside its link."""
    page = visit("/guides/understanding-ehcps/")
    assert len(page.evaluate(NO_ADDRESS)) == page.locator(".prose a.law").count() > 10
    assert page.locator(f"{NOT_PRINTED} >> visible=true").count() > 0
