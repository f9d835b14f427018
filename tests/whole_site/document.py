"""A page of HTML as a browser's parser sees it."""

from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E


class Document:
    def __init__(self, html: str) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root: Element = parser.parse(html)
        self.errors = [f"line {line}: {E[code] % details}" for (line, _), code, details in parser.errors]

    @cached_property
    def elements(self) -> list[Element]:
        """In the order in which they stand. Drawings are called "{http://www.w3.org/2000/svg}svg" and so on."""
        return [element for element in self.root.iter() if isinstance(element.tag, str)]

    @cached_property
    def ids(self) -> list[str]:
        return [element.attrib["id"] for element in self.elements if "id" in element.attrib]

    def find(self, *tags: str, **attributes: str) -> list[Element]:
        """Elements with one of ``tags`` and all ``attributes``."""
        return [
            element
            for element in self.elements
            if element.tag in tags and all(element.get(name) == value for name, value in attributes.items())
        ]

    def with_class(self, name: str) -> list[Element]:
        return [element for element in self.elements if name in element.get("class", "").split()]

    def meta(self, name: str) -> list[str]:
        """What <meta name="…"> or <meta property="…"> say."""
        return [e.get("content", "") for e in self.find("meta") if name in {e.get("name"), e.get("property")}]

    @property
    def is_listed(self) -> bool:
        """Search engines may list the page."""
        return "noindex" not in self.meta("robots")


def words(element: Element) -> str:
    """What can be read in ``element``, with single spaces."""
    return " ".join("".join(element.itertext()).split())
