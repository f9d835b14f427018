"""The whole public site, read once by following its links: pages as they were answered, and the rows behind them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from guides.models import Council, GlossaryTerm, Guide, GuideChange, Role, SitePage, Topic
from tests.whole_site.document import Document

NO_SUCH_PAGE = "/no-such-page/"
# No page links to these.
UNLINKED = ("/search/?q=EHCP", "/search/?q=xyzzy", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt")
# Pages for one area are alike for all 219, times for one topic for all topics: those for these are read.
ALIKE = re.compile(r"[?&]area=(?!hull\b)|^/support-call/.*[?&]topic=(?!autism\b)")
ADDRESSED_BY = {"a": "href", "link": "href", "form": "action"}
LISTED = re.compile(r"<loc>(.+?)</loc>")


@dataclass(frozen=True)
class Page:
    """``address`` begins with a slash and keeps its query string."""

    address: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    body: str = ""

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @cached_property
    def document(self) -> Document:
        return Document(self.body)

    def links(self) -> Iterator[tuple[str, str]]:
        """(address, section) of each link, form and file that is ours. The section may be ""."""
        for element in self.document.elements:
            target = element.get(ADDRESSED_BY.get(element.tag, "src"), "")
            address, hash_sign, section = (target + first_choice(element)).partition("#")
            if not target.startswith("//") and (hash_sign or address) and not ALIKE.search(address):
                if address.startswith("/"):
                    yield address, section
                elif not address:
                    yield self.address, section
                elif address.startswith("?"):
                    yield self.path + address, section


def first_choice(element: Element) -> str:
    """What a form that asks to choose one of several leads to, when the first is chosen: "?start=…"."""
    if element.tag != "form" or element.get("method") != "get":
        return ""
    fields = {}
    for each in element.iter("input"):
        if each.get("type") in {"hidden", "radio"}:
            fields.setdefault(each.get("name"), each.get("value"))
    return f"?{urlencode(fields)}" if element.find(".//input[@type='radio']") is not None else ""


@dataclass
class Site:
    """``reachable``: the addresses that somebody finds who follows links from the home page."""

    pages: dict[str, Page]
    reachable: set[str]
    guides: dict[str, Guide]
    texts: dict[str, SitePage]
    topics: dict[str, Topic]
    terms: dict[str, GlossaryTerm]
    roles: dict[str, Role]
    councils: dict[str, Council]
    changes: int

    @property
    def html_pages(self) -> list[Page]:
        return [page for page in self.pages.values() if page.is_html]

    @property
    def listed(self) -> list[str]:
        """The paths in sitemap.xml."""
        return [found.removeprefix(settings.SITE_URL) for found in LISTED.findall(self.pages["/sitemap.xml"].body)]

    def page_of(self, row: Guide | SitePage | Topic | GlossaryTerm | Role | Council) -> Page:
        return self.pages[row.get_absolute_url()]


def read_site() -> Site:
    """Reads the database; nothing of the answer does so later."""
    pages: dict[str, Page] = {}
    follow(pages, [reverse("home")])
    reachable = set(pages)
    follow(pages, [NO_SUCH_PAGE, *UNLINKED])
    rows = (
        Guide.objects.select_related("topic"),
        *(model.objects.all() for model in (SitePage, Topic, GlossaryTerm, Role, Council)),
    )
    by_slug = ({row.slug: row for row in some} for some in rows)
    site = Site(pages, reachable, *by_slug, changes=GuideChange.objects.count())
    follow(pages, [*site.listed, *(council.get_absolute_url() for council in site.councils.values())])
    return site


def follow(pages: dict[str, Page], addresses: Iterable[str]) -> None:
    """Add to ``pages`` those at ``addresses``, and all that these lead to."""
    client = Client()
    waiting = list(addresses)
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        pages[address] = page = read(client, address)
        if page.is_html:
            waiting += [target for target, _ in page.links()]


def read(client: Client, address: str) -> Page:
    if address.startswith(settings.STATIC_URL):
        found = finders.find(address.removeprefix(settings.STATIC_URL))
        return Page(address, 200 if found else 404)
    response = client.get(address)
    return Page(address, response.status_code, dict(response.items()), tuple(response.cookies), response.text)
