"""What stands between a text and the public, and what dies when a page goes away."""

from django.db.models import Model

from guides.addresses import Addresses, mentions_of
from guides.models import Guide, SitePage
from sendguide.lib.rich_text import Fault, RichText, render

Faults = dict[str, list[Fault]]


def text_faults(text: RichText, addresses: Addresses) -> list[Fault]:
    """Everything wrong with a text: what its Markdown shows, and its dead links, by line."""
    return sorted([*text.faults, *addresses.faults(text)], key=lambda fault: fault.line or 0)


def guide_faults(guide: Guide, addresses: Addresses) -> Faults:
    """Faults by field of ``guide``; it may be published when there are none."""
    found = {
        "body": text_faults(guide.rendered(), addresses),
        "sources": text_faults(render(guide.sources), addresses),
    }
    if not guide.body.strip():
        found["body"].append(Fault("The guide has no text yet."))
    if guide.illustration and not guide.illustration_alt.strip():
        found["illustration_alt"] = [Fault("The illustration has no description. Write what is to be seen.")]
    return {field: faults for field, faults in found.items() if faults}


def page_faults(page: SitePage, addresses: Addresses) -> Faults:
    """Like ``guide_faults``: a site page is always public."""
    faults = text_faults(page.rendered(), addresses)
    return {"body": faults} if faults else {}


def in_words(faults: Faults) -> list[str]:
    """Sentences that say where, for when the faults do not stand at their fields."""
    where = {"sources": "In the sources: "}
    return [f"{where.get(name, '')}{fault}" for name, found in faults.items() for fault in found]


def dead_mentions(path: str, addresses: Addresses) -> list[tuple[Model, str]]:
    """Links on other public pages to ``path`` that lead nowhere, given ``addresses``: (page, where it links to)."""
    return [(mention.page, mention.target) for mention in mentions_of(path) if addresses.fault(mention.target)]
