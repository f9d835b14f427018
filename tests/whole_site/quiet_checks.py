"""What keeps a page quiet and safe: nothing of others or inline, no script to wait for, the policies, no cookie."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from django.conf import settings

from sendguide.headers import HEADERS as ALL_HEADERS
from tests.whole_site.checks import Check
from tests.whole_site.pages import Page

MEDIA = ("img", "script", "iframe", "source", "video", "audio", "embed", "track", "input")
# What a browser fetches by itself when it shows a page, and where the address stands.
FETCHED = {
    **dict.fromkeys(MEDIA, ("src", "srcset")),
    "link": ("href",),
    "object": ("data",),
    "{http://www.w3.org/2000/svg}use": ("href",),
    "{http://www.w3.org/2000/svg}image": ("href",),
}
OURS = re.compile(r"/(?!/)")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ALL_HEADERS["Permissions-Policy"],
}
# What was searched for stands in the address: not even our own pages are told.
QUIETER = {"/search/": {"Referrer-Policy": "strict-origin"}}


def fetches_nothing_from_others(page: Page) -> Iterator[str]:
    for element in page.document.elements:
        if element.get("rel") == "canonical" and element.get("href", "").startswith(f"{settings.SITE_URL}/"):
            continue
        for name in FETCHED.get(element.tag, ()):
            # A srcset lists several: "/a.webp 480w, /b.webp 960w".
            for target in filter(None, (part.strip() for part in element.get(name, "").split(","))):
                if not OURS.match(target):
                    yield f'<{element.tag} {name}="{target}">'


def has_nothing_inline(page: Page) -> Iterator[str]:
    for element in page.document.elements:
        if element.tag == "style" or "style" in element.attrib:
            yield f"a style in <{element.tag}>"
        if element.tag == "script" and "src" not in element.attrib and element.get("type") != "application/ld+json":
            yield "a script in the page"
        yield from (f"{name} in <{element.tag}>" for name in element.attrib if name.startswith("on"))
        if any(value.strip().lower().startswith("javascript:") for value in element.attrib.values()):
            yield f"javascript: in <{element.tag}>"


def scripts_of(page: Page) -> list[Element]:
    return [element for element in page.document.find("script") if "src" in element.attrib]


def waits_for_no_script(page: Page) -> Iterator[str]:
    """A module waits by itself until the page is there."""
    for script in scripts_of(page):
        if "async" in script.attrib or not ("defer" in script.attrib or script.get("type") == "module"):
            yield f"{script.get('src')} is not deferred"


def sends_the_policies(page: Page) -> Iterator[str]:
    rules = (rule.strip().partition(" ") for rule in page.headers.get("Content-Security-Policy", "").split(";"))
    if (policy := {name: values for name, _, values in rules if name}) != POLICY:
        yield f"Content-Security-Policy: {policy}"
    for name, value in (HEADERS | QUIETER.get(page.path, {})).items():
        if page.headers.get(name) != value:
            yield f"{name}: {page.headers.get(name)}"


def sets_no_cookie(page: Page) -> Iterator[str]:
    """But for the one that a form with a token needs: such a page is nobody's to keep."""
    if page.document.find("input", name="csrfmiddlewaretoken"):
        yield from (f"a cookie: {name}" for name in page.cookies if name != settings.CSRF_COOKIE_NAME)
        if page.headers.get("Cache-Control") != "no-store":
            yield "kept, with the token of a form"
        return
    yield from (f"a cookie: {name}" for name in page.cookies)
    if "cookie" in page.headers.get("Vary", "").lower():
        yield "differs by cookie"


QUIET_CHECKS: tuple[Check, ...] = (
    fetches_nothing_from_others,
    has_nothing_inline,
    waits_for_no_script,
    sends_the_policies,
    sets_no_cookie,
)
