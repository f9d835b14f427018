"""The one gate that HTML from Markdown goes through: what is not listed here does not reach a page."""

import re

import nh3

TAGS = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "br", "div", "sup", "span"),
    *("a", "strong", "em", "code", "pre", "img", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "class"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "p": {"class"},
    "span": {"class"},
    **{tag: {"role"} for tag in ("table", "thead", "tbody", "tr")},
    "th": {"role", "scope", "class"},
    "td": {"role", "class", "data-column"},
    "ol": {"start"},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "li", "sup")},
}
CLASSES = re.compile(
    r"(law|footnote|footnote-ref|footnote-backref|box|box-[a-z-]+|table|unbroken|align-(left|center|right))"
)
# Ids of the page around the text contain an underscore and letters, so a heading can never take one of theirs; "_1" is
# how the second of two equal headings is told apart.
HEADING_ID = re.compile(r"[a-z0-9-]+(_\d+)?")
FOOTNOTE_ID = re.compile(r"fn(ref\d*)?:[\w-]+")


def sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_only_known_values,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _only_known_values(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(name for name in value.split() if CLASSES.fullmatch(name)) or None
    if attribute == "id":
        return value if HEADING_ID.fullmatch(value) or FOOTNOTE_ID.fullmatch(value) else None
    return value
