"""The visits of the other tests notice what is wrong with a page."""

import pytest

from tests.journeys.visits import Noticed

SITE = "http://site.test"


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("<p>Nothing wrong</p><img src='/static/there.png' alt=''>", []),
        ("<img src='https://tracker.test/a.png' alt=''>", ["request to others: https://tracker.test/a.png"]),
        ("<img src='/static/gone.png' alt=''>", ["answer 404: http://site.test/static/gone.png", "console: "]),
        ("<img src='/static/down.png' alt=''>", ["request failed: http://site.test/static/down.png", "console: "]),
        ("<script>throw Error('oh')</script>", ["script error: oh"]),
        ("<p style='color: red'>", ["console: "]),
        ("<script>console.error('oh')</script>", ["console: oh"]),
    ],
    ids=["sound", "other host", "missing file", "failing file", "script error", "against the policy", "console"],
)
def test_fault_of_a_page_is_noticed(page, body, parts):
    policy = {"Content-Security-Policy": "style-src 'self'"}
    page.route("**/*", lambda route: route.fulfill(body="", content_type="image/png"))
    page.route("**/gone.png", lambda route: route.fulfill(status=404))
    page.route("**/down.png", lambda route: route.abort("connectionfailed"))
    page.route(f"{SITE}/", lambda route: route.fulfill(body=body, content_type="text/html", headers=policy))
    noticed = Noticed(SITE)
    noticed.watch(page)
    page.goto(f"{SITE}/")
    page.wait_for_load_state("networkidle")
    for part in parts:
        assert [sentence for sentence in noticed if sentence.startswith(part)], noticed
    assert bool(noticed) == bool(parts)
