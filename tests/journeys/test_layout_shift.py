"""Nothing jumps while a page appears (a Cumulative Layout Shift of 0), however late its scripts come.

Nor does its header while it is still arriving, piece by piece.
"""

import re
from urllib.request import urlopen

import pytest

from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES

TYPES = {**PAGE_TYPES, **NOT_FOUND}
WIDTHS = (360, 1280)
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
# As from a slow network: a picture is drawn after each piece, and the page is not whole afterwards.
WRITE = """async pieces => {
  const sheets = () => [...document.querySelectorAll("link[rel=stylesheet]")];
  document.open();
  for (const piece of pieces) {
    document.write(piece);
    while (!sheets().every(link => link.sheet)) await new Promise(done => setTimeout(done, 10));
    await new Promise(requestAnimationFrame);
  }
}"""
TWO_MORE_PICTURES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
JUMPY = """<!doctype html><title>Jumpy</title><p class="text">A text.</p><script defer src="/late.js"></script>"""
JUMPY_IN_PIECES = """<!doctype html><body><nav style="float: right"><a>One</a><a>Two</a></nav><main>"""
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
    for width in WIDTHS:
        found[width] = jumps_of(new_context(viewport={"width": width, "height": 740}).new_page(), site_url + path)
    assert {width: jumps for width, jumps in found.items() if jumps} == {}


def in_pieces(html: str) -> list[str]:
    """All before the page's body, then tag by tag and text by text until ``<main>`` begins."""
    head, body = html.split("<body>", 1)
    return [f"{head}<body>", *re.findall(r"<[^>]*>|[^<]+", body.split("<main", 1)[0]), "<main>"]


def jumps_between_pieces(page, address: str, pieces: list[str]) -> list[str]:
    """What is moved while ``pieces`` are written, one after the other, into the page that stands at ``address``."""
    page.add_init_script(WATCH)
    page.goto(address)
    page.evaluate(WRITE, pieces)
    page.evaluate(TWO_MORE_PICTURES)
    return page.evaluate("whatJumped()")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["home", "term"])
def test_header_does_not_jump_and_is_there_before_the_rest(new_context, site_url, kind, width):
    with urlopen(site_url + TYPES[kind]) as answer:
        pieces = in_pieces(answer.read().decode())
    page = new_context(viewport={"width": width, "height": 740}).new_page()
    assert jumps_between_pieces(page, f"{site_url}/robots.txt", pieces) == []
    shown = page.locator(".top :is(nav, summary), .crumbs a").filter(visible=True)
    assert shown.count() == {"home": 1, "term": 4}[kind]  # the links or the menu, and three steps back


def test_jump_is_noticed(page):
    page.route("**/late.js", lambda route: route.fulfill(body=PUSHES, content_type="text/javascript"))
    page.route("http://site.test/", lambda route: route.fulfill(body=JUMPY, content_type="text/html"))
    assert [jump.partition(":")[0] for jump in jumps_of(page, "http://site.test/")] == ["p.text"]


def test_jump_between_pieces_is_noticed(page):
    page.route("http://site.test/", lambda route: route.fulfill(body="", content_type="text/plain"))
    jumps = jumps_between_pieces(page, "http://site.test/", in_pieces(JUMPY_IN_PIECES))
    assert {jump.partition(":")[0] for jump in jumps} == {"nav."}
