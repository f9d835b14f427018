"""Where the Tab key is, and whether somebody who looks can tell."""

from playwright.sync_api import Page

# A ring may be drawn by the element itself, round its card (::after) or round the word that it lies on (the label).
SEEN = """element => {
    const box = element.getBoundingClientRect();
    const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
        && box.top < innerHeight && box.left < innerWidth;
    const label = element.matches("label > button") ? [[element.parentElement]] : [];
    const rings = [[element], [element, "::after"], ...label];
    const ringed = rings.some(([drawn, part]) => {
        const style = getComputedStyle(drawn, part);
        return (!part || style.content !== "none") && (style.boxShadow !== "none"
            || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2));
    });
    const name = (element.innerText || element.getAttribute("aria-label") || element.name || "").trim();
    return {name: `${element.localName} ${name}`.slice(0, 80), inside, ringed};
}"""
STOP = f"() => document.activeElement === document.body ? null : ({SEEN})(document.activeElement)"
# Much quicker than pressing Tab for each: after one press the browser rings whatever takes the focus.
ALL_STOPS = f"""() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(element => element.tabIndex >= 0 && element.checkVisibility())
    .map(element => {{ element.focus(); return ({SEEN})(element); }})"""


def tab(page: Page) -> str:
    """Press Tab; what has the focus then. Fails if nobody could see it."""
    page.keyboard.press("Tab")
    stop = page.evaluate(STOP)
    assert stop is not None, "The Tab key has left the page"
    assert (stop["inside"], stop["ringed"]) == (True, True), stop
    return stop["name"]


def tab_to(page: Page, name: str, most: int = 200) -> list[str]:
    """Press Tab until ``name`` has the focus: the stops on the way, it last."""
    stops = [tab(page)]
    while stops[-1] != name:
        assert len(stops) < most, f"{name} was not reached: {stops}"
        stops.append(tab(page))
    return stops


def unseen_stops(page: Page) -> list[str]:
    """Stops of the Tab key that would not be seen, of the whole page."""
    page.keyboard.press("Tab")
    stops = page.evaluate(ALL_STOPS)
    assert stops
    return [stop["name"] for stop in stops if not (stop["inside"] and stop["ringed"])]
