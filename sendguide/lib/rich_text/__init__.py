"""Markdown as staff write it, turned into safe HTML, with a list of its headings, links and faults.

``render`` is pure: no database, no network. What only the database knows (the sizes of uploaded pictures, which of
our own addresses exist) is passed in or handed back: ``RichText.links`` holds every link to our own pages for the
caller to check. Raw HTML is shown as text, never used. The output has been through nh3, always.
"""

import html
from functools import lru_cache

import markdown

from sendguide.lib.rich_text.elements import BOXES, OurElements
from sendguide.lib.rich_text.model import Fault, Heading, Link, PictureLookup, PictureSizes, RichText
from sendguide.lib.rich_text.sanitise import sanitise

__all__ = ["BOXES", "Fault", "Heading", "Link", "PictureLookup", "PictureSizes", "RichText", "render"]


# Markdown needs time with the square of their number: 20,000 took 72 s. Our longest guide has under 200.
MOST_BRACKETS = 2000


def render(source: str, *, pictures: PictureLookup = lambda address: None) -> RichText:
    """``source`` as HTML. Never raises for bad input: what is wrong is in ``faults``, with its line (from 1).

    What is handed back may be handed to others too: it must not be changed.
    """
    return _rendered(source, pictures) if "![" in source else _rendered_alone(source)


# Content is checked before it is saved, so that most texts come twice, and 1,000 words cost 40 ms.
@lru_cache(maxsize=500)
def _rendered_alone(source: str) -> RichText:
    """For a text without pictures, which says all by itself."""
    return _rendered(source, lambda address: None)


def _rendered(source: str, pictures: PictureLookup) -> RichText:
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if source.count("[") > MOST_BRACKETS:
        sentence = f"This text has more than {MOST_BRACKETS:,} opening square brackets. Is something pasted twice?"
        return RichText(html="", headings=[], links=[], faults=[Fault(sentence, even_in_draft=True)])
    ours = OurElements(source, pictures)
    converter = markdown.Markdown(
        extensions=["tables", "footnotes", "attr_list", "def_list", "sane_lists", "smarty", "toc", "admonition", ours],
        extension_configs={"tables": {"use_align_attribute": True}, "toc": {"toc_depth": "2-4", "permalink": False}},
    )
    output = sanitise(converter.convert(source))
    headings = [
        Heading(level=token["level"], id=token["id"], text=html.unescape(token["name"]))
        for token in _flat(converter.toc_tokens)  # type: ignore[attr-defined]
    ]
    faults = sorted(ours.faults, key=lambda fault: fault.line or 0)
    return RichText(html=output, headings=headings, links=ours.links, faults=faults)


def _flat(tokens: list[dict]) -> list[dict]:
    return [found for token in tokens for found in (token, *_flat(token["children"]))]
