"""“Read on”: the section of a guide that says what to do about a word or with a person."""

import re
from dataclasses import dataclass

from guides.addresses import NO_SECTION, Addresses
from guides.models import Guide
from guides.nations import nations_in_words

ADDRESS = re.compile(r"(?P<path>/guides/(?P<slug>[-\w]+)/)(?:#(?P<section>[-\w]+))?")
NO_GUIDE = (
    "Give the address of a guide, or of one of its sections, as it stands after the name of this site. For example "
    "/guides/understanding-ehcps/#refused"
)


@dataclass(frozen=True, slots=True)
class ReadOn:
    """``guide`` is empty if all of it is meant. ``where``: its nations, if not all those of the word are among them."""

    address: str
    words: str
    guide: str
    where: str

    @property
    def place(self) -> str:
        """For example “in Understanding EHCPs, for England”."""
        return ", ".join(filter(None, (self.guide and f"in {self.guide}", self.where and f"for {self.where}")))


def read_on(address: str, nations: list[str]) -> ReadOn | None:
    """None while the guide is not published or has no such section. One query; none for an empty ``address``."""
    asked = ADDRESS.fullmatch(address)
    if not asked:
        return None
    fields = ("title", "nations", "headings")
    found = Guide.objects.published().filter(slug=asked["slug"]).values_list(*fields).first()
    if found is None:
        return None
    title, its_nations, headings = found
    where = "" if set(nations) <= set(its_nations) else nations_in_words(its_nations)
    if not asked["section"]:
        return ReadOn(address, title, "", where)
    words = {section: text for _, section, text in headings}.get(asked["section"])
    return ReadOn(address, words, title, where) if words else None


def fault_of(address: str, addresses: Addresses) -> str | None:
    """Why nobody could read on at ``address``, as a sentence, or None."""
    asked = ADDRESS.fullmatch(address)
    if not asked:
        return NO_GUIDE
    section = asked["section"]
    if section and section not in addresses.sections.get(asked["path"], {section}):
        return NO_SECTION.format(target=address, section=section)
    return addresses.fault(address)
