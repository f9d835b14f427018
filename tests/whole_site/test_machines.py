"""What programs read: site map, robots.txt, security.txt, feed, health."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.test import Client

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_site_map_lists_every_page_for_search_engines_once(site):
    page = site.pages["/sitemap.xml"]
    root = ElementTree.fromstring(page.body)
    assert (page.headers["Content-Type"], root.tag) == ("application/xml", f"{SITEMAP}urlset")
    listed = [url.findtext(f"{SITEMAP}loc", "") for url in root]
    pages = {page.path for page in site.html_pages if page.status == 200 and page.document.is_listed}
    lists_of_changes = {path for path in pages if path.endswith("/changes/")}
    assert sorted(listed) == sorted(settings.SITE_URL + path for path in pages - lists_of_changes)
    assert not [address for address in listed if "/the-local-offer/" in address.removesuffix("/the-local-offer/")]


def test_site_map_says_when_guides_changed(site):
    root = ElementTree.fromstring(site.pages["/sitemap.xml"].body)
    changed = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in root}
    for text in (*site.guides.values(), *site.texts.values()):
        moment = datetime.fromisoformat(changed[settings.SITE_URL + text.get_absolute_url()])
        assert moment == text.updated_at


def test_robots_may_read_everything_but_staff_pages_searches_and_previews(site):
    page = site.pages["/robots.txt"]
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.body == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /search/\nDisallow: /guides/preview/\n"
        "Disallow: /workshops/place/\nDisallow: /support-call/call/\n"
        f"Sitemap: {settings.SITE_URL}/sitemap.xml\n"
    )


@pytest.mark.parametrize("day", ["2026-11-24", "2027-01-31", "2027-12-31", "2028-02-29"])
def test_security_contact_is_valid_on_any_day(day):
    """RFC 9116. "Expires" should be less than a year ahead."""
    now = datetime.fromisoformat(day).replace(hour=23, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        response = Client().get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = [line.partition(": ")[::2] for line in response.text.splitlines()]
    fields = dict(lines)
    assert [name for name, _ in lines].count("Expires") == 1
    assert [value for name, value in lines if name == "Contact"] == [
        f"mailto:{settings.CONTACT_EMAIL}",
        f"{settings.SITE_URL}/contact/",
    ]
    assert fields["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    assert timedelta(days=30) < datetime.fromisoformat(fields["Expires"]) - now < timedelta(days=365)


def test_feed_is_atom_and_leads_to_our_pages(site):
    page = site.pages["/feed.xml"]
    root = ElementTree.fromstring(page.body)
    assert (page.headers["Content-Type"], root.tag) == ("application/atom+xml; charset=utf-8", f"{ATOM}feed")
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == min(30, site.changes)
    for element in (root, *entries):
        assert [len(element.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    addresses = [*ids, root.findtext(f"{ATOM}id"), *(link.get("href") for link in root.iter(f"{ATOM}link"))]
    paths = [address.partition("#")[0].removeprefix(settings.SITE_URL) for address in addresses]
    assert [path for path in paths if path not in site.pages] == []
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"{settings.SITE_URL}/feed.xml"


def test_feed_names_its_author(site):
    """RFC 4287: a feed whose entries name none must."""
    root = ElementTree.fromstring(site.pages["/feed.xml"].body)
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "SEND Guide"


def test_health_is_told_and_not_kept(visitor):
    response = visitor.get("/healthz")
    assert response.json() == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"
