"""Which of our own addresses exist, and so which links are dead."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import Resolver404, resolve, reverse

from guides.models import Council, GlossaryTerm, Guide, Picture, Role, SitePage, Topic
from sendguide.lib.rich_text import Fault, RichText

# Pages whose existence depends on a row; every other address exists if the site map knows it.
ROW_PAGES = {"guide", "guide_changes", "term", "role", "council", "topic", "site_page", "preview", "picture"}
# Sections of the A–Z, the sectors and the regions, which no text lists.
STRUCTURED = ("letter-", "sector-", "region-")


@dataclass(slots=True)
class Addresses:
    """``sections`` maps the path of each page that depends on a row to the ids of its sections."""

    sections: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_database(cls) -> "Addresses":
        """All published pages, in seven queries."""
        found = cls()
        for slug, headings in Guide.objects.published().values_list("slug", "headings"):
            found.add("guide", slug, (heading[1] for heading in headings))
            found.add("guide_changes", slug)
        for slug, headings in SitePage.objects.values_list("slug", "headings"):
            found.add("site_page", slug, (heading[1] for heading in headings))
        for name, model in (("term", GlossaryTerm), ("role", Role), ("council", Council), ("topic", Topic)):
            for slug in model._default_manager.values_list("slug", flat=True):
                found.add(name, slug)
        for picture in Picture.objects.all():
            for width in picture.widths:
                found.sections[picture.address(width)] = frozenset()
        return found

    def add(self, name: str, slug: str, sections: Iterable[str] = ()) -> None:
        self.sections[reverse(name, args=[slug])] = frozenset(sections)

    def knows(self, path: str) -> bool:
        if path in self.sections:
            return True
        try:
            return resolve(path).url_name not in ROW_PAGES
        except Resolver404:
            return False

    def fault(self, target: str, own_sections: Iterable[str] = ()) -> str | None:
        """What is wrong with a link to ``target`` ("/path/#section" or "#section"), as a sentence, or None."""
        path, _, section = target.partition("#")
        path = path.partition("?")[0]
        if path and not self.knows(path):
            return f"The link “{target}” is dead: there is no published page at {path}"
        sections = self.sections.get(path) if path else frozenset(own_sections)
        if section and sections is not None and section not in sections and not section.startswith(STRUCTURED):
            return f"The link “{target}” is dead: the page has no section “{section}”."
        return None

    def faults(self, text: RichText) -> list[Fault]:
        """One fault a dead link of ``text``."""
        own = {heading.id for heading in text.headings}
        found = [(self.fault(link.target, own), link.line) for link in text.links]
        return [Fault(sentence, line) for sentence, line in found if sentence]
