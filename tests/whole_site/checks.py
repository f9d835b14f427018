"""What has to be true of every page. A check yields one sentence a fault, so that a test shows all of them at once."""

import json
from collections import Counter
from collections.abc import Callable, Iterator

from django.conf import settings

from tests.whole_site.document import words
from tests.whole_site.pages import Page

Check = Callable[[Page], Iterator[str]]
LONGEST_DESCRIPTION = 160
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FOCUSABLE = {"button", "input", "select", "textarea", "summary"}
SVG = "{http://www.w3.org/2000/svg}svg"
SHARED = ("og:title", "og:description", "og:type", "og:image")


def is_well_formed(page: Page) -> Iterator[str]:
    yield from page.document.errors
    if not page.body.lower().startswith("<!doctype html>"):
        yield "does not begin with <!doctype html>"


def says_its_language(page: Page) -> Iterator[str]:
    if (language := page.document.root.get("lang")) != "en-GB":
        yield f"lang is {language}"


def has_one_main_heading(page: Page) -> Iterator[str]:
    headings = [words(heading) for heading in page.document.find("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"main headings: {headings}"


def skips_no_heading_level(page: Page) -> Iterator[str]:
    above = 0
    for heading in page.document.find(*HEADINGS):
        level = int(heading.tag[1])
        if level > above + 1:
            yield f"<{heading.tag}>{words(heading)} follows level {above}"
        above = level


def has_a_title(page: Page) -> Iterator[str]:
    titles = [words(title) for title in page.document.find("title")]
    if len(titles) != 1 or not titles[0].endswith(" – SEND Guide") or titles[0].startswith("–"):
        yield f"titles: {titles}"


def has_a_description(page: Page) -> Iterator[str]:
    found = page.document.meta("description")
    if len(found) != 1 or not found[0].strip():
        yield f"descriptions: {found}"
    elif len(found[0]) > LONGEST_DESCRIPTION:
        yield f"the description has {len(found[0])} characters"


def has_one_address(page: Page) -> Iterator[str]:
    """Its own, without query string; a page that is not for search engines has none."""
    expected = [settings.SITE_URL + page.path] if page.document.is_listed else []
    canonical = [link.get("href") for link in page.document.find("link", rel="canonical")]
    for name, found in (("canonical", canonical), ("og:url", page.document.meta("og:url"))):
        if found != expected:
            yield f"{name} is {found}, not {expected}"


def can_be_shared(page: Page) -> Iterator[str]:
    for name in SHARED:
        found = page.document.meta(name)
        if len(found) != 1 or not found[0].strip():
            yield f"{name} is {found}"
    for address in page.document.meta("og:image"):
        if not address.startswith(f"{settings.SITE_URL}/"):
            yield f"og:image is not a whole address: {address}"
    for name in ("title", "description"):
        plain = [words(title).removesuffix(" – SEND Guide") for title in page.document.find("title")]
        expected = plain if name == "title" else page.document.meta("description")
        if page.document.meta(f"og:{name}") != expected:
            yield f"og:{name} is not the page's {name}"


def begins_with_a_skip_link(page: Page) -> Iterator[str]:
    first = next(element for element in page.document.elements if _takes_focus(element))
    target = first.get("href", "")
    main = page.document.find("main")
    if "skip" not in first.get("class", ""):
        yield f"the first stop of the Tab key is <{first.tag}>{words(first)}"
    elif [f"#{element.get('id')}" for element in main] != [target]:
        yield f"the skip link leads to {target}, not to the one <main>"


def shows_the_way(page: Page) -> Iterator[str]:
    """Breadcrumbs, for people and as data. The home page and errors have none."""
    if page.path == "/" or page.status != 200:
        return
    shown = page.document.find("nav", **{"aria-label": "Breadcrumb"})
    lists = [data for data in structured_data(page) if data["@type"] == "BreadcrumbList"]
    if (len(shown), len(lists)) != (1, 1):
        yield f"{len(shown)} breadcrumbs, {len(lists)} lists of breadcrumbs as data"
        return
    crumbs = lists[0]["itemListElement"]
    trail = [(crumb["name"], crumb["item"]) for crumb in crumbs]
    links = [(words(a), settings.SITE_URL + a.get("href", "")) for a in shown[0].iter("a")]
    if [crumb["position"] for crumb in crumbs] != list(range(1, len(crumbs) + 1)):
        yield "the crumbs are not numbered from 1"
    if trail[0] != ("Home", f"{settings.SITE_URL}/") or trail[-1][1] != settings.SITE_URL + page.path:
        yield f"the crumbs do not lead from home to the page: {trail}"
    if links != trail[:-1]:
        yield f"the crumbs shown are {links}, those in the data are {trail[:-1]}"


def has_no_id_twice(page: Page) -> Iterator[str]:
    yield from (f"id {name} stands {count} times" for name, count in Counter(page.document.ids).items() if count > 1)


def names_what_it_refers_to(page: Page) -> Iterator[str]:
    """``for``, ``popovertarget`` and ``aria-…`` lead to ids that are there."""
    ids = set(page.document.ids)
    for element in page.document.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget"):
            for target in element.get(name, "").split():
                if target not in ids:
                    yield f'<{element.tag} {name}="{target}"> leads nowhere'


def describes_its_pictures(page: Page) -> Iterator[str]:
    for picture in page.document.find("img"):
        if "alt" not in picture.attrib:
            yield f"no alt: {picture.get('src')}"
    for drawing in page.document.find(SVG):
        named = drawing.get("role") == "img" and drawing.get("aria-label")
        if not named and drawing.get("aria-hidden") != "true":
            yield "a drawing has neither a name nor aria-hidden"


def structured_data(page: Page) -> list[dict]:
    return [json.loads(words(script)) for script in page.document.find("script", type="application/ld+json")]


def _takes_focus(element) -> bool:
    if element.tag in FOCUSABLE or element.get("tabindex", "-1") != "-1":
        return element.get("type") != "hidden"
    return element.tag == "a" and "href" in element.attrib


CHECKS: tuple[Check, ...] = (
    is_well_formed,
    says_its_language,
    has_one_main_heading,
    skips_no_heading_level,
    has_a_title,
    has_a_description,
    has_one_address,
    can_be_shared,
    begins_with_a_skip_link,
    shows_the_way,
    has_no_id_twice,
    names_what_it_refers_to,
    describes_its_pictures,
)
