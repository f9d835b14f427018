"""The comfort settings: kept on this device, on every page, and nowhere else."""

import re

import pytest
from playwright.sync_api import expect

from tests.following import follow
from tests.whole_site.page_types import PAGE_TYPES as TYPES

CLASSES = "document.documentElement.className.split(' ').filter(Boolean).sort()"
BODY_AS_SENT = "sent => new DOMParser().parseFromString(sent, 'text/html').body.innerHTML"
BODY_BEFORE_SCRIPTS = """() => {
    const body = document.body.cloneNode(true);
    body.querySelector(".comfort").remove();
    const box = body.querySelector("[role=combobox]");
    if (box) {
        box.type = "search";
        for (const name of ["role", "aria-autocomplete", "aria-activedescendant", "aria-expanded"])
            box.removeAttribute(name);
    }
    return body.innerHTML;
}"""


def choose(page, *names: str) -> None:
    page.locator(".comfort > summary").click()
    for name in names:
        page.get_by_label(name, exact=True).check()


def test_choice_is_seen_at_once_and_kept_on_the_next_page_and_after_reload(visit):
    page = visit("/guides/autism/", width=1280)
    text = page.locator(".prose > p").first
    height, width = text.evaluate("p => [parseFloat(getComputedStyle(p).lineHeight), p.clientWidth]")
    choose(page, "More space in the text", "Shorter lines", "Fewer colours", "Blue")
    chosen = ["colour-less", "paper-blue", "spacing-wide", "width-narrow"]
    assert page.evaluate(CLASSES) == chosen
    assert text.evaluate("p => parseFloat(getComputedStyle(p).lineHeight)") > height
    assert text.evaluate("p => p.clientWidth") < width

    page.reload()
    assert page.evaluate(CLASSES) == chosen
    follow(page.locator(".name"))
    expect(page).to_have_url(re.compile(r":\d+/$"))
    assert page.evaluate(CLASSES) == chosen
    page.locator(".comfort > summary").click()
    assert page.get_by_label("Blue", exact=True).is_checked()
    assert page.context.cookies() == []


def test_choice_can_be_taken_back(visit):
    page = visit("/")
    choose(page, "Fewer colours", "Rose")
    page.get_by_label("Fewer colours").uncheck()
    page.get_by_label("Warm", exact=True).check()
    page.reload()
    assert page.evaluate(CLASSES) == []


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES.keys())
def test_scripts_add_only_the_settings_and_the_suggestions(visit, path):
    """So every page is complete without them."""
    page = visit(path)
    sent = page.evaluate("fetch(location.href).then(answer => answer.text())")
    assert page.evaluate(BODY_BEFORE_SCRIPTS) == page.evaluate(BODY_AS_SENT, sent)
    assert page.locator(".comfort").count() == 1


def test_settings_are_not_offered_where_they_could_not_work(visit):
    page = visit("/", java_script_enabled=False)
    assert page.locator(".comfort").count() == 0


def test_choice_holds_for_the_page_where_storage_is_forbidden(visit):
    page = visit("/")
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.reload()
    choose(page, "Fewer colours")
    assert page.evaluate(CLASSES) == ["colour-less"]


def test_nonsense_in_storage_is_ignored(visit):
    page = visit("/")
    page.evaluate("localStorage.setItem('comfort', 'colour-less nonsense <b>')")
    page.reload()
    assert page.evaluate(CLASSES) == ["colour-less"]
