"""Nothing jumps while a page appears (a Cumulative Layout Shift of 0), however late the scripts come."""

import pytest

from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES

TYPES = {**PAGE_TYPES, **NOT_FOUND}
WATCH = """
const jumped = [];
const watcher = new PerformanceObserver(list => note(list.getEntries()));
const name = node => node ? `${node.localName ?? "text"}.${node.className ?? ""}` : "gone";
const box = ({ x, y, width, height }) => `${x},${y} ${width}×${height}`;
const told = ({ node, previousRect, currentRect }) => `${name(node)}: ${box(previousRect)} → ${box(currentRect)}`;
const note = shifts => shifts.forEach(shift => jumped.push(...shift.sources.map(told)));
watcher.observe({ type: "layout-shift", buffered: true });
window.whatJumped = () => { note(watcher.takeRecords()); return jumped; };"""
IS_DRAWN = """() => new Promise(done => new PerformanceObserver(done).observe({ type: "paint", buffered: true }))"""
TWO_MORE_PICTURES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
JUMPY = """<!doctype html><title>Jumpy</title><p class="text">A text.</p><script defer src="/late.js"></script>"""
PUSHES = "document.querySelector('.text').before(Object.assign(document.createElement('p'), {textContent: 'New'}))"


def jumps_of(page, address: str) -> list[str]:
    """What is moved while ``page`` goes to ``address``, where the scripts come when everything else is drawn."""
    page.add_init_script(WATCH)
    held = []
    page.route("**/*.js", lambda script: held.append(script))
    page.goto(address, wait_until="commit")
    page.evaluate(IS_DRAWN)
    page.evaluate(TWO_MORE_PICTURES)
    assert held
    for script in held:
        script.fallback()
    page.wait_for_load_state()
    page.evaluate(TWO_MORE_PICTURES)
    return page.evaluate("whatJumped()")


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES.keys())
def test_nothing_jumps(new_context, site_url, path):
    found = {}
    for width in (360, 1280):
        found[width] = jumps_of(new_context(viewport={"width": width, "height": 740}).new_page(), site_url + path)
    assert {width: jumps for width, jumps in found.items() if jumps} == {}


def test_jump_is_noticed(page):
    page.route("**/late.js", lambda route: route.fulfill(body=PUSHES, content_type="text/javascript"))
    page.route("http://site.test/", lambda route: route.fulfill(body=JUMPY, content_type="text/html"))
    assert [jump.partition(":")[0] for jump in jumps_of(page, "http://site.test/")] == ["p.text"]
