"""What in a page could run: read as a browser reads it, not as text."""

import re

import html5lib

ELEMENTS = {"script", "iframe", "object", "embed", "base", "form", "style", "link", "meta", "svg", "math", "template"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "background"}
# The last one: calendar programs, from the page of an adviser.
SCHEMES = {"", "http", "https", "mailto", "tel", "webcal"}


def harm_in(html: str, *, is_page: bool = False) -> list[str]:
    """Elements and attributes that may do something. A whole page has its own scripts and forms: only from /static/."""
    tree = html5lib.parse(html, namespaceHTMLElements=False) if is_page else html5lib.parseFragment(html)
    found = []
    for element in tree.iter():
        name = str(element.tag).rpartition("}")[2]
        if name in ELEMENTS and not (is_page and _is_ours(name, element)):
            found.append(f"<{name}>")
        for key, value in element.attrib.items():
            attribute = str(key).rpartition("}")[2].lower()
            if attribute.startswith("on") or attribute in {"style", "srcdoc"}:
                found.append(attribute)
            if attribute in ADDRESSES and _scheme(value) not in SCHEMES:
                found.append(f"{attribute}={value}")
    return found


def _scheme(address: str) -> str:
    """As browsers read it: without tabs and line breaks, and without spaces and control characters in front."""
    cleaned = re.sub(r"[\t\n\r]|^[\x00-\x20]+", "", address)
    found = re.match(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):", cleaned)
    return found[1].lower() if found else ""


def _is_ours(name: str, element: object) -> bool:
    attributes: dict[str, str] = element.attrib  # type: ignore[attr-defined]
    if name == "script":
        is_data = attributes.get("type") in {"application/ld+json", "application/json"}
        return is_data or (attributes.get("src", "").startswith(("/static/", "/admin/jsi18n/")) and not _text(element))
    return name in {"form", "link", "meta", "svg"}


def _text(element: object) -> str:
    return "".join(element.itertext()).strip()  # type: ignore[attr-defined]
