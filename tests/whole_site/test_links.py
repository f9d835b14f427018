"""No link leads nowhere: neither to a page that is not there nor to a section that it does not have."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.template.loader import render_to_string

from tests.whole_site.checks import structured_data
from tests.whole_site.pages import NO_SUCH_PAGE, UNLINKED, Page


def dead_links(pages: dict[str, Page], looked_through: Iterable[Page]) -> list[str]:
    """Links of ``looked_through`` that lead nowhere in ``pages``."""
    dead = []
    for page in looked_through:
        for address, section in page.links():
            target = pages.get(address)
            if target is None or (target.status != 200 and address != page.address):
                dead.append(f"{page.address}: no page {address}")
            elif section and section not in target.document.ids:
                dead.append(f"{page.address}: {address} has no section {section}")
    return dead


def front_matter(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8").split("---\n")[1])


def test_no_link_is_dead(site):
    assert dead_links(site.pages, site.html_pages) == []


def test_dead_links_are_seen():
    headers = {"Content-Type": "text/html"}
    body = (
        '<h2 id="here"></h2><a href="#here"></a><a href="/b/#there"></a><a href="https://elsewhere.example/"></a>'
        '<a href="#gone"></a><a href="/b/#gone"></a><a href="/c/"></a><a href="/d/?x=1"></a><img src="/e.webp">'
        '<a href="?page=2"></a><form action="/f/"></form>'
    )
    pages = {
        "/a/": Page("/a/", headers=headers, body=body),
        "/b/": Page("/b/", headers=headers, body='<h2 id="there"></h2>'),
        "/c/": Page("/c/", 404, headers=headers),
    }
    assert dead_links(pages, pages.values()) == [
        "/a/: /a/ has no section gone",
        "/a/: /b/ has no section gone",
        "/a/: no page /c/",
        "/a/: no page /d/?x=1",
        "/a/: no page /e.webp",
        "/a/: no page /a/?page=2",
        "/a/: no page /f/",
    ]


def test_every_page_can_be_reached_from_the_home_page(site):
    assert {page.address for page in site.pages.values()} - site.reachable == {NO_SUCH_PAGE, *UNLINKED}


def test_addresses_in_data_for_search_engines_are_alive(site):
    """Also the picture that is shown when a page is shared."""
    dead = []
    for page in site.html_pages:
        crumbs = [crumb["item"] for data in structured_data(page) for crumb in data["itemListElement"]]
        # The last is the page itself; a form may be there only for who says which.
        for address in crumbs[:-1]:
            target = site.pages.get(address.removeprefix(settings.SITE_URL))
            if target is None or target.status != 200:
                dead.append(f"{page.address}: {address}")
    assert dead == []


def test_situations_on_the_home_page_lead_to_the_section_that_answers(site):
    """Two lead to a whole guide: there every section begins with the list to choose from."""
    cards = [a for needs in site.pages["/"].document.with_class("needs") for a in needs.iter("a")]
    assert 6 <= len(cards) <= 10
    whole = {a.get("href") for a in cards if "#" not in a.get("href", "")}
    assert whole == {"/guides/send-glossary/", "/guides/the-local-offer/"}


def test_words_and_people_lead_on_to_guides_of_their_nations(site):
    """Most of them. One of whom a guide holds for none of the nations would lead a family to the law of another."""
    nations = {path.stem: front_matter(path)["nations"] for path in (settings.CONTENT_DIR / "guides").glob("*.md")}
    for name, guide, number in (("glossary.yaml", "send-glossary", 85), ("whos-who.yaml", "whos-who-in-send", 25)):
        entries = yaml.safe_load((settings.CONTENT_DIR / name).read_text("utf-8"))
        leading = [entry for entry in entries if "read_on" in entry]
        assert len(leading) >= number
        for entry in leading:
            assert set(entry["nations"]) & set(nations[entry["read_on"].split("/")[2]]), entry["slug"]
            (line,) = site.pages[f"/guides/{guide}/{entry['slug']}/"].document.with_class("read-on")
            assert [a.get("href") for a in line.iter("a")] == [entry["read_on"]]


def test_links_of_the_error_page_are_alive(site):
    page = Page("/", 500, {"Content-Type": "text/html"}, body=render_to_string("500.html"))
    assert dead_links(site.pages, [page]) == []
    assert len(list(page.links())) > 3
