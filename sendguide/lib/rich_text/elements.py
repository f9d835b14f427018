"""What our Markdown has beyond Markdown: boxes, law links, checked links and pictures, tables fit for a phone."""

import re
from datetime import date
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from sendguide.lib.dates import long_date
from sendguide.lib.law import UnknownLaw, law_address
from sendguide.lib.rich_text.model import Fault, Link, PictureLookup
from sendguide.lib.rich_text.sanitise import HEADING_ID

# The boxes: what staff write after "!!!" and the title that a box has unless they give it another.
BOXES = {
    "key": "Key point",
    "law": "What the law says",
    "good": "Good to know",
    "proposed": "What may change",
    "urgent": "If you need help now",
    "england": "In England",
    "scotland": "In Scotland",
    "wales": "In Wales",
    "northern-ireland": "In Northern Ireland",
}
TABLE_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
AFTER_NUMBER = re.compile(r"[.,;:!?)]+")
NOT_LAW_YET = "This is only proposed. It is not law. Facts checked {date}."


class OurElements(Extension):
    """Collects ``links`` and ``faults`` while one text is converted; not for use on a second text."""

    def __init__(self, source: str, pictures: PictureLookup) -> None:
        super().__init__()
        self.lines = source.split("\n")
        self.pictures = pictures
        self.links: list[Link] = []
        self.faults: list[Fault] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # 3: after "toc" (5), which gives headings their ids
        md.treeprocessors.register(_Elements(md, self), "sendguide", 3)

    def line_of(self, *needles: str) -> int | None:
        """The first line (from 1) that holds one of ``needles``: Python-Markdown keeps no positions."""
        return next((number for number, line in enumerate(self.lines, 1) if any(n in line for n in needles)), None)

    def fault(self, text: str, *needles: str, even_in_draft: bool = False) -> None:
        self.faults.append(Fault(text, self.line_of(*needles), even_in_draft))


class _Elements(Treeprocessor):
    def __init__(self, md: Markdown, ours: OurElements) -> None:
        super().__init__(md)
        self.ours = ours

    def run(self, root: ElementTree.Element) -> None:
        self._headings(root)
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._picture(element)
            elif element.tag == "div" and "admonition" in element.get("class", ""):
                self._box(element)
        _fit_tables(root)
        _keep_with_full_stop(root)

    def _headings(self, root: ElementTree.Element) -> None:
        level = 1
        for heading in (e for e in root.iter() if e.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}):
            text, this = "".join(heading.itertext()).strip(), int(heading.tag[1])
            if this == 1:
                self.ours.fault(f"“{text}” is a main heading. The title is the main heading: write ## here.", text)
            elif this > level + 1:
                self.ours.fault(f"The heading “{text}” skips a level: write {'#' * (level + 1)} here.", text)
            if not HEADING_ID.fullmatch(heading.get("id", "")):
                self.ours.fault(f"The heading “{text}” needs an id of small letters, digits and hyphens.", text)
            level = this

    def _link(self, link: ElementTree.Element) -> None:
        target = link.get("href", "")
        needles = (f"]({target}", f"<{target}>", f": {target}")
        if target.startswith("law:"):
            try:
                link.set("href", law_address(target.removeprefix("law:")))
            except UnknownLaw as unknown:
                self.ours.fault(str(unknown), *needles, even_in_draft=True)
            link.set("class", "law")
        elif target.startswith("#fn"):
            return  # a footnote
        elif target.startswith(("/", "#")) and not target.startswith("//"):
            self.ours.links.append(Link(target, self.ours.line_of(*needles)))
        elif not target.startswith(("https://", "http://", "mailto:", "tel:", "&", "\x02")):
            # An automatic e-mail link arrives as encoded characters ("&#109;…" behind STX).
            self.ours.fault(f"The link “{target}” leads nowhere: start with /, #, https://, law: or mailto:.", *needles)
        if not "".join(link.itertext()).strip() and link.find("img") is None:
            self.ours.fault(f"The link to “{target}” has no words.", *needles)

    def _picture(self, picture: ElementTree.Element) -> None:
        source = picture.get("src", "")
        if not picture.get("alt", "").strip():
            self.ours.fault(
                f"The picture “{source}” has no description. Write between the square brackets what is to be seen.",
                f"]({source}",
            )
        sizes = self.ours.pictures(source)
        if sizes is None:
            self.ours.fault(f"The picture “{source}” is not among the uploaded pictures.", f"]({source}")
            return
        picture.set("src", sizes.src)
        picture.set("srcset", sizes.srcset)
        picture.set("sizes", "(min-width: 60rem) 44rem, 100vw")
        picture.set("width", str(sizes.width))
        picture.set("height", str(sizes.height))
        picture.set("loading", "lazy")
        picture.set("decoding", "async")

    def _box(self, box: ElementTree.Element) -> None:
        kind, *rest = box.get("class", "").split()[1:]
        title = box.find("p[@class='admonition-title']")
        if kind not in BOXES:
            self.ours.fault(f"“!!! {kind}” is not a box we know: {', '.join(BOXES)}.", f"!!! {kind}", f"!!!{kind}")
            kind = "good"
        box.set("class", f"box box-{kind}")
        if title is not None:
            title.set("class", "box-title")
            if title.text == kind.capitalize():  # the title that the admonition extension makes up
                title.text = BOXES[kind]
        if kind == "proposed":
            self._proposal_date(box, rest)

    def _proposal_date(self, box: ElementTree.Element, words: list[str]) -> None:
        try:
            checked = date.fromisoformat(words[0])
        except (IndexError, ValueError):
            self.ours.fault('A proposal needs the date of its facts: !!! proposed 2026-07-02 "Title".', "!!! proposed")
            return
        ElementTree.SubElement(box, "p", {"class": "box-date"}).text = NOT_LAW_YET.format(date=long_date(checked))


