"""The words of the glossary open their meaning where they stand."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys.axe import violations
from tests.journeys.focus import tab
from tests.staff_browser import NOTHING_MOVES

pytestmark = pytest.mark.django_db(transaction=True)
FILLER = "You can ask, and they must answer you in writing. " * 12
BODY = f"""{FILLER}

A council that agrees writes an EHCP (or plan). It may ask a [person who knows](/guides/send-glossary/senco/) you.

{FILLER}

The law speaks of special educational needs and disabilities, and says what they are.

{FILLER}
"""
WORD = ".term:has([popovertarget=term_{slug}])"
OPEN = "[...document.querySelectorAll('.meaning:popover-open')].map(each => each.id)"
FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
# Of a word that may be on two lines.
FIRST_LINE = {"x": 9, "y": 9}
# The boxes of the lines of a word, and of its meaning, as [left, top, right, bottom].
BOX = "each => [each.left, each.top, each.right, each.bottom]"
LINES = f"word => [...word.getClientRects()].map({BOX})"
SHEET = f"meaning => ({BOX})(meaning.getBoundingClientRect())"


@pytest.fixture
def read(visit_own):
    """Opens the guide of this file; arguments as for ``visit``."""
    factories.term(term="Education plan", abbreviation="EHCP", slug="ehcp", definition="A legal plan. " * 12)
    factories.term(term="SENCO", slug="senco", definition="The teacher in charge.")
    factories.term(term="Special educational needs and disabilities", slug="send", definition="A wide term. " * 9)
    guide = factories.guide(body=BODY)
    return lambda **options: visit_own(guide.get_absolute_url(), **options)


def button(page, slug):
    return page.locator(f".term-open[popovertarget=term_{slug}]")


def opened(page):
    return [name.removeprefix("term_") for name in page.evaluate(OPEN)]


def test_keyboard_opens_reads_goes_through_and_comes_back(read):
    page = read(java_script_enabled=True)
    button(page, "ehcp").focus()
    page.keyboard.press("Enter")
    assert (opened(page), page.evaluate(FOCUSED)) == (["ehcp"], "Close")
    assert tab(page) == "a More about EHCP"
    page.keyboard.press("Escape")
    assert (opened(page), page.evaluate(FOCUSED)) == ([], "EHCP: meaning")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # Close
    assert (opened(page), page.evaluate(FOCUSED)) == ([], "EHCP: meaning")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert (opened(page), page.evaluate(FOCUSED)) == ([], "person who knows: meaning")


def test_everything_works_by_touch_and_without_javascript(read):
    page = read(java_script_enabled=False, has_touch=True)
    button(page, "ehcp").tap()
    meaning = page.get_by_role("dialog", name="Education plan (EHCP)")
    expect(meaning).to_be_visible()
    expect(meaning.locator("a")).to_have_attribute("href", "/guides/send-glossary/ehcp/")
    button(page, "senco").tap(position=FIRST_LINE)
    expect(page.get_by_role("dialog", name="SENCO")).to_be_visible()
    (words,) = page.get_by_role("dialog").all_inner_texts()
    assert words.split("\n\n") == ["SENCO", "Close", "The teacher in charge.", "More about SENCO"]
    page.get_by_role("button", name="Close").tap()
    expect(page.get_by_role("dialog")).to_have_count(0)
    button(page, "senco").tap(position=FIRST_LINE)
    expect(page.get_by_role("dialog")).to_have_count(1)
    button(page, "senco").tap(position=FIRST_LINE)
    expect(page.get_by_role("dialog")).to_have_count(0)
    # A word of two lines: also on the one that the button does not cover.
    word = page.locator(WORD.format(slug="send"))
    word.scroll_into_view_if_needed()
    first, _ = word.evaluate(LINES)
    page.touchscreen.tap(first[2] - 9, first[1] + 9)
    expect(page.get_by_role("dialog", name="Special educational needs")).to_be_visible()
    page.touchscreen.tap(100, 5)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_words_can_be_copied_as_they_stand_and_the_link_is_not_seen(read):
    page = read()
    paragraph = page.get_by_text("A council that agrees")
    text = "A council that agrees writes an EHCP (or plan). It may ask a person who knows you."
    select = "p => { getSelection().selectAllChildren(p); return getSelection().toString() }"
    assert paragraph.evaluate(select) == text
    assert not page.locator(".term-page").first.is_visible()


# Of each link of a text: the words that would open instead, somewhere on it.
COVERED = """() => [...document.querySelectorAll(".prose a")].filter(link => link.checkVisibility()).flatMap(link => {
  link.scrollIntoView({block: "center", behavior: "instant"});
  const hits = [...link.getClientRects()].flatMap(box => [.1, .3, .5, .7, .9].flatMap(x => [.1, .5, .9].map(
    y => document.elementFromPoint(box.left + x * box.width, box.top + y * box.height))));
  return hits.filter(hit => hit?.closest(".term")).map(hit => `${link.innerText}: ${hit.closest(".term").innerText}`);
})"""


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("guide", ["understanding-ehcps", "anxiety", "send-support-in-schools", "post-16-education"])
def test_no_word_lies_over_a_link_beside_it(visit, guide, width):
    page = visit(f"/guides/{guide}/", width=width)
    assert page.locator(".term-open").count() > 5
    assert page.evaluate(COVERED) == []


def test_ring_is_round_every_line_of_a_word(read):
    page = read()
    page.keyboard.press("Tab")
    button(page, "send").focus()
    word = page.locator(WORD.format(slug="send"))
    assert len(word.evaluate(LINES)) == 2
    ring = "each => { const style = getComputedStyle(each); return [style.outlineStyle, style.boxDecorationBreak] }"
    assert word.evaluate(ring) == ["solid", "clone"]


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


# Without places beside a word, as in older browsers: what is for them goes, and what is "not" for them comes.
NO_PLACES = """() => { for (const sheet of document.styleSheets) for (const rule of [...sheet.cssRules].reverse()) {
  const at = [...sheet.cssRules].indexOf(rule);
  if (!rule.conditionText?.includes("position-area")) continue;
  sheet.deleteRule(at);
  if (rule.conditionText.startsWith("not")) for (const each of rule.cssRules) sheet.insertRule(each.cssText, at);
} }"""


@pytest.mark.parametrize("size", [(320, 256), (320, 640), (360, 740), (1280, 800)])
@pytest.mark.parametrize("has_places", [True, False])
def test_meaning_never_covers_its_word_and_is_all_in_sight(read, size, has_places):
    page = read(width=size[0], height=size[1])
    if not has_places:
        page.evaluate(NO_PLACES)
    for slug in ("ehcp", "send"):
        word, meaning = page.locator(WORD.format(slug=slug)), page.locator(f"#term_{slug}")
        for part in (0.1, 0.5, 0.85):
            page.evaluate("top => scrollBy(0, top)", word.bounding_box()["y"] - part * size[1])
            button(page, slug).evaluate("button => button.click()")
            page.evaluate(NOTHING_MOVES)
            page.evaluate("() => new Promise(requestAnimationFrame)")
            lines, sheet = word.evaluate(LINES), meaning.evaluate(SHEET)
            assert all(apart(line, sheet) for line in lines), (slug, part, lines, sheet)
            assert 0 <= sheet[0] < sheet[2] <= size[0]
            assert 0 <= sheet[1] < sheet[3] <= size[1]
            page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_open_meaning_breaks_no_rule(read):
    page = read(reduced_motion="reduce")
    button(page, "ehcp").click()
    found = {"narrow": violations(page)}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 900})
    found["wide and dark"] = violations(page)
    assert {look: faults for look, faults in found.items() if faults} == {}


def test_print_has_plain_words_and_a_list_of_meanings_at_the_end(read):
    page = read()
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Words used on this page").is_visible()
    shown = page.locator(".meaning").all_inner_texts()
    assert [" ".join(text.split())[:24] for text in shown] == [
        "Education plan (EHCP) A ",
        "SENCO The teacher in cha",
        "Special educational need",
    ]
    assert page.locator(".meaning").first.evaluate("each => getComputedStyle(each).position") == "static"
    for hidden in (".meaning-close", ".meaning-more", ".term-page", ".term-open"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".term").first.evaluate("each => getComputedStyle(each).textDecorationLine") == "none"


def test_browser_without_popovers_has_links_and_nothing_that_does_nothing(read):
    page = read()
    page.evaluate(NO_PLACES.replace("position-area", "popover-open"))
    link = page.locator(".term-page").first
    assert (link.inner_text().strip(), link.get_attribute("href")) == ("(meaning)", "/guides/send-glossary/ehcp/")
    assert link.is_visible()
    assert page.get_by_role("button", name="meaning").count() == 0
    assert not page.locator(".words").is_visible()
    assert page.locator(".term").first.evaluate("each => getComputedStyle(each).textDecorationLine") == "none"


def test_browser_without_places_and_scripts_has_links_that_cover_no_word(read):
    page = read(java_script_enabled=False)
    expect(button(page, "ehcp")).to_be_visible()
    page.evaluate(NO_PLACES)
    expect(button(page, "ehcp")).to_be_hidden()
    expect(page.locator(".term-page").first).to_be_visible()