def _fit_tables(root: ElementTree.Element) -> None:
    """A wide table scrolls inside a region that the keyboard can reach; "align" is not HTML any more."""
    heading = "Table"
    for parent in list(root.iter()):
        for position, child in enumerate(list(parent)):
            if child.tag in {"h2", "h3", "h4"}:
                heading = "".join(child.itertext()).strip()
            if child.tag != "table":
                continue
            _name_cells(child)
            region = {"class": "table", "role": "region", "tabindex": "0", "aria-label": f"Table: {heading}"}
            wrapper = ElementTree.Element("div", region)
            wrapper.tail, child.tail = child.tail, None
            parent[position] = wrapper
            wrapper.append(child)


def _name_cells(table: ElementTree.Element) -> None:
    """On a phone each row is a block, and each cell says what column it is of.

    What is not drawn as a table is none for some screen readers, unless its parts say that they are.
    """
    columns = [_with_colon("".join(name.itertext()).strip()) for name in table.iter("th")]
    for part in table.iter():
        if role := TABLE_ROLES.get(part.tag):
            part.set("role", role)
        if part.tag in {"th", "td"} and (align := part.attrib.pop("align", None)):
            part.set("class", f"align-{align}")
        if part.tag == "th":
            part.set("scope", "col")
    for row in table.iter("tr"):
        for name, cell in zip(columns, row.findall("td"), strict=False):
            cell.set("data-column", name)


def _with_colon(name: str) -> str:
    return name if name.endswith(("?", "!", ":")) or not name else f"{name}:"


def _keep_with_full_stop(root: ElementTree.Element) -> None:
    """A phone number is a box of its own, after which a line may end: what follows goes into a box with it."""
    for parent in list(root.iter()):
        for position, child in enumerate(list(parent)):
            mark = AFTER_NUMBER.match(child.tail or "")
            if child.tag != "a" or not child.get("href", "").startswith("tel:") or not mark:
                continue
            wrapper = ElementTree.Element("span", {"class": "unbroken"})
            wrapper.tail, child.tail = (child.tail or "")[mark.end() :], mark.group()
            parent[position] = wrapper
            wrapper.append(child)
